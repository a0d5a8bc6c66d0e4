//! Older names of addresses that other people's programs lean on: the same handlers, marked deprecated in the document.

use axum::{
    Router,
    extract::Request,
    http::{Uri, uri::PathAndQuery},
};
use hathor_kit::Ctx;
use tower::ServiceExt;
use utoipa::openapi::{Deprecated, OpenApi, PathItem, path::Operation};

/// Older beginnings of addresses, and what each stands for.
const ALIASES: &[(&str, &str)] = &[("/api/songs", "/api/tracks"), ("/health", "/api/health")];

/// Routes that answer each older name with what `api` answers to the newer one.
pub fn routes(ctx: &Ctx, api: &Router<Ctx>) -> Router<Ctx> {
    let api = api.clone().with_state::<()>(ctx.clone());
    ALIASES.iter().fold(Router::new(), |router, (old, new)| {
        let api = api.clone();
        let renamed = tower::service_fn(move |mut request: Request| {
            if let Some(uri) = rename(request.uri(), new) {
                *request.uri_mut() = uri;
            }
            api.clone().oneshot(request)
        });
        router.nest_service(old, renamed)
    })
}

/// What follows the older name, which the router has taken off, behind the newer one; parameters stay.
fn rename(rest: &Uri, new: &str) -> Option<Uri> {
    let path = rest.path().trim_end_matches('/');
    let query = rest.query().map_or_else(String::new, |query| format!("?{query}"));
    let mut parts = rest.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{new}{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

/// Adds the older names to the document.
pub fn document(mut document: OpenApi) -> OpenApi {
    for (old, new) in ALIASES {
        let known: Vec<(String, PathItem)> = document
            .paths
            .paths
            .iter()
            .filter_map(|(path, item)| Some((format!("{old}{}", path.strip_prefix(new)?), item.clone())))
            .collect();
        for (path, mut item) in known {
            let operations = [
                &mut item.get,
                &mut item.post,
                &mut item.put,
                &mut item.patch,
                &mut item.delete,
                &mut item.head,
            ];
            operations.into_iter().filter_map(Option::as_mut).for_each(deprecate);
            document.paths.paths.insert(path, item);
        }
    }
    document
}

fn deprecate(operation: &mut Operation) {
    operation.deprecated = Some(Deprecated::True);
    operation.operation_id = operation.operation_id.take().map(|id| format!("{id}_alias"));
}
