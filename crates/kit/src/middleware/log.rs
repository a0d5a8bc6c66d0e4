//! One line per response. Media answers that went well are told at level `debug`: a song is hundreds of them.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method, StatusCode, header},
    response::Response,
};
use hathor_core::Id;

use super::{Door, asker::Caller};
use crate::{Ctx, origin, viewer::Asker};

/// Marks ids of requests.
#[derive(Debug)]
pub enum RequestMark {}

/// Names one request, in the log and in every problem.
#[derive(Clone, Copy, Debug)]
pub struct RequestId(pub Id<RequestMark>);

/// What is known of a request before it is answered: nothing is formatted until it is written.
pub(super) struct Line {
    pub door: Door,
    pub method: Method,
    pub caller: Caller,
    route: Option<MatchedPath>,
    agent: Option<HeaderValue>,
    started: Instant,
}

impl Line {
    pub(super) fn start(request: &Request, caller: Caller) -> Self {
        Self {
            door: Door::of(request.uri().path()),
            method: request.method().clone(),
            caller,
            route: request.extensions().get::<MatchedPath>().cloned(),
            agent: request.headers().get(header::USER_AGENT).cloned(),
            started: Instant::now(),
        }
    }

    pub(super) fn finish(self, ctx: &Ctx, response: &mut Response) {
        let lane = self.door == Door::Media;
        let bad = response.status().is_client_error() || response.status().is_server_error();
        let told = !lane || bad || tracing::enabled!(target: "hathor::access", tracing::Level::DEBUG);
        if !told {
            return;
        }
        let id = self.caller.id.0.to_string();
        self.write(ctx, response, &id);
        if !lane && let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert("x-request-id", id);
        }
    }

    fn user(&self) -> String {
        match self.caller.asker {
            Asker::Someone(viewer) => viewer.user.to_string(),
            Asker::Nobody | Asker::Refused(_) | Asker::Lacks(_) => "-".to_owned(),
        }
    }

    fn route(&self) -> &str {
        match (&self.route, self.door) {
            (Some(route), _) => route.as_str(),
            (None, Door::Media) => "/media/{*file}",
            (None, Door::Api | Door::Page) => "-",
        }
    }

    fn write(&self, ctx: &Ctx, response: &Response, id: &str) {
        let (route, address) = (self.route(), self.caller.address);
        let seconds = self.started.elapsed().as_secs_f64();
        let status = response.status();
        let bytes =
            response.headers().get(header::CONTENT_LENGTH).and_then(|n| n.to_str().ok()).unwrap_or("-");
        if ctx.config.http.internal_listen.is_some() {
            count(&self.method, route, status, seconds);
        }
        tracing::info!(
            target: "hathor::access",
            {
                http.method = self.method.as_str(),
                http.route = route,
                http.status = status.as_u16(),
                http.bytes = bytes,
                duration_ms = (seconds * 10_000.0).round() / 10.0,
                request_id = id,
                user.id = self.user(),
                client.ip =
                    if ctx.config.log.full_ip { address.to_string() } else { origin::shortened(address) },
                user_agent = self.agent.as_ref().and_then(|agent| agent.to_str().ok()).unwrap_or("-")
            },
            "answered"
        );
    }
}

/// Figures are kept only where the operator can look at them.
fn count(method: &Method, route: &str, status: StatusCode, seconds: f64) {
    let labels = [
        ("method", method.as_str().to_owned()),
        ("route", route.to_owned()),
        ("status", status.as_u16().to_string()),
    ];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels[1..2]).record(seconds);
}
