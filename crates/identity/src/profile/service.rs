//! Telling of oneself, and finding others.

use hathor_core::{Code, PictureId, UserId};
use hathor_kit::{Ctx, Error, Result, words::links_column};

use super::{
    model::{About, Checked, Edit, Found, Slot, said},
    store::{self, Write},
};
use crate::accounts::model::DisplayName;

/// What the account tells beyond its names.
pub(crate) async fn about(ctx: &Ctx, id: UserId) -> Result<About> {
    store::about(&ctx.db, id).await?.ok_or_else(|| Code::Unauthenticated.into())
}

/// Changes what a person tells of themselves.
pub(crate) async fn edit(ctx: &Ctx, id: UserId, edit: Edit) -> Result<()> {
    let Checked { display_name, edit } = edit.check()?;
    let (bio, location) = (edit.bio.map(said), edit.location.map(said));
    let links = edit.links.as_deref().map(links_column);
    let write = Write {
        display_name: display_name.as_ref().map(DisplayName::as_str),
        bio: bio.as_ref().map(Option::as_deref),
        location: location.as_ref().map(Option::as_deref),
        links: links.as_deref(),
    };
    let changed = ctx.db.write(async |tx| store::edit(tx, id, &write, ctx.now()).await).await?;
    if changed == 1 { Ok(()) } else { Err(Code::Unauthenticated.into()) }
}

/// Who `word` stands for: an id, a username, or one that somebody had.
pub async fn find(ctx: &Ctx, word: &str) -> Result<Option<Found>> {
    let (id, key) = (word.parse().ok(), word.to_ascii_lowercase());
    let Some(person) = store::find(&ctx.db, id, &key).await? else { return Ok(None) };
    let here = id.is_some() || person.username_key == key;
    Ok(Some(if here { Found::Here(Box::new(person)) } else { Found::Moved(person.username) }))
}

/// Lets a person wear a picture of theirs, or none.
pub async fn wear(ctx: &Ctx, id: UserId, slot: Slot, picture: Option<PictureId>) -> Result<()> {
    let worn = ctx.db.write(async |tx| store::wear(tx, id, slot, picture, ctx.now()).await).await;
    let worn = worn.map_err(|error| match error {
        // it was an old picture of theirs that nothing used, and has been swept away at this very moment
        gone if gone.violates("foreign_key") => Error::new(Code::Busy).retry_after(1),
        other => other.into(),
    })?;
    if worn == 1 { Ok(()) } else { Err(Code::Unauthenticated.into()) }
}
