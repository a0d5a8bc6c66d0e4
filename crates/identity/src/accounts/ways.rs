//! The ways into an account. Whoever takes one away asks here first, so that nobody locks themselves out.

use hathor_core::{Code, UserId};
use hathor_db::{Tx, args, row, sql};
use hathor_kit::{Ctx, Result};

use super::store;

row! {
    struct Own { password: bool, passkeys: i64 }
}

row! {
    struct Elsewhere { provider: String }
}

sql! {
    OWN: Own = "select a.password_hash is not null as password,
        (select count(*) from passkey p where p.account_id = a.id) as passkeys
        from account a where a.id = $1";
    ELSEWHERE: Elsewhere = "select provider from linked where account_id = $1 order by provider";
}

/// What opens an account by itself, without anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WaysIn {
    /// A password.
    pub(crate) password: bool,
    /// Passkeys.
    pub(crate) passkeys: i64,
    /// Identities of providers that can be used now.
    pub(crate) linked: i64,
}

impl WaysIn {
    /// How many there are.
    pub(crate) fn count(self) -> i64 {
        i64::from(self.password) + self.passkeys + self.linked
    }
}

/// The ways into `account`. Until the transaction is over nobody else can take one away.
pub(crate) async fn ways_in(ctx: &Ctx, tx: &mut Tx, account: UserId) -> Result<WaysIn> {
    store::hold(tx, account).await?;
    let own = tx.one(OWN, args![account]).await?.ok_or(Code::Unauthenticated)?;
    let elsewhere = tx.all(ELSEWHERE, args![account]).await?;
    let usable =
        elsewhere.iter().filter(|link| ctx.config.auth.providers.contains_key(&link.provider)).count();
    let linked = i64::try_from(usable).unwrap_or(i64::MAX);
    Ok(WaysIn { password: own.password, passkeys: own.passkeys, linked })
}
