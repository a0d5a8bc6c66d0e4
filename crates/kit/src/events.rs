//! News for one person's open pages: `GET /api/events`, server-sent events over the bus.
//!
//! An event may be lost (a bus that restarts, a reader too slow); then `resync` is sent and the page reads its lists again.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use hathor_bus::{Event as News, Subscription};
use hathor_core::UserId;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Ctx, Feature, NodeRole, Routes, Viewer, standing};

/// Tells every open page of `user` that `name` happened. Costs nothing if nobody listens, and never fails.
pub fn tell(ctx: &Ctx, user: UserId, name: &str, data: &impl Serialize) {
    ctx.bus.publish(&format!("{}{name}", topic(user)), data);
}

fn topic(user: UserId) -> String {
    format!("user.{user}.")
}

/// The news feature.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Gateway, || OpenApiRouter::new().routes(routes!(listen)))],
        ..Feature::default()
    }
}

/// News for the signed-in person, as server-sent events
///
/// Events: `track.progress` (data: a track), `track.removed` (data: `{id}`), `release.changed` (data: a release), `release.removed` (data: `{id}`), `resync` (news may have been missed: read the lists again).
/// Read it with fetch and a bearer token. The stream ends when the access token would expire, or when the session ends.
#[utoipa::path(get, path = "/api/events", tag = "events", security(("bearer" = [])),
    extensions(("x-policy" = json!("signed_in"))),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = crate::error::Problem)))]
async fn listen(
    State(ctx): State<Ctx>,
    viewer: Viewer,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let prefix = topic(viewer.user);
    let news = ctx.bus.subscribe(&prefix);
    let life = Duration::from_secs(ctx.config.auth.access_ttl_s.into());
    let until = tokio::time::Instant::now() + life;
    let stop = ctx.stopping.begun();
    let over = Box::pin(standing::over(ctx, viewer));
    let events = stream::unfold((news, prefix), move |(mut news, prefix)| async move {
        let event = tokio::time::timeout_at(until, next(&mut news, &prefix)).await.ok()?;
        Some((Ok(event), (news, prefix)))
    });
    let events = futures_util::StreamExt::take_until(events, stop);
    let events = futures_util::StreamExt::take_until(events, over);
    let hello = stream::iter([Ok(Event::default().event("hello").data("{}"))]);
    Sse::new(futures_util::StreamExt::chain(hello, events))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn next(news: &mut Subscription, prefix: &str) -> Event {
    match news.next().await {
        News::Message(message) => {
            let name = message.topic.strip_prefix(prefix).unwrap_or(&message.topic);
            Event::default().event(name).data(String::from_utf8_lossy(&message.payload))
        }
        News::Lagged(_) | News::Restored => Event::default().event("resync").data("{}"),
    }
}
