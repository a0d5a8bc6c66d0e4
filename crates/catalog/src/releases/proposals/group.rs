//! Which tracks belong together, in which order and under which name. Knows nothing but what it is handed.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap, HashSet},
    hash::Hash,
};

use hathor_core::{PictureId, TrackId, fold};

use crate::{
    licence::Licence,
    releases::{
        artists::VARIOUS,
        model::{ProposalNote, ReleaseKind},
    },
};

/// Longer than this it is an album, whatever the number of its tracks.
const EP_MS: i64 = 30 * 60 * 1_000;

/// A loose track, as it was sent and tagged.
#[derive(Clone, Debug)]
pub struct Loose {
    pub id: TrackId,
    pub folder: Option<String>,
    pub file_name: String,
    pub title: String,
    pub titled: bool,
    pub artist: Option<String>,
    pub album: Option<String>,
    pub album_artist: Option<String>,
    pub disc: Option<i64>,
    pub number: Option<i64>,
    /// A year, a month or a day.
    pub date: Option<String>,
    pub genre: Option<String>,
    pub label: Option<String>,
    pub licence: Licence,
    pub cover: Option<PictureId>,
    pub duration_ms: i64,
}

/// Tracks that seem to be one release.
#[derive(Clone, Debug)]
pub struct Group {
    pub key: TrackId,
    pub title: String,
    pub kind: ReleaseKind,
    pub artists: Vec<String>,
    pub date: Option<String>,
    pub label: Option<String>,
    pub genre: Option<String>,
    pub licence: Licence,
    /// Covers in its files, the most frequent first.
    pub covers: Vec<PictureId>,
    pub tracks: Vec<Place>,
    pub notes: Vec<ProposalNote>,
    folders: HashSet<String>,
}

/// A track in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: TrackId,
    pub disc: i64,
    pub number: i64,
}

impl Group {
    /// Whether its files came from this folder, or a disc's folder of it.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.folders.contains(whole(folder).0)
    }
}

/// The releases that `tracks` seem to be, the last that came in first.
pub fn group(tracks: Vec<Loose>) -> Vec<Group> {
    let mut by_folder: BTreeMap<Option<String>, Vec<Loose>> = BTreeMap::new();
    for track in tracks {
        let folder = track.folder.as_deref().map(|folder| whole(folder).0.to_owned());
        by_folder.entry(folder.filter(|folder| !folder.is_empty())).or_default().push(track);
    }
    let mut groups: Vec<Group> = by_folder
        .into_iter()
        .flat_map(|(folder, tracks)| together(folder.is_some(), tracks))
        .map(|tracks| describe(&tracks))
        .collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.key));
    groups
}

/// Parts the tracks of one folder by album and album artist. Those that name none belong to the most of their folder;
/// without a folder each stands alone.
fn together(in_folder: bool, tracks: Vec<Loose>) -> Vec<Vec<Loose>> {
    let by_album = part(tracks, |track| track.album.as_deref().map(fold));
    let albums = adopt(by_album, in_folder);
    albums
        .into_iter()
        .flat_map(|album| adopt(part(album, |track| track.album_artist.as_deref().map(fold)), true))
        .collect()
}

fn part(tracks: Vec<Loose>, by: impl Fn(&Loose) -> Option<String>) -> BTreeMap<Option<String>, Vec<Loose>> {
    let mut parts: BTreeMap<Option<String>, Vec<Loose>> = BTreeMap::new();
    for track in tracks {
        parts.entry(by(&track)).or_default().push(track);
    }
    parts
}

fn adopt(mut parts: BTreeMap<Option<String>, Vec<Loose>>, into_most: bool) -> Vec<Vec<Loose>> {
    let nameless = parts.remove(&None).unwrap_or_default();
    let mut parts: Vec<Vec<Loose>> = parts.into_values().collect();
    if !into_most {
        parts.extend(nameless.into_iter().map(|track| vec![track]));
    } else if let Some(most) = parts.iter_mut().max_by_key(|part| part.len()) {
        most.extend(nameless);
    } else if !nameless.is_empty() {
        parts.push(nameless);
    }
    parts
}

fn describe(tracks: &[Loose]) -> Group {
    let (places, numbered) = order(tracks);
    let (artists, mixed) = artists(tracks);
    let various = artists.iter().any(|name| fold(name) == fold(VARIOUS));
    let length = tracks.iter().map(|track| track.duration_ms).sum();
    let noted = [
        (ProposalNote::MissingNumbers, !numbered && tracks.len() > 1),
        (ProposalNote::MissingTitles, tracks.iter().any(|track| !track.titled)),
        (ProposalNote::MixedArtists, mixed),
    ];
    Group {
        key: tracks.iter().map(|track| track.id).min().unwrap_or(TrackId::MAX),
        title: title(tracks),
        kind: kind(tracks.len(), length, various),
        artists,
        date: date(tracks),
        label: most(tracks.iter().filter_map(|track| track.label.clone())),
        genre: most(tracks.iter().filter_map(|track| track.genre.clone())),
        licence: most(tracks.iter().map(|track| track.licence)).unwrap_or(Licence::AllRightsReserved),
        covers: ranked(tracks.iter().filter_map(|track| track.cover)),
        tracks: places,
        notes: noted.into_iter().filter(|(_, yes)| *yes).map(|(note, _)| note).collect(),
        folders: tracks
            .iter()
            .filter_map(|track| Some(whole(track.folder.as_deref()?).0.to_owned()))
            .collect(),
    }
}

