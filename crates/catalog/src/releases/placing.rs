//! Putting tracks on a release and taking them off.

use std::collections::{HashMap, HashSet};

use hathor_core::{ArtistId, ReleaseId, TrackId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, MaybeViewer, Result, Viewer, policy::Deed};

use super::{
    edit::{TrackDraft, numbered},
    store::{self, ReleaseRow},
};
use crate::{
    artists::service as people,
    tracks::{
        self, TrackRow,
        credits::{Credit, CreditDraft},
        service as pieces,
    },
};

/// Makes `drafts` the tracks of the release; whatever else is on it is loose again.
pub async fn place(
    tx: &mut Tx,
    ctx: &Ctx,
    viewer: Viewer,
    release: &ReleaseRow,
    drafts: Vec<TrackDraft>,
) -> Result<()> {
    let kept: HashSet<TrackId> = drafts.iter().map(|draft| draft.id).collect();
    let (mut there, mut gone) = (HashMap::new(), Vec::new());
    for row in store::placed(tx, release.id).await? {
        if kept.contains(&row.id) {
            there.insert(row.id, row);
        } else {
            gone.push(row.id);
        }
    }
    loosen(tx, ctx, release.id, gone).await?;
    let numbers = numbered(&drafts);
    for (place, (draft, numbers)) in drafts.into_iter().zip(numbers).enumerate() {
        let row = match there.remove(&draft.id) {
            Some(row) => Some(row),
            None => tracks::store::whole_within(tx, draft.id).await?,
        };
        let placed = put(tx, ctx, viewer, release, row, draft, numbers).await;
        placed.map_err(|error| at(place, error))?;
    }
    Ok(())
}

/// A refusal of one track, by its place.
fn at(place: usize, mut error: Error) -> Error {
    for problem in &mut error.fields {
        problem.field = format!("tracks.{place}.{}", problem.field);
    }
    error
}

async fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    viewer: Viewer,
    release: &ReleaseRow,
    row: Option<TrackRow>,
    draft: TrackDraft,
    numbers: (i64, i64),
) -> Result<()> {
    let row = row.filter(|row| may_join(ctx, row, release, viewer));
    let row = row.ok_or_else(|| Error::invalid("id", "a track of yours that is on no other release"))?;
    if row.release_id.is_none() {
        store::attach(tx, row.id, release.id).await?;
    }
    let edit = changes(&row, draft, numbers, &release.title);
    edit.check(ctx.now().year())?;
    if edit.is_empty() {
        return Ok(());
    }
    pieces::write_down(tx, ctx, viewer, row, edit).await
}

/// What is on the release stays; what joins it must be the viewer's, the release's owner's and loose.
fn may_join(ctx: &Ctx, row: &TrackRow, release: &ReleaseRow, viewer: Viewer) -> bool {
    if let Some(on) = row.release_id {
        return on == release.id;
    }
    let usable = pieces::may(ctx, MaybeViewer(Some(viewer)), Deed::Use, row).is_allowed();
    usable && row.owner_id == release.owner_id
}

/// What the draft changes about the track.
fn changes(row: &TrackRow, draft: TrackDraft, numbers: (i64, i64), release: &str) -> tracks::edit::Edit {
    let (disc, number) = (Some(numbers.0), Some(numbers.1));
    let title = draft.title.filter(|title| *title != row.title);
    let credits = draft.credits.filter(|asked| !are(asked, &row.credits.0));
    tracks::edit::Edit {
        title,
        disc_number: (row.disc_number != disc).then_some(disc),
        track_number: (row.track_number != number).then_some(number),
        explicit: draft.explicit.filter(|explicit| *explicit != row.explicit),
        isrc: draft.isrc.filter(|isrc| *isrc != row.isrc),
        credits,
        release: (row.release.as_deref() != Some(release)).then(|| Some(release.to_owned())),
        ..tracks::edit::Edit::default()
    }
}

/// Whether the credits that are asked for are those there are.
fn are(asked: &[CreditDraft], there: &[Credit]) -> bool {
    asked.len() == there.len()
        && asked.iter().zip(there).all(|(asked, there)| {
            let artist = there.artist.as_ref().map(|artist| artist.id);
            asked.role == there.role
                && asked.name.as_deref() == Some(&there.name)
                && (asked.artist_id.is_none() || asked.artist_id == artist)
        })
}

/// Takes tracks off the release: they are private from now on.
async fn loosen(tx: &mut Tx, ctx: &Ctx, release: ReleaseId, tracks: Vec<TrackId>) -> Result<()> {
    if tracks.is_empty() {
        return Ok(());
    }
    let credited = store::credited(tx, release).await?;
    for track in &tracks {
        store::detach(tx, *track, ctx.now()).await?;
    }
    closed(tx, ctx, &credited, tracks).await
}

/// Takes all tracks off the release, and answers them: they are private from now on.
pub async fn loosen_all(tx: &mut Tx, ctx: &Ctx, release: ReleaseId) -> Result<Vec<TrackId>> {
    let credited = store::credited(tx, release).await?;
    let tracks: Vec<TrackId> = store::parts(tx, release).await?.into_iter().map(|part| part.id).collect();
    store::detach_all(tx, release, ctx.now()).await?;
    closed(tx, ctx, &credited, tracks.clone()).await?;
    Ok(tracks)
}

/// Counts again for those who were credited, and tells the nodes that cache the tracks.
async fn closed(tx: &mut Tx, ctx: &Ctx, credited: &[ArtistId], tracks: Vec<TrackId>) -> Result<()> {
    people::count_tracks(tx, credited).await?;
    let ctx = ctx.clone();
    tx.after_commit(move || tracks.iter().for_each(|track| tracks::progress::changed(&ctx, *track)));
    Ok(())
}

/// Tells the tracks of the release what it is called now.
pub async fn rename(tx: &mut Tx, release: &ReleaseRow) -> Result<()> {
    store::name_tracks(tx, release.id, &release.title).await?;
    for part in store::parts(tx, release.id).await? {
        tracks::search::index(tx, part.id).await?;
    }
    Ok(())
}
