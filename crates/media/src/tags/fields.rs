//! Where each fact is found: which keys to ask, in which order.

use std::collections::BTreeMap;

use lofty::tag::{ItemKey, ItemValue, Tag, TagItem};

use super::text;

/// A repeated key counts so many times at most.
const VALUES: usize = 32;

/// The names of one fact.
pub struct Field {
    /// In tags that lofty read.
    keys: &'static [ItemKey],
    /// In ffprobe's answer, in lower case.
    plain: &'static [&'static str],
}

/// The tags that are asked.
pub struct Asked<'a> {
    /// What was embedded, the best first.
    pub tags: &'a [Tag],
    /// What ffprobe saw.
    pub plain: &'a BTreeMap<String, String>,
}

impl Asked<'_> {
    /// The first value of `field` that `parse` accepts.
    pub fn first<T>(&self, field: &Field, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.texts(field).find_map(parse)
    }

    /// Every value of `field` that `parse` accepts, the best first.
    pub fn each<T>(&self, field: &Field, parse: impl Fn(&str) -> Option<T>) -> impl Iterator<Item = T> {
        self.texts(field).filter_map(parse)
    }

    /// The first value of `field` as a line of text.
    pub fn name(&self, field: &Field) -> Option<String> {
        self.first(field, text::name)
    }

    /// All values of `field` that `parse` accepts, from the first tag and key that has any. A line
    /// that lists several with semicolons or NUL, as some taggers do, counts as several.
    pub fn list(&self, field: &Field, parse: impl Fn(&str) -> Option<String>) -> Vec<String> {
        let keyed =
            self.tags.iter().flat_map(|tag| field.keys.iter().map(|&key| parts(values(tag, key), &parse)));
        let plain = field.plain.iter().map(|&key| parts(self.plain.get(key).map(String::as_str), &parse));
        keyed.chain(plain).find(|list| !list.is_empty()).unwrap_or_default()
    }

    fn texts(&self, field: &Field) -> impl Iterator<Item = &str> {
        let keyed = self.tags.iter().flat_map(|tag| field.keys.iter().flat_map(|&key| values(tag, key)));
        keyed.chain(field.plain.iter().filter_map(|&key| self.plain.get(key).map(String::as_str)))
    }
}

fn parts<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    parse: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let mut parts = Vec::new();
    for part in lines.into_iter().flat_map(|line| line.split([';', '\0'])).filter_map(parse).take(VALUES) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

fn values(tag: &Tag, key: ItemKey) -> impl Iterator<Item = &str> {
    tag.get_items(key).filter(|item| !of_a_program(item)).filter_map(|item| match item.value() {
        ItemValue::Text(text) | ItemValue::Locator(text) => Some(text.as_str()),
        ItemValue::Binary(_) => None,
    })
}

/// iTunes keeps numbers for itself in comments: iTunNORM, iTunSMPB.
fn of_a_program(item: &TagItem) -> bool {
    item.key() == ItemKey::Comment && item.description().starts_with("iTun")
}

/// The facts that are read.
pub mod key {
    use super::Field;
    use lofty::tag::ItemKey as Key;

