//! What every feature may reach: storage, clock, keys, budgets. Cheap to clone, the same for each request.

use std::{ops::Deref, sync::Arc};

use hathor_blob::Blobs;
use hathor_bus::Bus;
use hathor_core::{Clock, CursorKey, Id, Ids, Secret, Timestamp};
use hathor_db::Db;
use hathor_edge::Shutdown;
use hathor_jobs::Queue;
use hathor_mail::Mail;
use hathor_media::Cage;
use hathor_token::{AccessKeys, MediaKeys, Ring};

use crate::{Config, kept::Kept, limits::Limits};

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
    /// Every budget of this process.
    pub limits: Limits,
    /// The way into the durable queue.
    pub jobs: Queue,
    /// Answers that are right until somebody writes.
    pub kept: Kept,
    /// When this process started.
    pub started_at: Timestamp,
    /// Begun when this process is asked to stop.
    pub stopping: Shutdown,
}

/// The keys of an instance, each for one purpose.
#[derive(Debug)]
pub struct Keys {
    /// Sign access tokens.
    pub access: AccessKeys,
    /// Sign media links.
    pub media: MediaKeys,
    /// Signs cursors.
    pub cursors: CursorKey,
}

impl Keys {
    /// Derives the keys from the secrets in `config`; an unset secret is an empty one, which `config::check` refuses.
    pub fn derive(config: &Config) -> Self {
        let none = Secret::new("");
        let auth = config.auth.secret.as_ref().unwrap_or(&none);
        let media = config.media.secret.as_ref().unwrap_or(&none);
        let access = Ring::derive(auth, config.auth.previous_secret.as_ref(), "access");
        let links = Ring::derive(media, config.media.previous_secret.as_ref(), "media");
        Self {
            access: AccessKeys::new("hathor", &access),
            media: MediaKeys::new(&links),
            cursors: CursorKey::new(hathor_token::ring_derive(auth, "cursor")),
        }
    }
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
