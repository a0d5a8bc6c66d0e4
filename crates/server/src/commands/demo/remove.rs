//! Takes the demo library out: what its accounts own, then the accounts, then what lies in its folder.

use std::{path::Path, time::Duration};

use hathor_catalog::pictures;
use hathor_demo::releases::{ARTISTS, Artist};
use hathor_identity::accounts::{self, Account};
use hathor_kit::Ctx;

use super::{
    account, email, filled,
    guest::{Guest, text},
    mark, password, removed, store, unmark,
};
use crate::house::Trouble;

/// How long the removal of files may take; what is left is done at the next start.
const PATIENCE: Duration = Duration::from_mins(1);

/// Removes everything that [`super::fill`] has brought in, and nothing else.
pub async fn remove(ctx: &Ctx, base: &str, folder: &Path) -> Result<(), Trouble> {
    mark(&removed(folder))?;
    unmark(&filled(folder));
    for artist in &ARTISTS {
        if let Some(account) = account(ctx, artist).await? {
            empty(ctx, base, artist, &account).await?;
            let trouble = |e: hathor_kit::Error| Trouble::new(artist.username, e);
            pictures::service::forget_all(ctx, account.id).await.map_err(trouble)?;
            accounts::remove(ctx, account.id).await.map_err(trouble)?;
        }
    }
    let stems = folder.join("stems");
    if stems.exists() {
        std::fs::remove_dir_all(&stems).map_err(|e| Trouble::new("stems", e))?;
    }
    settle(ctx).await
}

/// Deletes what the artist owns. The lists also hold what others have let it work on.
async fn empty(ctx: &Ctx, base: &str, artist: &Artist, account: &Account) -> Result<(), Trouble> {
    let password = password();
    let changed = accounts::set_password(ctx, &email(artist), &password).await;
    changed.map_err(|e| Trouble::new(artist.username, e))?;
    let guest = Guest::sign_in(base, email(artist), password).await?;
    let me = account.id.to_string();
    for what in ["releases", "tracks", "artists"] {
        for thing in guest.mine(what).await? {
            if thing["role"] == "owner" || thing["owner"]["id"] == me.as_str() {
                guest.delete(&format!("/api/{what}/{}", text(&thing, "id")?)).await?;
            }
        }
    }
    Ok(())
}

/// Waits until the jobs that remove files are done.
async fn settle(ctx: &Ctx) -> Result<(), Trouble> {
    let done = async {
        while store::has_work(&ctx.db, ctx.now()).await? {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok::<(), hathor_db::Error>(())
    };
    match tokio::time::timeout(PATIENCE, done).await {
        Ok(outcome) => outcome.map_err(|e| Trouble::new("demo", e)),
        Err(_) => Ok(()),
    }
}
