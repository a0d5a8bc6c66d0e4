//! The tables `totp`, `recovery_code` and `code_wait`.

use hathor_core::{Timestamp, UserId};
use hathor_db::{Result, Tx, args, row, sql};

row! {
    /// A secret shared with an app, sealed.
    pub(in crate::factors) struct Shared { secret: Vec<u8> }
}

row! {
    struct Wait { wait_until: Timestamp }
}

row! {
    struct Wrong { wrong: i64 }
}

sql! {
    OFFER: () = "insert into totp (account_id, state, secret, last_step, created_at) values ($1, 'offered', $2, 0, $3)
        on conflict (account_id, state) do update set secret = $2, last_step = 0, created_at = $3";
    OFFERED: Shared = "select secret from totp where account_id = $1 and state = 'offered' and created_at > $2";
    LIVE: Shared = "select secret from totp where account_id = $1 and state = 'live'";
    REMOVE: () = "delete from totp where account_id = $1 and state = 'live'";
    SET_LIVE: () = "update totp set state = 'live', last_step = $2, created_at = $3
        where account_id = $1 and state = 'offered'";
    SPEND_STEP: () = "update totp set last_step = $2 where account_id = $1 and state = 'live' and last_step < $2";
    FORGET_OFFERS: () = "delete from totp where state = 'offered' and created_at < $1";

    GIVE_CODE: () = "insert into recovery_code (account_id, hash) values ($1, $2)";
    SPEND_CODE: () = "update recovery_code set used_at = $3 where account_id = $1 and hash = $2 and used_at is null";
    REMOVE_CODES: () = "delete from recovery_code where account_id = $1";

    WAIT: Wait = "select wait_until from code_wait where account_id = $1";
    COUNT_WRONG: Wrong = "insert into code_wait (account_id, wrong, wait_until, last_at) values ($1, 1, 0, $2)
        on conflict (account_id) do update
        set wrong = case when code_wait.last_at < $3 then 1 else code_wait.wrong + 1 end, last_at = $2
        returning wrong";
    WAIT_UNTIL: () = "update code_wait set wait_until = $2 where account_id = $1";
    FORGIVE: () = "delete from code_wait where account_id = $1";
}

/// Keeps a secret until a code of it comes; the one before it is forgotten.
pub(in crate::factors) async fn offer(
    tx: &mut Tx,
    account: UserId,
    sealed: Vec<u8>,
    now: Timestamp,
) -> Result<()> {
    tx.run(OFFER, args![account, sealed, now]).await.map(drop)
}

/// The secret offered after `then`.
pub(in crate::factors) async fn offered(
    tx: &mut Tx,
    account: UserId,
    then: Timestamp,
) -> Result<Option<Shared>> {
    tx.one(OFFERED, args![account, then]).await
}

pub(in crate::factors) async fn live(tx: &mut Tx, account: UserId) -> Result<Option<Shared>> {
    tx.one(LIVE, args![account]).await
}

/// Whether there was an app to remove.
pub(in crate::factors) async fn remove(tx: &mut Tx, account: UserId) -> Result<bool> {
    Ok(tx.run(REMOVE, args![account]).await? == 1)
}

/// Puts the offered secret in the place of the living one; `step` is spent. Whether it still was on offer.
pub(in crate::factors) async fn set_live(
    tx: &mut Tx,
    account: UserId,
    step: i64,
    now: Timestamp,
) -> Result<bool> {
    remove(tx, account).await?;
    Ok(tx.run(SET_LIVE, args![account, step, now]).await? == 1)
}

/// Whether nobody has used this step or a later one before.
pub(in crate::factors) async fn spend_step(tx: &mut Tx, account: UserId, step: i64) -> Result<bool> {
    Ok(tx.run(SPEND_STEP, args![account, step]).await? == 1)
}

pub(in crate::factors) async fn forget_offers(tx: &mut Tx, then: Timestamp) -> Result<u64> {
    tx.run(FORGET_OFFERS, args![then]).await
}

/// Puts new recovery codes in the place of the old.
pub(in crate::factors) async fn replace_codes(
    tx: &mut Tx,
    account: UserId,
    hashes: Vec<[u8; 32]>,
) -> Result<()> {
    remove_codes(tx, account).await?;
    for hash in hashes {
        tx.run(GIVE_CODE, args![account, hash]).await?;
    }
    Ok(())
}

pub(in crate::factors) async fn remove_codes(tx: &mut Tx, account: UserId) -> Result<u64> {
    tx.run(REMOVE_CODES, args![account]).await
}

/// Whether it was one of the account's codes, and unused.
pub(in crate::factors) async fn spend_code(
    tx: &mut Tx,
    account: UserId,
    hash: [u8; 32],
    now: Timestamp,
) -> Result<bool> {
    Ok(tx.run(SPEND_CODE, args![account, hash, now]).await? == 1)
}

/// When the app's codes of `account` are taken again.
pub(in crate::factors) async fn wait(tx: &mut Tx, account: UserId) -> Result<Option<Timestamp>> {
    Ok(tx.one(WAIT, args![account]).await?.map(|row| row.wait_until))
}

/// Counts a wrong code; how many there were since the last quiet time, which ended before `then`.
pub(in crate::factors) async fn count_wrong(
    tx: &mut Tx,
    account: UserId,
    now: Timestamp,
    then: Timestamp,
) -> Result<i64> {
    Ok(tx.one(COUNT_WRONG, args![account, now, then]).await?.map_or(1, |row| row.wrong))
}

pub(in crate::factors) async fn wait_until(tx: &mut Tx, account: UserId, until: Timestamp) -> Result<()> {
    tx.run(WAIT_UNTIL, args![account, until]).await.map(drop)
}

/// Forgets the wrong codes.
pub(in crate::factors) async fn forgive(tx: &mut Tx, account: UserId) -> Result<()> {
    tx.run(FORGIVE, args![account]).await.map(drop)
}
