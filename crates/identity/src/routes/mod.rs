//! Identity over HTTP: [`auth`] signs people in and out, [`me`] is their own profile.

mod auth;
mod me;
mod visit;

use axum::{Extension, middleware::from_fn_with_state};
use hathor_kit::{
    Ctx,
    limits::{Budget, charge},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::passwords::Passwords;

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let toll = |budget| from_fn_with_state(budget, charge);
    OpenApiRouter::new()
        .merge(OpenApiRouter::new().routes(routes!(auth::register)).route_layer(toll(Budget::Register)))
        .merge(OpenApiRouter::new().routes(routes!(auth::login)).route_layer(toll(Budget::Login)))
        .merge(OpenApiRouter::new().routes(routes!(auth::refresh)).route_layer(toll(Budget::Refresh)))
        .routes(routes!(auth::logout))
        .routes(routes!(me::show_me, me::edit_me))
        .layer(Extension(Passwords::default()))
}
