//! App keys as every request meets them: whose a key is, what it is good for, when it was used last.
//!
//! A key stands for its person in what is theirs, and never for their rank: an administrator's key keeps no house. What a
//! request asks of it is read off its method and path ([`scope`]), before any handler runs. `identity` makes and revokes
//! keys; a revocation is heard at once over the bus, and without it within [`LONGEST`].

mod scope;
mod store;

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    sync::{
        Arc, Mutex, Once, PoisonError, Weak,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use axum::http::Method;
use hathor_bus::{Event, Subscription};
use hathor_core::{AppKeyId, Code, SessionId, Timestamp, UserId};
use hathor_token::secret_hash;
use moka::sync::Cache;
use tokio::time::timeout;

use self::store::Kept;
use crate::{
    Ctx, Error, Result,
    standing::LONGEST,
    viewer::{Asker, Role, Scopes, Viewer},
};

pub(crate) use scope::Need;
pub use scope::Scope;
pub(crate) use store::STATEMENTS;

/// Keys remembered at once; one is about 300 bytes.
const KEYS: u64 = 20_000;
/// A key's last use is written at most so often.
const NOTED_EACH: Duration = Duration::from_mins(1);
/// Uses are gathered for so long, then written together; a crash loses them.
const GATHERED: Duration = Duration::from_secs(1);
/// How long the listener sleeps at most before it looks whether it is still needed.
const IDLE: Duration = Duration::from_mins(1);

const REVOKED: &str = "app_key.revoked.";
const ACCOUNT: &str = "account.changed.";

/// What is known of the app keys that are in use.
pub(crate) struct KeyBook {
    known: Cache<[u8; 32], Known>,
    /// Changes heard so far: what was read while one came is not remembered.
    changes: AtomicU64,
    uses: Mutex<HashMap<AppKeyId, Timestamp>>,
    listening: Once,
}

#[derive(Clone)]
struct Known {
    kept: Arc<Kept>,
    /// When its last use was noted, in microseconds.
    noted_at: Arc<AtomicI64>,
}

/// Tells every node that the key opens nothing any more. Call it after the commit.
pub fn revoked(ctx: &Ctx, key: AppKeyId) {
    ctx.standing.keys.forget(|kept| kept.id == key);
    ctx.bus.publish(&format!("{REVOKED}{key}"), &());
}

/// The scopes of a column, as words apart by spaces. A word of a newer version is none.
pub fn read_scopes(words: &str) -> Vec<Scope> {
    words.split(' ').filter_map(|word| word.parse().ok()).collect()
}

/// Returns when the key that `viewer` came with has been revoked, or their account has changed.
pub(crate) async fn over(ctx: &Ctx, viewer: Viewer) {
    let mut key = ctx.bus.subscribe(&format!("{REVOKED}{}", viewer.session));
    let mut account = ctx.bus.subscribe(&format!("{ACCOUNT}{}", viewer.user));
    tokio::select! { _ = key.next() => (), _ = account.next() => () }
}

impl Default for KeyBook {
    fn default() -> Self {
        Self {
            known: Cache::builder().max_capacity(KEYS).time_to_live(LONGEST).build(),
            changes: AtomicU64::new(0),
            uses: Mutex::default(),
            listening: Once::new(),
        }
    }
}

impl KeyBook {
    /// Who comes with `secret` to ask `path`.
    pub(crate) async fn asker(
        self: &Arc<Self>,
        ctx: &Ctx,
        secret: &str,
        method: &Method,
        path: &str,
    ) -> Asker {
        let known = match Box::pin(self.find(ctx, secret_hash(secret))).await {
            Ok(known) => known,
            Err(error) => {
                tracing::error!(cause = ?error, "whose an app key is cannot be read");
                return Asker::Refused(error.code);
            }
        };
        let Some(Known { kept, noted_at }) = known.filter(|known| !known.kept.banned) else {
            return Asker::Refused(Code::Unauthenticated);
        };
        let viewer = kept.viewer(ctx);
        let need = Need::of(method, path);
        if !need.is_met_by(viewer.scopes) {
            return Asker::Lacks(need);
        }
        self.note(ctx, kept.id, &noted_at);
        Asker::Someone(viewer)
    }

    async fn find(self: &Arc<Self>, ctx: &Ctx, hash: [u8; 32]) -> Result<Option<Known>> {
        if let Some(known) = self.known.get(&hash) {
            return Ok(Some(known));
        }
        self.listen(ctx);
        let changes = self.changes.load(Ordering::Acquire);
        let Some(kept) = store::kept(&ctx.db, hash).await? else { return Ok(None) };
        let noted_at = kept.last_used_at.map_or(0, Timestamp::micros);
        let known = Known { kept: Arc::new(kept), noted_at: Arc::new(AtomicI64::new(noted_at)) };
        if changes == self.changes.load(Ordering::Acquire) {
            self.known.insert(hash, known.clone());
        }
        Ok(Some(known))
    }

    /// What `user` may do has changed.
    pub(crate) fn forget_account(&self, user: UserId) {
        self.forget(|kept| kept.account_id == user);
    }

    fn forget(&self, is_it: impl Fn(&Kept) -> bool) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        for (hash, known) in &self.known {
            if is_it(&known.kept) {
                self.known.invalidate(hash.as_ref());
            }
        }
    }

    /// Of all uses within a minute one is noted, and all that are noted within a second are written at once.
    fn note(self: &Arc<Self>, ctx: &Ctx, key: AppKeyId, noted_at: &AtomicI64) {
        let (now, before) = (ctx.now(), noted_at.load(Ordering::Relaxed));
        let due = now >= Timestamp::from_micros(before) + NOTED_EACH;
        let mine =
            || noted_at.compare_exchange(before, now.micros(), Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if !due || !mine() {
            return;
        }
        let first = {
            let mut uses = self.uses.lock().unwrap_or_else(PoisonError::into_inner);
            uses.insert(key, now);
            uses.len() == 1
        };
        if first {
            tokio::spawn(Arc::clone(self).write_uses(ctx.clone()));
        }
    }

    async fn write_uses(self: Arc<Self>, ctx: Ctx) {
        tokio::time::sleep(GATHERED).await;
        let uses = mem::take(&mut *self.uses.lock().unwrap_or_else(PoisonError::into_inner));
        // always in one order, or two nodes could wait for each other
        let uses: BTreeMap<AppKeyId, Timestamp> = uses.into_iter().collect();
        let written = ctx.db.write(async |tx| {
            for (key, at) in &uses {
                store::used(tx, *key, *at).await?;
            }
            Ok::<_, Error>(())
        });
        if let Err(error) = written.await {
            tracing::warn!(cause = ?error, "when app keys were used last was not written down");
        }
    }

    /// From the first key on, news are heard.
    fn listen(self: &Arc<Self>, ctx: &Ctx) {
        self.listening.call_once(|| {
            let (keys, accounts) = (ctx.bus.subscribe(REVOKED), ctx.bus.subscribe(ACCOUNT));
            tokio::spawn(hear(Arc::downgrade(self), keys, accounts));
        });
    }

    fn take_in(&self, news: &Event) {
        let Event::Message(message) = news else {
            return self.forget(|_| true);
        };
        let key = message.topic.strip_prefix(REVOKED).and_then(|id| id.parse::<AppKeyId>().ok());
        let user = message.topic.strip_prefix(ACCOUNT).and_then(|id| id.parse::<UserId>().ok());
        self.forget(|kept| Some(kept.id) == key || Some(kept.account_id) == user);
    }
}

impl Kept {
    /// Whoever comes with the key. Its id stands where a session's would: the key is the device.
    fn viewer(&self, ctx: &Ctx) -> Viewer {
        let scopes = read_scopes(&self.scopes).into_iter();
        Viewer {
            user: self.account_id,
            session: SessionId::from_uuid(self.id.uuid()),
            role: match self.role {
                Role::Artist => Role::Artist,
                Role::User | Role::Moderator | Role::Admin => Role::User,
            },
            verified: self.verified || !ctx.config.must_verify(),
            scopes: scopes.fold(Scopes::NONE, |all, scope| all.union(scope.alone())),
        }
    }
}

/// Takes in news for as long as anybody asks.
async fn hear(book: Weak<KeyBook>, mut keys: Subscription, mut accounts: Subscription) {
    loop {
        let news = async {
            tokio::select! { news = keys.next() => news, news = accounts.next() => news }
        };
        let heard = timeout(IDLE, news).await;
        let Some(book) = book.upgrade() else { return };
        if let Ok(news) = heard {
            book.take_in(&news);
        }
    }
}
