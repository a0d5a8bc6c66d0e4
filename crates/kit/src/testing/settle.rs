//! An account and a signed-in device without the feature that makes them.

use std::time::Duration;

use hathor_core::{SessionId, UserId};
use hathor_db::{args, sql};
use hathor_token::AccessClaims;

use crate::{Ctx, viewer::Role};

sql! {
    ACCOUNT: () = "insert into account (id, username, username_key, email, email_key, display_name, role, created_at, updated_at)
        values ($1, $2, $3, $4, $4, $2, $5, $6, $6)";
    SESSION: () = "insert into session
        (id, account_id, refresh_hash, created_at, last_used_at, idle_until, absolute_until, proved_at)
        values ($1, $2, $3, $4, $4, $5, $5, $4)";
}

/// Who it is, and an access token of an hour.
pub(super) async fn settle(ctx: &Ctx, username: &str, role: Role) -> (Option<UserId>, Option<String>) {
    let (user, session, now): (UserId, SessionId, _) = (ctx.new_id(), ctx.new_id(), ctx.now());
    let (key, until) = (username.to_ascii_lowercase(), now + Duration::from_hours(24 * 30));
    let address = format!("{key}@example.org");
    ctx.db
        .write(async |tx| {
            tx.run(ACCOUNT, args![user, username, key, address, role, now]).await?;
            tx.run(SESSION, args![session, user, [7; 32], now, until]).await
        })
        .await
        .expect("the tables take a person");
    let claims = AccessClaims { sub: user, sid: session, role: role.to_string(), ver: 1 };
    let token = ctx.keys.access.mint(&claims, now, Duration::from_hours(1)).expect("a token");
    (Some(user), Some(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_statement_prepares_on_both_engines() {
        hathor_db::testing::check_statements(crate::STATEMENTS).await;
        hathor_db::testing::check_statements(&[STATEMENTS]).await;
    }
}
