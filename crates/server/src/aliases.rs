//! Older names of addresses that other people's programs lean on: the same handlers, marked deprecated in the document.

use axum::{
    Router,
    extract::Request,
    http::{Method, Uri, uri::PathAndQuery},
};
use hathor_kit::Ctx;
use tower::ServiceExt;
use utoipa::openapi::{Deprecated, OpenApi, PathItem, path::Operation};

/// An older beginning of addresses, and what it stands for.
struct Alias {
    old: &'static str,
    new: &'static str,
    shape: Shape,
}

/// What of an address is older.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Its beginning: all that follows the older name follows the newer one.
    Tree,
    /// A profile: itself alone, since what lies below it has no older name, and changed by PUT instead of PATCH.
    Profile,
    /// Its end, which is gone. Its feature answers both, since a parameter that is read twice counts twice.
    End,
}

const fn alias(old: &'static str, new: &'static str) -> Alias {
    Alias { old, new, shape: Shape::Tree }
}

const ALIASES: &[Alias] = &[
    alias("/api/songs", "/api/tracks"),
    alias("/health", "/api/health"),
    alias("/auth/signup", "/api/auth/register"),
    alias("/auth/signin", "/api/auth/login"),
    alias("/auth/verify-email", "/api/auth/verify-email"),
    alias("/auth/refresh", "/api/auth/refresh"),
    alias("/auth/logout", "/api/auth/logout"),
    Alias { shape: Shape::Profile, ..alias("/api/users/profile", "/api/me") },
    Alias { shape: Shape::End, ..alias("/api/users/{id}/public", "/api/users/{id}") },
];

impl Alias {
    /// The method there of what is asked here.
    fn method(&self, asked: &Method) -> Method {
        match *asked {
            Method::PUT if self.shape == Shape::Profile => Method::PATCH,
            Method::PATCH if self.shape == Shape::Profile => Method::PUT,
            _ => asked.clone(),
        }
    }

    /// The newer path for `asked`, from which a nest has taken the older name off, and a route has not.
    fn target(&self, asked: &str) -> String {
        match self.shape {
            Shape::Tree => format!("{}{}", self.new, asked.trim_end_matches('/')),
            Shape::Profile | Shape::End => self.new.to_owned(),
        }
    }

    /// The older name of a path of the document.
    fn path(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(self.new)?;
        let fits = rest.is_empty() || (rest.starts_with('/') && self.shape == Shape::Tree);
        fits.then(|| format!("{}{rest}", self.old))
    }
}

/// Routes that answer each older name with what `api` answers to the newer one.
pub fn routes(ctx: &Ctx, api: &Router<Ctx>) -> Router<Ctx> {
    let api = api.clone().with_state::<()>(ctx.clone());
    ALIASES.iter().fold(Router::new(), |router, alias| {
        let api = api.clone();
        let renamed = tower::service_fn(move |mut request: Request| {
            if let Some(uri) = rename(request.uri(), &alias.target(request.uri().path())) {
                *request.method_mut() = alias.method(request.method());
                *request.uri_mut() = uri;
            }
            api.clone().oneshot(request)
        });
        match alias.shape {
            Shape::Tree => router.nest_service(alias.old, renamed),
            Shape::Profile => router.route_service(alias.old, renamed),
            Shape::End => router,
        }
    })
}

/// The same address with another path; parameters stay.
fn rename(uri: &Uri, path: &str) -> Option<Uri> {
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{query}")).ok()?);
    Uri::from_parts(parts).ok()
}

/// Adds the older names to the document.
pub fn document(mut document: OpenApi) -> OpenApi {
    for alias in ALIASES {
        let known: Vec<(String, PathItem)> = document
            .paths
            .paths
            .iter()
            .filter_map(|(path, item)| Some((alias.path(path)?, item.clone())))
            .collect();
        for (path, mut item) in known {
            if alias.shape == Shape::Profile {
                item.put = item.patch.take();
                item.delete = None;
            }
            operations(&mut item).for_each(deprecate);
            document.paths.paths.insert(path, item);
        }
    }
    document
}

/// Every operation of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, post, put, patch, delete, head, .. } = item;
    [get, post, put, patch, delete, head].into_iter().filter_map(Option::as_mut)
}

fn deprecate(operation: &mut Operation) {
    operation.deprecated = Some(Deprecated::True);
    operation.operation_id = operation.operation_id.take().map(|id| format!("{id}_alias"));
}
