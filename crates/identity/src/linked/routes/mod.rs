//! Signing in elsewhere, over HTTP: [`browser`] is where a browser is sent to and fro, [`page`] what our page asks,
//! [`own`] one's own links.

mod browser;
mod own;
mod page;

use axum::{
    Extension,
    middleware::{from_fn, from_fn_with_state},
};
use hathor_kit::{
    Ctx,
    limits::{Budget, charge, charge_success},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::openid::Memory;

/// The routes, with what is remembered of providers.
pub(crate) fn router() -> OpenApiRouter<Ctx> {
    let trips = OpenApiRouter::new()
        .routes(routes!(browser::start))
        .routes(routes!(browser::callback))
        .route_layer(from_fn_with_state(Budget::Login, charge))
        .route_layer(from_fn(browser::too_often));
    let link = OpenApiRouter::new()
        .routes(routes!(own::link))
        .route_layer(from_fn_with_state(Budget::Login, charge));
    let sign_up = OpenApiRouter::new()
        .routes(routes!(page::finish))
        .route_layer(from_fn_with_state(Budget::Account, charge_success))
        .route_layer(from_fn_with_state(Budget::Register, charge));
    OpenApiRouter::new()
        .merge(trips)
        .merge(link)
        .merge(sign_up)
        .routes(routes!(page::pending))
        .routes(routes!(own::list_linked))
        .routes(routes!(own::unlink))
        .layer(Extension(Memory::default()))
}