    const fn field(keys: &'static [Key], plain: &'static [&'static str]) -> Field {
        Field { keys, plain }
    }

    pub const TITLE: Field = field(&[Key::TrackTitle], &["title"]);
    pub const ARTISTS: Field = field(&[Key::TrackArtists], &["artists", "wm/artists"]);
    pub const ARTIST: Field = field(&[Key::TrackArtist], &["artist", "author"]);
    pub const ALBUM: Field = field(&[Key::AlbumTitle], &["album"]);
    pub const ALBUM_ARTIST: Field =
        field(&[Key::AlbumArtist, Key::AlbumArtists], &["album_artist", "albumartist"]);
    pub const GENRE: Field = field(&[Key::Genre], &["genre"]);
    pub const YEAR: Field = field(
        &[Key::RecordingDate, Key::Year, Key::ReleaseDate, Key::OriginalReleaseDate],
        &["date", "year", "wm/year", "originaldate"],
    );
    pub const TRACK: Field = field(&[Key::TrackNumber], &["track", "tracknumber"]);
    pub const TRACKS: Field = field(&[Key::TrackTotal], &["tracktotal", "totaltracks"]);
    pub const DISC: Field = field(&[Key::DiscNumber], &["disc", "discnumber"]);
    pub const DISCS: Field = field(&[Key::DiscTotal], &["disctotal", "totaldiscs"]);
    pub const COMPOSER: Field = field(&[Key::Composer], &["composer"]);
    pub const LABEL: Field = field(&[Key::Label, Key::Publisher], &["publisher", "label"]);
    pub const ISRC: Field = field(&[Key::Isrc], &["isrc", "tsrc", "wm/isrc"]);
    pub const BPM: Field = field(&[Key::Bpm, Key::IntegerBpm], &["bpm", "tbpm", "wm/beatsperminute"]);
    pub const LYRICS: Field = field(
        &[Key::UnsyncLyrics, Key::Lyrics],
        &["lyrics", "unsyncedlyrics", "lyrics-eng", "lyrics-xxx", "wm/lyrics"],
    );
    pub const COMMENT: Field = field(&[Key::Comment, Key::Description], &["comment", "description"]);
    pub const COPYRIGHT: Field = field(&[Key::CopyrightMessage], &["copyright"]);
    pub const LICENCE: Field =
        field(&[Key::License, Key::CopyrightUrl], &["license", "licence", "copyright_url"]);
    pub const ADVISORY: Field = field(&[Key::ParentalAdvisory], &["itunesadvisory", "rating"]);
    pub const MB_RECORDING: Field =
        field(&[Key::MusicBrainzRecordingId], &["musicbrainz_trackid", "musicbrainz/track id"]);
    pub const MB_TRACK: Field = field(
        &[Key::MusicBrainzTrackId],
        &["musicbrainz_releasetrackid", "musicbrainz release track id", "musicbrainz/release track id"],
    );
    pub const MB_RELEASE: Field = field(
        &[Key::MusicBrainzReleaseId],
        &["musicbrainz_albumid", "musicbrainz album id", "musicbrainz/album id"],
    );
    pub const MB_RELEASE_GROUP: Field = field(
        &[Key::MusicBrainzReleaseGroupId],
        &["musicbrainz_releasegroupid", "musicbrainz release group id", "musicbrainz/release group id"],
    );
    pub const MB_ARTIST: Field = field(
        &[Key::MusicBrainzArtistId],
        &["musicbrainz_artistid", "musicbrainz artist id", "musicbrainz/artist id"],
    );
    pub const MB_ALBUM_ARTIST: Field = field(
        &[Key::MusicBrainzReleaseArtistId],
        &["musicbrainz_albumartistid", "musicbrainz album artist id", "musicbrainz/album artist id"],
    );
    pub const MB_WORK: Field = field(
        &[Key::MusicBrainzWorkId],
        &["musicbrainz_workid", "musicbrainz work id", "musicbrainz/work id"],
    );
    pub const TRACK_GAIN: Field = field(&[Key::ReplayGainTrackGain], &["replaygain_track_gain"]);
    pub const TRACK_PEAK: Field = field(&[Key::ReplayGainTrackPeak], &["replaygain_track_peak"]);
    pub const ALBUM_GAIN: Field = field(&[Key::ReplayGainAlbumGain], &["replaygain_album_gain"]);
    pub const ALBUM_PEAK: Field = field(&[Key::ReplayGainAlbumPeak], &["replaygain_album_peak"]);
    pub const R128_TRACK: Field = field(&[Key::R128TrackGain], &["r128_track_gain"]);
    pub const R128_ALBUM: Field = field(&[Key::R128AlbumGain], &["r128_album_gain"]);
}
