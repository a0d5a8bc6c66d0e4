//! What uploads look like as releases: guessed from folders, tags and files' names, for a person to look at.

mod group;

use std::collections::HashMap;

use hathor_core::TrackId;
use hathor_kit::{Ctx, Result, Viewer};
use hathor_media::Tags;

use self::group::{Group, Loose};
use super::{
    dates,
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
        date: date(row, tags.date),
        genre: row.genre.clone(),
        label: tags.label,
        licence: row.licence,
        cover: row.cover.as_ref().map(|cover| cover.id),
        duration_ms: row.duration_ms.unwrap_or(0),
    }
}

/// Players and shops call covers so, the usual first; `None` if it may be the back, or anything.
fn cover_rank(file_name: &str) -> Option<usize> {
    const NAMES: [&str; 3] = ["cover", "front", "folder"];
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_lowercase();
    let albumart = || (stem.starts_with("albumart") && !stem.contains("small")).then_some(NAMES.len());
    NAMES.iter().position(|name| *name == stem).or_else(albumart)
}

/// What a person wrote goes before what the file says.
fn date(row: &TrackRow, tagged: Option<String>) -> Option<String> {
    let year = row.year?;
    let tagged = tagged.filter(|date| dates::is_date(date) && dates::year(date) == Some(year));
    tagged.or_else(|| Some(year.to_string()))
}

fn proposal(
    ctx: &Ctx,
    viewer: Viewer,
    group: Group,
    known: &mut HashMap<TrackId, TrackRow>,
    pictures: &[InFolder],
) -> ReleaseProposal {
    let there = pictures.iter().filter(|each| group.has_folder(&each.folder));
    let mut named: Vec<(usize, &Picture)> = Vec::new();
    let mut others: Vec<Picture> = Vec::new();
    for each in there {
        match each.file_name.as_deref().and_then(cover_rank) {
            Some(rank) => named.push((rank, &each.cover)),
            None => others.push(each.cover.clone()),
        }
    }
    named.sort_by_key(|(rank, _)| *rank);
    let mut covers: Vec<Picture> = named.into_iter().map(|(_, cover)| cover.clone()).collect();
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
    covers.extend(others);
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
        released_on: group.date,
        label: group.label,
        genre: group.genre,
        licence: group.licence,
        cover: covers.first().cloned(),
        covers,
        tracks: rows.into_iter().map(|row| TrackView::of(ctx, row, Some(viewer.user))).collect(),
        notes,
    }
}
