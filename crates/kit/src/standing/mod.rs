//! Whether what a token says still holds: its session has not ended, its account is not banned, nothing of weight has
//! changed since it was made. Asked for every request that brings a token, so it is remembered for [`LONGEST`].
//!
//! A change is heard at once over the bus (`account.changed.<user>`, `session.ended.<session>`); where the bus is away,
//! the short memory is what makes it felt. Every reading carries the count of changes before it was begun, so that one
//! that was under way while a change came is not believed afterwards.
//!
//! [`account_changed`] and [`session_ended`] tell a change, after its commit; [`over`] waits for one.

mod store;

use std::{
    sync::{
        Arc, Once, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use hathor_bus::{Event, Subscription};
use hathor_core::{Code, SessionId, Timestamp, UserId};
use hathor_db::Db;
use hathor_token::AccessClaims;
use moka::sync::Cache;
use tokio::{sync::Mutex, time::timeout};

use self::store::Kept;
use crate::{
    Ctx, Error, Result,
    app_keys::{self, KeyBook},
    viewer::{Scopes, Viewer},
};

pub(crate) use store::STATEMENTS;

/// No reading is believed for longer; with the time it took, a change is felt within five seconds.
pub const LONGEST: Duration = Duration::from_secs(4);
/// Sessions remembered at once; one is about 200 bytes.
const SESSIONS: u64 = 100_000;
/// Changes remembered at once, each longer than any reading from before it.
const CHANGES: u64 = 100_000;
const CHANGE_KEPT: Duration = Duration::from_mins(1);
/// So many sessions may be read at the same time, each by one of those who ask for it.
const TURNS: usize = 64;
/// How long the listener sleeps at most before it looks whether it is still needed.
const IDLE: Duration = Duration::from_mins(1);

/// What the bus calls news of an account.
pub const ACCOUNT: &str = "account.changed.";
/// What the bus calls the end of a session.
pub const SESSION: &str = "session.ended.";

/// What is known of the sessions that are in use.
pub struct Standing {
    known: Cache<SessionId, Reading>,
    /// The last change of an account or session, as a count of all changes.
    changes: Cache<[u8; 16], u64>,
    count: AtomicU64,
    /// Readings from before this count are not believed.
    floor: AtomicU64,
    turns: [Mutex<()>; TURNS],
    listening: Once,
    /// The app keys that are in use.
    pub(crate) keys: Arc<KeyBook>,
}

/// What the tables said, and how many changes had been heard when they were asked. `None`: there is no such session.
#[derive(Clone, Copy, Debug)]
struct Reading {
    kept: Option<Kept>,
    count: u64,
}

/// Tells every node that what `user` may do has changed, or that all sessions of theirs have ended. Call it after the
/// commit.
pub fn account_changed(ctx: &Ctx, user: UserId) {
    ctx.standing.forget(user.bytes());
    ctx.standing.keys.forget_account(user);
    ctx.bus.publish(&format!("{ACCOUNT}{user}"), &());
}

/// Tells every node that `session` has ended. Call it after the commit.
pub fn session_ended(ctx: &Ctx, session: SessionId) {
    ctx.standing.forget(session.bytes());
    ctx.bus.publish(&format!("{SESSION}{session}"), &());
}

/// Returns when the session that `viewer` came with no longer stands. While the database does not answer, it does.
pub async fn over(ctx: Ctx, viewer: Viewer) {
    if !viewer.scopes.contains(Scopes::ACCOUNT) {
        return app_keys::over(&ctx, viewer).await;
    }
    let mut account = ctx.bus.subscribe(&format!("{ACCOUNT}{}", viewer.user));
    let mut session = ctx.bus.subscribe(&format!("{SESSION}{}", viewer.session));
    while ctx.standing.stands(&ctx, viewer).await {
        let news = async {
            tokio::select! { _ = account.next() => (), _ = session.next() => () }
        };
        if ctx.db.is_shared() {
            // another node may have told it while the bus was away
            let _ = timeout(LONGEST, news).await;
        } else {
            news.await;
        }
    }
}

/// When the viewer last proved on this device who they are. Not remembered: few ask, and for them it must be right.
pub(crate) async fn proved_at(ctx: &Ctx, viewer: Viewer) -> Result<Option<Timestamp>> {
    Ok(store::proved_at(&ctx.db, viewer.session).await?)
}

impl Default for Standing {
    fn default() -> Self {
        Self {
            known: Cache::builder().max_capacity(SESSIONS).time_to_live(LONGEST).build(),
            changes: Cache::builder().max_capacity(CHANGES).time_to_live(CHANGE_KEPT).build(),
            count: AtomicU64::new(0),
            floor: AtomicU64::new(0),
            turns: std::array::from_fn(|_| Mutex::new(())),
            listening: Once::new(),
            keys: Arc::default(),
        }
    }
}

impl std::fmt::Debug for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Standing").field("known", &self.known.entry_count()).finish_non_exhaustive()
    }
}

