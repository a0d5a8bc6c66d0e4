//! Everything there is: the features of all floors, put together.

use axum::Router;
use hathor_jobs::Registry;
use hathor_kit::{Ctx, Feature, NodeRole, middleware};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::{assets, docs, health, upkeep};

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

/// The public router of a process that plays `roles`.
pub fn router(ctx: &Ctx, roles: &[NodeRole]) -> Router {
    let mut api = OpenApiRouter::new();
    let mut media = Router::new();
    for feature in all() {
        for (role, routes) in feature.routes {
            if roles.contains(&role) {
                api = api.merge(routes);
            }
        }
        if roles.contains(&NodeRole::Stream) {
            media = media.merge(feature.media.unwrap_or_default());
        }
    }
    let (api, _) = api.merge(health::routes()).split_for_parts();
    let app = if roles.contains(&NodeRole::Gateway) {
        api.merge(docs::routes()).merge(assets::routes())
    } else {
        api
    };
    middleware::surround(ctx, app, media)
}

/// The OpenAPI document of the whole house, whatever roles this process plays.
pub fn openapi() -> OpenApi {
    let routes = all().into_iter().flat_map(|feature| feature.routes).map(|(_, routes)| routes);
    let api = routes.fold(OpenApiRouter::with_openapi(docs::frame()), OpenApiRouter::merge);
    let (_, document) = api.merge(health::routes()).split_for_parts();
    document
}

/// Every kind of job, and everything that is done by the clock.
pub fn jobs() -> Registry<Ctx> {
    all().into_iter().map(|feature| feature.jobs).fold(Registry::new(), Registry::and)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_openapi_document_is_the_committed_one() {
        let committed = include_str!("../../../web/openapi.json");
        assert!(
            openapi().to_pretty_json().unwrap() == committed.trim_end(),
            "run make gen and commit what it wrote"
        );
    }

    #[test]
    fn every_operation_has_a_name_of_its_own_and_says_what_it_does() {
        let document = openapi();
        let mut names = std::collections::HashSet::new();
        for (path, item) in &document.paths.paths {
            let operations = [&item.get, &item.post, &item.put, &item.patch, &item.delete];
            for operation in operations.into_iter().flatten() {
                assert!(operation.summary.is_some(), "{path} has no summary");
                let name = operation.operation_id.clone().unwrap_or_default();
                assert!(names.insert(name.clone()), "{path}: another operation is called {name}");
            }
        }
    }
}
