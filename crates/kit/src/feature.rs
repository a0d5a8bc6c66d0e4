//! What a feature is to the server: a plain value with its routes by role and its jobs.

use axum::Router;
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

/// Everything a feature brings.
#[derive(Default)]
pub struct Feature {
    /// Documented routes, with the role that mounts them.
    pub routes: Vec<(NodeRole, OpenApiRouter<Ctx>)>,
    /// Routes of the media lane: mounted by the role `stream`, signed by themselves, never compressed or budgeted.
    pub media: Option<Router<Ctx>>,
    /// Its kinds of job, and what it does by the clock.
    pub jobs: Registry<Ctx>,
}

impl Feature {
    /// This feature and `other` as one.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.routes.extend(other.routes);
        let media = [self.media, other.media].into_iter().flatten().reduce(Router::merge);
        Self { routes: self.routes, media, jobs: self.jobs.and(other.jobs) }
    }
}
