//! What a feature is to the server: a plain value with its routes by role and its jobs.

use std::sync::Arc;

use axum::{Router, extract::Request, response::Response};
use futures_util::future::BoxFuture;
use hathor_jobs::Registry;
use utoipa_axum::router::OpenApiRouter;

use crate::Ctx;

hathor_core::text_enum! {
    /// A router to mount or a loop to run. One process runs any set of them.
    pub enum NodeRole {
        /// The web app, the documents and news for pages.
        Gateway = "gateway",
        /// Accounts and tokens.
        Auth = "auth",
        /// What there is.
        Catalog = "catalog",
        /// Uploads.
        Ingest = "ingest",
        /// Signed media.
        Stream = "stream",
        /// The loop that does the jobs.
        Worker = "worker",
    }
}

/// Answers everything below `/media/`, in the role `stream`: signed by itself, never compressed or budgeted, and without a
/// router, whose work a part of a song would feel.
pub trait MediaLane: Send + Sync {
    /// The answer, before what all answers have in common is done to it.
    fn answer(self: Arc<Self>, ctx: Ctx, request: Request) -> BoxFuture<'static, Response>;
}

/// Documented routes, with the role that mounts them. They are made when they are needed: the document of all that we
/// answer takes more time and memory than everything else at the start.
pub struct Routes {
    /// Who mounts them.
    pub role: NodeRole,
    make: Box<dyn FnOnce() -> OpenApiRouter<Ctx>>,
}

impl Routes {
    /// What `make` gives, for `role`.
    pub fn of(role: NodeRole, make: impl FnOnce() -> OpenApiRouter<Ctx> + 'static) -> Self {
        Self { role, make: Box::new(make) }
    }

    /// With their document.
    pub fn documented(self) -> OpenApiRouter<Ctx> {
        (self.make)()
    }

    /// To be answered.
    pub fn answered(self) -> Router<Ctx> {
        let (routes, _) = self.documented().split_for_parts();
        routes
    }
}

/// Everything a feature brings.
#[derive(Default)]
pub struct Feature {
    /// What it answers.
    pub routes: Vec<Routes>,
    /// The media lane, which one feature has.
    pub media: Option<Arc<dyn MediaLane>>,
    /// Its kinds of job, and what it does by the clock.
    pub jobs: Registry<Ctx>,
}

impl Feature {
    /// This feature and `other` as one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        let media = self.media.or(other.media);
        Self { routes: self.routes, media, jobs: self.jobs.and(other.jobs) }
    }
}
