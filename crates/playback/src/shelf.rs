//! What the lane remembers: tracks for five seconds (or a minute, while nobody writes or the database does not answer),
//! and open files while they are asked for.

use std::{
    fs::File,
    sync::{
        Arc, Once, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use hathor_blob::{Blobs, Key};
use hathor_bus::{Event, Subscription};
use hathor_core::{Clock, Code, Timestamp, TrackId};
use hathor_kit::{Ctx, Result, standing};
use hathor_token::MediaGrant;
use moka::sync::Cache;

use crate::{left::Left, playable::Playable, store};

/// Revocation is never later than this, even when the bus is silent.
pub(crate) const FRESH: Duration = Duration::from_secs(5);
/// A track that is still asked for is read again after this, beside the requests and not before them.
const RENEW: Duration = Duration::from_secs(2);
/// How long what was read last is still played while the database does not answer: whoever listens hears no gap.
pub(crate) const OUTAGE: Duration = Duration::from_mins(1);
/// Tracks remembered at once; one is about 8 KB.
const TRACKS: u64 = 2_000;
/// Files held open at once.
const FILES: u64 = 256;
/// A file that nobody asks for is closed after this.
const IDLE: Duration = Duration::from_mins(1);
/// What the bus calls news of tracks.
const NEWS: &str = "track.changed.";

/// The memory of one process's lane.
#[derive(Debug)]
pub struct Shelf {
    tracks: Cache<TrackId, Known>,
    files: Cache<Key, Arc<File>>,
    left: Left,
    listening: Once,
}

/// A track, when it was read, and how many writes there had been.
#[derive(Clone, Debug)]
struct Known {
    playable: Arc<Playable>,
    read_at: Instant,
    written: u64,
    renewing: Arc<AtomicBool>,
}

impl Known {
    /// Right for sure: nobody but this process writes, and it has written nothing since.
    fn is_untouched(&self, ctx: &Ctx) -> bool {
        !ctx.db.is_shared() && ctx.db.written() == self.written
    }

    fn is_fresh(&self, ctx: &Ctx) -> bool {
        self.read_at.elapsed() < FRESH || self.is_untouched(ctx)
    }

    /// True for one caller a reading, once it has become old enough.
    fn wants_renewal(&self, ctx: &Ctx) -> bool {
        self.read_at.elapsed() >= RENEW
            && !self.is_untouched(ctx)
            && !self.renewing.swap(true, Ordering::Relaxed)
    }
}

impl Default for Shelf {
    fn default() -> Self {
        Self::new()
    }
}

impl Shelf {
    /// An empty shelf.
    pub fn new() -> Self {
        Self {
            tracks: Cache::builder().max_capacity(TRACKS).time_to_live(OUTAGE).build(),
            files: Cache::builder().max_capacity(FILES).time_to_idle(IDLE).build(),
            left: Left::default(),
            listening: Once::new(),
        }
    }

    /// The track as it was at most five seconds ago, or a minute if the database does not answer; `None` if there is
    /// none.
    pub async fn track(self: &Arc<Self>, ctx: &Ctx, id: TrackId) -> Result<Option<Arc<Playable>>> {
        let known = self.tracks.get(&id);
        if let Some(known) = known.as_ref().filter(|known| known.is_fresh(ctx)) {
            if known.wants_renewal(ctx) {
                tokio::spawn(Arc::clone(self).renew(ctx.clone(), id));
            }
            return Ok(Some(Arc::clone(&known.playable)));
        }
        match (self.track_of_now(ctx, id).await, known) {
            (Err(error), Some(known)) if error.code == Code::Unavailable => Ok(Some(known.playable)),
            (outcome, _) => outcome,
        }
    }

    /// The track as it is; `None` if there is none.
    pub async fn track_of_now(self: &Arc<Self>, ctx: &Ctx, id: TrackId) -> Result<Option<Arc<Playable>>> {
        self.listen(ctx);
        let (written, read_at) = (ctx.db.written(), Instant::now());
        let Some(row) = store::playable(&ctx.db, id).await? else {
            self.forget(id);
            return Ok(None);
        };
        let renditions = store::renditions(&ctx.db, id).await?;
        let playable = Arc::new(Playable::new(id, row, &renditions)?);
        let known = Known { playable: Arc::clone(&playable), read_at, written, renewing: Arc::default() };
        self.tracks.insert(id, known);
        Ok(Some(playable))
    }

    /// Reads a track again ahead of time, so that nobody who listens waits for it. What fails now is tried again by
    /// whoever needs it.
    async fn renew(self: Arc<Self>, ctx: Ctx, id: TrackId) {
        let _ = self.track_of_now(&ctx, id).await;
    }

    /// The open file of `key`; `None` where blobs are not files.
    pub async fn file(&self, ctx: &Ctx, key: &Key) -> Result<Option<Arc<File>>> {
        match &ctx.blobs {
            Blobs::S3(_) => return Ok(None),
            Blobs::File(_) => {}
        }
        if let Some(open) = self.files.get(key) {
            return Ok(Some(open));
        }
        let Some((file, _)) = ctx.blobs.open_file(key).await? else { return Ok(None) };
        self.files.insert(key.clone(), Arc::clone(&file));
        Ok(Some(file))
    }

    /// Forgets a track and closes its files.
    fn forget(&self, id: TrackId) {
        if let Some(Known { playable, .. }) = self.tracks.remove(&id) {
            playable.keys().for_each(|key| self.files.invalidate(key));
        }
    }

    /// From the first track on, news of tracks are heard.
    fn listen(self: &Arc<Self>, ctx: &Ctx) {
        self.listening.call_once(|| {
            let news = [NEWS, standing::SESSION, standing::ACCOUNT].map(|topic| ctx.bus.subscribe(topic));
            tokio::spawn(hear(Arc::downgrade(self), ctx.clock.clone(), news));
        });
    }

    /// Whether whoever got `grant` has left since.
    pub(crate) fn voids(&self, ctx: &Ctx, grant: &MediaGrant) -> bool {
        self.left.voids(grant, Duration::from_secs(ctx.config.media.link_ttl_s.into()))
    }

    fn take_in(&self, news: &Event, now: Timestamp) {
        match news {
            Event::Message(message) => match message.topic.strip_prefix(NEWS).map(str::parse) {
                Some(Ok(id)) => self.forget(id),
                Some(Err(_)) => {}
                None => self.left.take_in(&message.topic, now),
            },
            Event::Lagged(_) | Event::Restored => self.tracks.invalidate_all(),
        }
    }

    /// What has run out is dropped now; otherwise a file stays open until the next request.
    fn tidy(&self) {
        self.tracks.run_pending_tasks();
        self.files.run_pending_tasks();
    }
}

/// Takes in news for as long as there is a shelf.
async fn hear(shelf: Weak<Shelf>, clock: Clock, [mut tracks, mut sessions, mut accounts]: [Subscription; 3]) {
    loop {
        let news = async {
            tokio::select! {
                news = tracks.next() => news, news = sessions.next() => news, news = accounts.next() => news
            }
        };
        let heard = tokio::time::timeout(IDLE, news).await;
        let Some(shelf) = shelf.upgrade() else { return };
        match heard {
            Ok(event) => shelf.take_in(&event, clock.now()),
            Err(_) => shelf.tidy(),
        }
    }
}
