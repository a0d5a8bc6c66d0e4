//! What every feature may reach: storage, clock, keys, budgets. Cheap to clone, the same for each request.

use std::{ops::Deref, sync::Arc};

use hathor_audit::Audit;
use hathor_blob::Blobs;
use hathor_bus::Bus;
use hathor_core::{Clock, Id, Ids, Timestamp};
use hathor_db::Db;
use hathor_edge::Shutdown;
use hathor_jobs::Queue;
use hathor_mail::Mail;
use hathor_media::Cage;

pub use crate::keys::Keys;
use crate::{Config, kept::Kept, limits::Limits, outbound::Outbound, standing::Standing};

/// The house as a feature sees it.
#[derive(Clone)]
pub struct Ctx(Arc<Parts>);

/// What a [`Ctx`] is made of.
pub struct Parts {
    /// What the operator set.
    pub config: Config,
    /// Where the truth lives.
    pub db: Db,
    /// Where files live.
    pub blobs: Blobs,
    /// How nodes tell each other news.
    pub bus: Bus,
    /// How letters get to people.
    pub mail: Mail,
    /// Where time comes from.
    pub clock: Clock,
    /// Where ids come from.
    pub ids: Ids,
    /// What ffmpeg runs in.
    pub cage: Cage,
    /// The keys of this instance.
    pub keys: Keys,
    /// Who did what to whom.
    pub audit: Audit,
    /// Every budget of this process.
    pub limits: Limits,
    /// The way into the durable queue.
    pub jobs: Queue,
    /// Answers that are right until somebody writes.
    pub kept: Kept,
    /// Which sessions and accounts still stand.
    pub standing: Arc<Standing>,
    /// The way out to servers that somebody names.
    pub outbound: Outbound,
    /// When this process started.
    pub started_at: Timestamp,
    /// Begun when this process is asked to stop.
    pub stopping: Shutdown,
}

impl Ctx {
    /// Builds the house from its parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// This moment, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new id.
    pub fn new_id<K>(&self) -> Id<K> {
        self.ids.next(self.now())
    }
}

impl Deref for Ctx {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