impl Standing {
    /// Who `claims` are about, as things stand, or why they count no more.
    pub(crate) async fn viewer(self: &Arc<Self>, ctx: &Ctx, claims: &AccessClaims) -> Result<Viewer, Code> {
        let kept = match self.remembered(claims.sid) {
            Some(reading) => reading.kept,
            // rare, so its state need not lie in the future of every request
            None => Box::pin(self.read(ctx, claims.sid)).await?,
        };
        let kept = kept.filter(|kept| kept.account_id == claims.sub).ok_or(Code::SessionEnded)?;
        if !kept.stands(ctx.now()) {
            return Err(Code::SessionEnded);
        }
        if kept.session_version != claims.ver {
            return Err(Code::TokenExpired);
        }
        Ok(Viewer {
            user: claims.sub,
            session: claims.sid,
            role: kept.role,
            verified: kept.verified || !ctx.config.must_verify(),
            scopes: Scopes::ALL,
        })
    }

    async fn stands(self: &Arc<Self>, ctx: &Ctx, viewer: Viewer) -> bool {
        let kept = match self.remembered(viewer.session) {
            Some(reading) => Ok(reading.kept),
            None => self.read(ctx, viewer.session).await,
        };
        kept.is_err() || kept.is_ok_and(|kept| kept.is_some_and(|kept| kept.stands(ctx.now())))
    }

    /// Of all who ask at once for one session, one reads.
    async fn read(self: &Arc<Self>, ctx: &Ctx, id: SessionId) -> Result<Option<Kept>, Code> {
        self.listen(ctx);
        let turn = usize::from(id.bytes()[15]) % TURNS;
        let _mine = self.turns[turn].lock().await;
        if let Some(reading) = self.remembered(id) {
            return Ok(reading.kept);
        }
        self.read_now(&ctx.db, id).await.map_err(|cause| {
            let error = Error::from(cause);
            tracing::error!(cause = ?error, "whether a session stands cannot be read");
            error.code
        })
    }

    async fn read_now(&self, db: &Db, id: SessionId) -> hathor_db::Result<Option<Kept>> {
        let count = self.count.load(Ordering::Acquire);
        let kept = store::kept(db, id).await?;
        self.known.insert(id, Reading { kept, count });
        Ok(kept)
    }

    fn remembered(&self, id: SessionId) -> Option<Reading> {
        self.known.get(&id).filter(|reading| self.is_right(id, reading))
    }

    fn is_right(&self, id: SessionId, reading: &Reading) -> bool {
        let changed_after = |id: [u8; 16]| self.changes.get(&id).is_some_and(|at| at > reading.count);
        let account = |kept: Kept| kept.account_id.bytes();
        reading.count == self.count.load(Ordering::Acquire)
            || (reading.count >= self.floor.load(Ordering::Acquire)
                && !changed_after(id.bytes())
                && !reading.kept.map(account).is_some_and(changed_after))
    }

    /// Readings of this account or session that were begun before now are not believed.
    fn forget(&self, id: [u8; 16]) {
        let count = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        self.changes.insert(id, count);
    }

    fn forget_all(&self) {
        let count = self.count.fetch_add(1, Ordering::AcqRel) + 1;
        self.floor.fetch_max(count, Ordering::AcqRel);
    }

    /// From the first session on, news are heard.
    fn listen(self: &Arc<Self>, ctx: &Ctx) {
        self.listening.call_once(|| {
            let (accounts, sessions) = (ctx.bus.subscribe(ACCOUNT), ctx.bus.subscribe(SESSION));
            tokio::spawn(hear(Arc::downgrade(self), accounts, sessions));
        });
    }

    fn take_in(&self, news: &Event) {
        match news {
            Event::Message(message) => {
                let topic = &message.topic;
                let user = topic.strip_prefix(ACCOUNT).and_then(|id| id.parse::<UserId>().ok());
                let session = topic.strip_prefix(SESSION).and_then(|id| id.parse::<SessionId>().ok());
                let changed = user.map(UserId::bytes).into_iter().chain(session.map(SessionId::bytes));
                changed.for_each(|id| self.forget(id));
            }
            Event::Lagged(_) | Event::Restored => self.forget_all(),
        }
    }
}

impl Kept {
    fn stands(&self, now: Timestamp) -> bool {
        !self.banned && self.ended_at.is_none() && now < self.idle_until
    }
}

/// Takes in news for as long as anybody asks.
async fn hear(standing: Weak<Standing>, mut accounts: Subscription, mut sessions: Subscription) {
    loop {
        let news = async {
            tokio::select! { news = accounts.next() => news, news = sessions.next() => news }
        };
        let heard = timeout(IDLE, news).await;
        let Some(standing) = standing.upgrade() else { return };
        if let Ok(news) = heard {
            standing.take_in(&news);
        }
    }
}

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests;
