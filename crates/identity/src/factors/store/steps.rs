//! The tables `ceremony` and `second_step`: what waits for an answer.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Result, Tx, args, row, sql};

use crate::factors::model::CeremonyId;

hathor_core::text_enum! {
    /// What a passkey is asked for.
    pub(in crate::factors) enum CeremonyKind {
        /// To become one.
        Registration = "registration",
        /// After a password.
        SecondStep = "second_step",
        /// Instead of a name and a password.
        SignIn = "sign_in",
        /// Once more, by somebody who is signed in.
        StepUp = "step_up",
    }
}
hathor_db::text_cell!(CeremonyKind);

row! {
    /// A question to a passkey.
    #[derive(Debug)]
    pub(in crate::factors) struct Unanswered {
        account_id: Option<UserId>,
        bound_to: Option<Vec<u8>>,
        state: String,
    }
}

row! {
    /// A sign-in that waits for its second factor.
    #[derive(Debug)]
    pub(in crate::factors) struct Waiting {
        account_id: UserId,
        session_version: i64,
        tries: i64,
    }
}

sql! {
    PUT: () = "insert into ceremony (id, kind, account_id, bound_to, state, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    TAKE: Unanswered = "delete from ceremony where id = $1 and kind = $2 and expires_at > $3
        returning account_id, bound_to, state";
    FORGET_CEREMONIES: () = "delete from ceremony where id in
        (select id from ceremony where expires_at < $1 order by expires_at limit $2)";

    INSERT: () = "insert into second_step (hash, account_id, session_version, tries, expires_at)
        values ($1, $2, $3, 0, $4)";
    PEEK: Waiting = "select account_id, session_version, tries from second_step
        where hash = $1 and tries < $2 and expires_at > $3";
    TRY: Waiting = "update second_step set tries = tries + 1
        where hash = $1 and tries < $2 and expires_at > $3
        returning account_id, session_version, tries";
    END: () = "delete from second_step where hash = $1";
    FORGET_STEPS: () = "delete from second_step where hash in
        (select hash from second_step where expires_at < $1 order by expires_at limit $2)";
}

/// A question that is put to a passkey.
pub(in crate::factors) struct Put<'a> {
    pub(in crate::factors) id: CeremonyId,
    pub(in crate::factors) kind: CeremonyKind,
    /// Who is to answer, where that is known.
    pub(in crate::factors) account: Option<UserId>,
    /// The sign-in or session that it belongs to.
    pub(in crate::factors) bound_to: Option<&'a [u8]>,
    /// What its answer is judged by.
    pub(in crate::factors) state: String,
    pub(in crate::factors) until: Timestamp,
}

pub(in crate::factors) async fn put(tx: &mut Tx, new: &Put<'_>) -> Result<()> {
    let args = args![new.id, new.kind, new.account, new.bound_to, &new.state, new.until];
    tx.run(PUT, args).await.map(drop)
}

/// Takes a question off the table: whoever comes second finds none.
pub(in crate::factors) async fn take(
    tx: &mut Tx,
    id: CeremonyId,
    kind: CeremonyKind,
    now: Timestamp,
) -> Result<Option<Unanswered>> {
    tx.one(TAKE, args![id, kind, now]).await
}

/// Deletes up to `most` questions that were over before `then`; how many there were.
pub(in crate::factors) async fn forget_ceremonies(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET_CEREMONIES, args![then, most]).await
}

pub(in crate::factors) async fn insert(
    tx: &mut Tx,
    hash: [u8; 32],
    account: UserId,
    session_version: i64,
    until: Timestamp,
) -> Result<()> {
    tx.run(INSERT, args![hash, account, session_version, until]).await.map(drop)
}

/// A sign-in that may still be tried.
pub(in crate::factors) async fn peek(
    tx: &mut Tx,
    hash: [u8; 32],
    most: i64,
    now: Timestamp,
) -> Result<Option<Waiting>> {
    tx.one(PEEK, args![hash, most, now]).await
}

/// As [`peek`], and counts the try. Others with the same challenge wait until this transaction has ended.
pub(in crate::factors) async fn take_try(
    tx: &mut Tx,
    hash: [u8; 32],
    most: i64,
    now: Timestamp,
) -> Result<Option<Waiting>> {
    tx.one(TRY, args![hash, most, now]).await
}

pub(in crate::factors) async fn end(tx: &mut Tx, hash: [u8; 32]) -> Result<u64> {
    tx.run(END, args![hash]).await
}

pub(in crate::factors) async fn forget_second_steps(tx: &mut Tx, then: Timestamp, most: u32) -> Result<u64> {
    tx.run(FORGET_STEPS, args![then, most]).await
}
