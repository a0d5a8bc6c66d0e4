//! The whole house as one service: the media lane before the router.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{Router, extract::Request, response::Response};
use futures_util::future::BoxFuture;
use tower::{Service, ServiceBuilder, ServiceExt};
use tower_http::cors::CorsLayer;

use super::{Door, around, asker::Caller, log::Line};
use crate::{Ctx, MediaLane};

/// Answers every request of a listener.
#[derive(Clone)]
pub struct App {
    router: Router,
    media: Option<Arc<Media>>,
}

/// What the lane needs.
struct Media {
    ctx: Ctx,
    lane: Arc<dyn MediaLane>,
    cors: Option<CorsLayer>,
}

impl App {
    pub(super) fn new(
        ctx: &Ctx,
        router: Router,
        lane: Option<Arc<dyn MediaLane>>,
        cors: Option<CorsLayer>,
    ) -> Self {
        let media = lane.map(|lane| Arc::new(Media { ctx: ctx.clone(), lane, cors }));
        Self { router, media }
    }
}

impl Service<Request> for App {
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        match &self.media {
            Some(media) if Door::of(request.uri().path()) == Door::Media => {
                let media = Arc::clone(media);
                Box::pin(async move { Ok(media.answer(request).await) })
            }
            _ => Box::pin(self.router.call(request)),
        }
    }
}

impl Media {
    async fn answer(&self, request: Request) -> Response {
        let line = Line::start(&request, Caller::unnamed(&self.ctx, &request));
        around(&self.ctx, line, self.answer_any_origin(request)).await
    }

    async fn answer_any_origin(&self, request: Request) -> Response {
        let answer = |request| Arc::clone(&self.lane).answer(self.ctx.clone(), request);
        let Some(cors) = &self.cors else { return answer(request).await };
        let lane = ServiceBuilder::new()
            .layer(cors)
            .service_fn(async |request| Ok::<_, Infallible>(answer(request).await));
        let Ok(answered) = lane.oneshot(request).await;
        answered
    }
}
