//! The tables of factors, each beside its statements: [`codes`] for apps and paper, [`keys`] for passkeys, [`steps`] for
//! what is half done.

pub(super) mod codes;
pub(super) mod keys;
pub(super) mod steps;

use hathor_core::{Timestamp, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

row! {
    /// What an account has beside a password.
    #[derive(Clone, Copy, Debug)]
    pub(super) struct Held { totp: bool, passkeys: i64, codes: i64 }
}

row! {
    /// What a person sees of their factors.
    #[derive(Debug)]
    pub(super) struct Overview { password: bool, totp_at: Option<Timestamp>, codes: i64 }
}

sql! {
    HELD: Held = "select exists (select 1 from totp where account_id = $1 and state = 'live') as totp,
        (select count(*) from passkey where account_id = $1) as passkeys,
        (select count(*) from recovery_code where account_id = $1 and used_at is null) as codes";
    OVERVIEW: Overview = "select a.password_hash is not null as password,
        (select t.created_at from totp t where t.account_id = a.id and t.state = 'live') as totp_at,
        (select count(*) from recovery_code r where r.account_id = a.id and r.used_at is null) as codes
        from account a where a.id = $1";
    VOID_APPS: () = "delete from totp where account_id = $1";
    VOID_CODES: () = "delete from recovery_code where account_id = $1";
    VOID_PASSKEYS: () = "delete from passkey where account_id = $1";
    VOID_CEREMONIES: () = "delete from ceremony where account_id = $1";
    VOID_STEPS: () = "delete from second_step where account_id = $1";
}

/// What `account` has, as this transaction sees it.
pub(super) async fn held(tx: &mut Tx, account: UserId) -> Result<Held> {
    let held = tx.one(HELD, args![account]).await?;
    Ok(held.unwrap_or(Held { totp: false, passkeys: 0, codes: 0 }))
}

/// What the person sees; `None` if the account is gone.
pub(super) async fn overview(db: &Db, account: UserId) -> Result<Option<Overview>> {
    db.one(OVERVIEW, args![account]).await
}

/// Deletes every factor of `account`, and what waits for one.
pub(super) async fn void_all(tx: &mut Tx, account: UserId) -> Result<()> {
    for statement in [VOID_APPS, VOID_CODES, VOID_PASSKEYS, VOID_CEREMONIES, VOID_STEPS] {
        tx.run(statement, args![account]).await?;
    }
    Ok(())
}
