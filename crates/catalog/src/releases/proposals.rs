//! What uploads look like as releases: guessed from folders, tags and files' names, for a person to look at.

mod group;

use std::collections::HashMap;

use hathor_core::TrackId;
use hathor_kit::{Ctx, Result, Viewer};
use hathor_media::Tags;

use self::group::{Group, Loose};
use super::{
    model::{ProposalNote, ReleaseProposal, ReleaseProposals},
    store::{self, InFolder, Sent},
};
use crate::{
    pictures::{Picture, PictureView, audience},
    tracks::{TrackRow, TrackState, TrackView, Visibility},
};

/// Loose tracks that are looked at: the last ones.
const MOST: i64 = 2_000;

/// The viewer's loose tracks, as the releases they seem to be.
pub async fn propose(ctx: &Ctx, viewer: Viewer) -> Result<ReleaseProposals> {
    let owner = viewer.user;
    let (rows, sent, pictures) = tokio::try_join!(
        store::loose(&ctx.db, owner, MOST),
        store::sent(&ctx.db, owner, MOST),
        store::in_folders(&ctx.db, owner, MOST),
    )?;
    let mut sent: HashMap<TrackId, Sent> = sent.into_iter().map(|sent| (sent.id, sent)).collect();
    let mut known: HashMap<TrackId, TrackRow> = HashMap::new();
    let mut loose = Vec::new();
    for row in rows {
        loose.push(as_sent(&row, sent.remove(&row.id)));
        known.insert(row.id, row);
    }
    let groups = group::group(loose).into_iter();
    let items = groups.map(|group| proposal(ctx, viewer, group, &mut known, &pictures)).collect();
    Ok(ReleaseProposals { items })
}

fn as_sent(row: &TrackRow, sent: Option<Sent>) -> Loose {
    let tags: Tags = sent.as_ref().and_then(|sent| serde_json::from_str(&sent.tags).ok()).unwrap_or_default();
    let (folder, file_name) = sent.map_or_else(Default::default, |sent| (sent.folder, sent.file_name));
    Loose {
        id: row.id,
        folder,
        file_name,
        title: row.title.clone(),
        titled: tags.title.is_some(),
        artist: row.artist_names().into_iter().next(),
        album: row.release.clone(),
        album_artist: tags.album_artist,
        disc: row.disc_number,
        number: row.track_number,
        year: row.year,
        genre: row.genre.clone(),
        label: tags.label,
        licence: row.licence,
        cover: row.cover.as_ref().map(|cover| cover.id),
        duration_ms: row.duration_ms.unwrap_or(0),
    }
}

fn proposal(
    ctx: &Ctx,
    viewer: Viewer,
    group: Group,
    known: &mut HashMap<TrackId, TrackRow>,
    pictures: &[InFolder],
) -> ReleaseProposal {
    let mut covers: Vec<Picture> = pictures
        .iter()
        .filter(|each| group.has_folder(&each.folder))
        .map(|each| each.cover.clone())
        .collect();
    let mut rows: Vec<TrackRow> = Vec::new();
    for place in &group.tracks {
        if let Some(mut row) = known.remove(&place.id) {
            (row.disc_number, row.track_number) = (Some(place.disc), Some(place.number));
            rows.push(row);
        }
    }
    for id in &group.covers {
        covers.extend(rows.iter().filter_map(|row| row.cover.clone()).find(|cover| cover.id == *id));
    }
    let mut seen = std::collections::HashSet::new();
    covers.retain(|cover| seen.insert(cover.id));
    let given = audience(Visibility::Private, Some(viewer.user));
    let covers: Vec<PictureView> =
        covers.into_iter().map(|cover| PictureView::of(ctx, cover, given)).collect();
    let mut notes = group.notes;
    if rows.iter().any(|row| row.state != TrackState::Ready) {
        notes.push(ProposalNote::StillProcessing);
    }
    ReleaseProposal {
        key: group.key.to_string(),
        title: group.title,
        kind: group.kind,
        artists: group.artists,
        released_on: group.year.map(|year| year.to_string()),
        label: group.label,
        genre: group.genre,
        licence: group.licence,
        cover: covers.first().cloned(),
        covers,
        tracks: rows.into_iter().map(|row| TrackView::of(ctx, row, Some(viewer.user))).collect(),
        notes,
    }
}
