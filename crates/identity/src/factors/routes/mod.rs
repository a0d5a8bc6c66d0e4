//! Factors over HTTP: [`gate`] for those who sign in, [`mine`] for those who are.

mod gate;
mod mine;

use axum::middleware::from_fn_with_state;
use hathor_kit::{
    Ctx,
    limits::{Budget, charge},
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let toll = |budget| from_fn_with_state(budget, charge);
    let codes = OpenApiRouter::new()
        .routes(routes!(gate::pass))
        .routes(routes!(gate::ask_passkey))
        .routes(routes!(mine::ask_again))
        .routes(routes!(mine::confirm_totp))
        .route_layer(toll(Budget::Code));
    let doors = OpenApiRouter::new()
        .routes(routes!(gate::begin_sign_in))
        .routes(routes!(gate::finish_sign_in))
        .route_layer(toll(Budget::Login));
    OpenApiRouter::new()
        .merge(codes)
        .merge(doors)
        .routes(routes!(mine::show_factors))
        .routes(routes!(mine::offer_totp, mine::remove_totp))
        .routes(routes!(mine::renew_recovery_codes))
        .routes(routes!(mine::begin_passkey))
        .routes(routes!(mine::add_passkey))
        .routes(routes!(mine::rename_passkey, mine::remove_passkey))
}
