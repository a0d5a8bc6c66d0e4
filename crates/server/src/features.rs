//! Everything there is: the features of all floors, put together.

use axum::Router;
use hathor_jobs::Registry;
use hathor_kit::{
    Ctx, Feature, NodeRole, Routes,
    middleware::{self, App},
};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{aliases, answers, assets, docs, health, upkeep};

/// Every feature, lower floors first.
pub fn all() -> Vec<Feature> {
    vec![
        hathor_kit::events::feature(),
        hathor_identity::feature(),
        hathor_catalog::feature(),
        hathor_ingest::feature(),
        hathor_playback::feature(),
        upkeep::feature(),
    ]
}

/// What a process that plays `roles` answers on its public listener.
pub fn app(ctx: &Ctx, roles: &[NodeRole]) -> App {
    let (mut api, mut media) = (Router::new(), None);
    for feature in all() {
        let mounted = feature.routes.into_iter().filter(|routes| roles.contains(&routes.role));
        // one at a time, so that of their documents no two are there at once
        api = mounted.map(Routes::answered).fold(api, Router::merge);
        if roles.contains(&NodeRole::Stream) {
            media = media.or(feature.media);
        }
    }
    let (health, _) = health::routes().split_for_parts();
    let api = api.merge(health);
    let api = api.clone().merge(aliases::routes(ctx, &api));
    let routes = if roles.contains(&NodeRole::Gateway) {
        api.merge(docs::routes()).merge(assets::routes())
    } else {
        api
    };
    middleware::surround(ctx, routes, media)
}

/// The OpenAPI document of the whole house, whatever roles this process plays.
pub fn openapi() -> OpenApi {
    let routes = all().into_iter().flat_map(|feature| feature.routes).map(Routes::documented);
    let api = routes.fold(OpenApiRouter::with_openapi(docs::frame()), OpenApiRouter::merge);
    let (_, document) = api.merge(health::routes()).split_for_parts();
    aliases::document(answers::document(document))
}

/// Every kind of job, and everything that is done by the clock.
pub fn jobs() -> Registry<Ctx> {
    all().into_iter().map(|feature| feature.jobs).fold(Registry::new(), Registry::and)
}

#[cfg(test)]
mod matrix;
#[cfg(test)]
mod tests;