fn title(tracks: &[Loose]) -> String {
    let folder = || {
        let folders = tracks.iter().filter_map(|track| whole(track.folder.as_deref()?).0.rsplit('/').next());
        most(folders.filter(|folder| !folder.is_empty()).map(str::to_owned))
    };
    let album = most(tracks.iter().filter_map(|track| track.album.clone()));
    let alone = || tracks.first().map(|track| track.title.clone());
    album.or_else(folder).or_else(alone).unwrap_or_default()
}

/// The year that most tracks tell, or the month or day in it if no two tell different ones.
fn date(tracks: &[Loose]) -> Option<String> {
    let dates = || tracks.iter().filter_map(|track| track.date.as_deref());
    let year = most(dates().filter_map(|date| date.get(..4)))?;
    let mut closer = ranked(dates().filter(|date| date.len() > 4 && date.starts_with(year))).into_iter();
    match (closer.next(), closer.next()) {
        (Some(date), None) => Some(date.to_owned()),
        _ => Some(year.to_owned()),
    }
}

/// Whose it is, and whether its tracks name different artists.
fn artists(tracks: &[Loose]) -> (Vec<String>, bool) {
    let names = || tracks.iter().filter_map(|track| track.artist.clone());
    let mixed = names().map(|name| fold(&name)).collect::<HashSet<_>>().len() > 1;
    if let Some(name) = most(tracks.iter().filter_map(|track| track.album_artist.clone())) {
        return (vec![name], mixed);
    }
    let Some(name) = most(names()) else { return (Vec::new(), false) };
    let own = names().filter(|each| fold(each) == fold(&name)).count();
    let name = if 2 * own > tracks.len() || !mixed { name } else { VARIOUS.to_owned() };
    (vec![name], mixed)
}

const fn kind(tracks: usize, length_ms: i64, various: bool) -> ReleaseKind {
    match tracks {
        0..=3 => ReleaseKind::Single,
        _ if various => ReleaseKind::Compilation,
        4..=6 => ReleaseKind::Ep,
        _ if length_ms < EP_MS => ReleaseKind::Ep,
        _ => ReleaseKind::Album,
    }
}

/// The tracks in order, disc by disc, and whether all had numbers. Those without one take it from their file's name, else
/// stand behind the others in the order of their names.
fn order(tracks: &[Loose]) -> (Vec<Place>, bool) {
    let mut sorted: Vec<(i64, i64, &Loose)> = tracks
        .iter()
        .map(|track| {
            let of_folder = track.folder.as_deref().and_then(|folder| whole(folder).1);
            let number = track.number.or_else(|| leading(&track.file_name));
            (track.disc.or(of_folder).unwrap_or(1), number.unwrap_or(i64::MAX), track)
        })
        .collect();
    sorted.sort_by(|one, other| {
        (one.0, one.1).cmp(&(other.0, other.1)).then_with(|| natural(&one.2.file_name, &other.2.file_name))
    });
    let mut last: HashMap<i64, i64> = HashMap::new();
    let places = sorted.iter().map(|(disc, _, track)| {
        let number = last.entry(*disc).or_default();
        *number += 1;
        Place { id: track.id, disc: *disc, number: *number }
    });
    (places.collect(), tracks.iter().all(|track| track.number.is_some()))
}

/// The folder of the whole release, and the disc that the folder says: `Ode/CD 2` is disc 2 of `Ode`.
fn whole(folder: &str) -> (&str, Option<i64>) {
    let (parent, last) = folder.rsplit_once('/').unwrap_or(("", folder));
    let lower = last.to_ascii_lowercase();
    let rest = ["cd", "disc", "disk"].iter().find_map(|word| lower.strip_prefix(word));
    let number = rest.map(|rest| rest.trim_start_matches([' ', '-', '_', '.', '#'])).and_then(whole_number);
    number.map_or((folder, None), |disc| (parent, Some(disc)))
}

fn whole_number(text: &str) -> Option<i64> {
    let digits = text.len() <= 3 && text.bytes().all(|each| each.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten().filter(|number| *number > 0)
}

/// The number that a file's name begins with.
fn leading(name: &str) -> Option<i64> {
    let end = name.find(|letter: char| !letter.is_ascii_digit())?;
    whole_number(&name[..end])
}

/// As people sort names: numbers by their value.
fn natural(one: &str, other: &str) -> Ordering {
    runs(one).cmp(&runs(other)).then_with(|| one.cmp(other))
}

fn runs(text: &str) -> Vec<(Option<u64>, String)> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for letter in fold(text).chars() {
        let digit = letter.is_ascii_digit();
        match runs.last_mut() {
            Some((kind, run)) if *kind == digit => run.push(letter),
            _ => runs.push((digit, letter.to_string())),
        }
    }
    runs.into_iter().map(|(digit, run)| (digit.then(|| run.parse().unwrap_or(u64::MAX)), run)).collect()
}

/// What stands there most often, the first of those that do.
fn most<T: Eq + Hash + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    ranked(values).into_iter().next()
}

fn ranked<T: Eq + Hash + Clone>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    let mut places: HashMap<T, usize> = HashMap::new();
    for value in values {
        let place = *places.entry(value.clone()).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => counted.push((value, 1)),
        }
    }
    counted.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    counted.into_iter().map(|(value, _)| value).collect()
}

#[cfg(test)]
mod tests;
