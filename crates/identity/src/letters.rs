//! Letters that the features above ask for.

use hathor_core::UserId;
use hathor_db::Tx;
use hathor_kit::{Ctx, Result, policy::MemberRole};

use crate::{
    Account, accounts,
    mails::{self, Kind, Recipient},
};

/// Tells `who` that the account `from` lets them act as `role` for the artist at `/artist/{slug}`. The letter holds
/// no name that a stranger could word freely.
pub async fn member_added(
    ctx: &Ctx,
    tx: &mut Tx,
    who: &Account,
    (slug, role, from): (&str, MemberRole, UserId),
) -> Result<()> {
    let from = accounts::by_id(tx, from).await?.map_or_else(String::new, |from| from.username);
    let letter = Kind::MemberAdded { artist: slug.to_owned(), role: role.to_string(), from };
    mails::post(ctx, tx, Recipient::of(who), letter).await
}
