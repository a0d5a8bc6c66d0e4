//! Identity over HTTP: [`auth`] signs people in and out, [`me`] is their own profile.

pub(crate) mod auth;
mod me;
mod sign_up;
pub(crate) mod visit;

use axum::{Extension, middleware::from_fn_with_state};
use hathor_kit::{
    Ctx,
    limits::{Budget, charge, charge_success},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    admin, app_keys, factors, invites, linked, mails, passwords::Passwords, proofs, sessions, trail,
};

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let toll = |budget| from_fn_with_state(budget, charge);
    let register = OpenApiRouter::new()
        .routes(routes!(sign_up::register))
        .route_layer(from_fn_with_state(Budget::Account, charge_success))
        .route_layer(toll(Budget::Register));
    OpenApiRouter::new()
        .merge(register)
        .merge(OpenApiRouter::new().routes(routes!(auth::login)).route_layer(toll(Budget::Login)))
        .merge(OpenApiRouter::new().routes(routes!(auth::refresh)).route_layer(toll(Budget::Refresh)))
        .routes(routes!(auth::logout))
        .routes(routes!(sign_up::options))
        .merge(proofs::router())
        .merge(invites::router())
        .routes(routes!(me::show_me, me::edit_me))
        .routes(routes!(me::rename_me))
        .routes(routes!(me::leave, me::stay))
        .merge(sessions::router())
        .merge(factors::router())
        .merge(admin::router())
        .merge(trail::router())
        .merge(mails::outbox_router())
        .merge(app_keys::router())
        .merge(linked::router())
        .layer(Extension(Passwords::default()))
}
