//! What the tags of a file say.

mod fields;
mod text;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{
    Probe,
    embedded::{Want, embedded},
};
use fields::{Asked, key};

/// Tags of one track. Each text is trimmed, free of control characters and of bounded length.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tags {
    /// Title of the track.
    pub title: Option<String>,
    /// Its artists, in order, each once.
    pub artists: Vec<String>,
    /// Title of the release.
    pub album: Option<String>,
    /// Artist of the release.
    pub album_artist: Option<String>,
    /// The first genre.
    pub genre: Option<String>,
    /// Year of the recording or release, 1000 to 2999.
    pub year: Option<i32>,
    /// As much of its date as is told: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the calendar and of `year`.
    pub date: Option<String>,
    /// Place on the disc.
    pub track: Of,
    /// Place in the set.
    pub disc: Of,
    /// Who wrote it.
    pub composer: Option<String>,
    /// Who published it.
    pub label: Option<String>,
    /// International Standard Recording Code: twelve letters and digits.
    pub isrc: Option<String>,
    /// Beats per minute, as tagged.
    pub bpm: Option<f64>,
    /// Words, lines apart.
    pub lyrics: Option<String>,
    /// A remark.
    pub comment: Option<String>,
    /// Who holds the rights.
    pub copyright: Option<String>,
    /// Under which terms it may be used: a name or an address.
    pub licence: Option<String>,
    /// Whether it is marked as explicit; `None` if unmarked.
    pub explicit: Option<bool>,
    /// Identities in MusicBrainz.
    pub musicbrainz: MusicBrainz,
    /// Gains that a tagger measured.
    pub replay_gain: ReplayGain,
}

/// A place in a row, such as 3 of 12. Neither is ever 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Of {
    /// The place.
    pub number: Option<u32>,
    /// How many there are.
    pub total: Option<u32>,
}

/// Identities in MusicBrainz, as UUIDs in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MusicBrainz {
    /// The recording.
    pub recording: Option<String>,
    /// The recording's place on this release.
    pub track: Option<String>,
    /// The release.
    pub release: Option<String>,
    /// All releases of the same album.
    pub release_group: Option<String>,
    /// The artists of the track.
    pub artists: Vec<String>,
    /// The artists of the release.
    pub album_artists: Vec<String>,
    /// The composition.
    pub work: Option<String>,
}

/// ReplayGain 2.0: what to add to reach −18 LUFS. Gains in dB, peaks as share of full scale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplayGain {
    /// Gain of the track.
    pub track_gain: Option<f64>,
    /// Peak of the track.
    pub track_peak: Option<f64>,
    /// Gain of the release.
    pub album_gain: Option<f64>,
    /// Peak of the release.
    pub album_peak: Option<f64>,
}

/// Reads the tags of `src`. What cannot be read here (all of WMA) is taken from `probe`, where a
/// repeated key has one value only. Never fails: a file may say nothing. Blocking.
pub fn tags(src: &Path, probe: &Probe) -> Tags {
    let embedded = embedded(src, Want::Text).unwrap_or_default();
    let asked = Asked { tags: &embedded.tags, plain: &probe.tags };
    let year = asked.first(&key::YEAR, text::year);
    Tags {
        title: asked.name(&key::TITLE),
        artists: artists(&asked),
        album: asked.name(&key::ALBUM),
        album_artist: asked.name(&key::ALBUM_ARTIST),
        genre: asked.name(&key::GENRE).and_then(|genre| text::genre(&genre)),
        year,
        date: year.and_then(|year| date(&asked, year)),
        track: place(&asked, &key::TRACK, &key::TRACKS),
        disc: place(&asked, &key::DISC, &key::DISCS),
        composer: asked.name(&key::COMPOSER),
        label: asked.name(&key::LABEL),
        isrc: asked.first(&key::ISRC, text::isrc),
        bpm: asked.first(&key::BPM, text::positive).or(embedded.tempo),
        lyrics: asked
            .first(&key::LYRICS, text::long)
            .or_else(|| text::long(embedded.synced_lyrics.as_deref()?)),
        comment: asked.first(&key::COMMENT, text::long),
        copyright: asked.name(&key::COPYRIGHT),
        licence: asked.name(&key::LICENCE),
        explicit: asked.first(&key::ADVISORY, text::advisory),
        musicbrainz: musicbrainz(&asked),
        replay_gain: replay_gain(&asked),
    }
}

/// `ARTISTS` is a list where `ARTIST` is one line to print ("A feat. B"), so the list wins.
fn artists(asked: &Asked<'_>) -> Vec<String> {
    let list = asked.list(&key::ARTISTS, text::name);
    if list.is_empty() { asked.list(&key::ARTIST, text::name) } else { list }
}

/// Some taggers write the year beside the day: the longest of what agrees.
fn date(asked: &Asked<'_>, year: i32) -> Option<String> {
    let dates = asked.each(&key::YEAR, text::date).filter(|date| text::year(date) == Some(year));
    dates.reduce(|longest, date| if date.len() > longest.len() { date } else { longest })
}

fn place(asked: &Asked<'_>, number: &fields::Field, total: &fields::Field) -> Of {
    let stated = asked.first(number, text::place).unwrap_or_default();
    Of { number: stated.number, total: asked.first(total, text::count).or(stated.total) }
}

fn musicbrainz(asked: &Asked<'_>) -> MusicBrainz {
    MusicBrainz {
        recording: asked.first(&key::MB_RECORDING, text::uuid),
        track: asked.first(&key::MB_TRACK, text::uuid),
        release: asked.first(&key::MB_RELEASE, text::uuid),
        release_group: asked.first(&key::MB_RELEASE_GROUP, text::uuid),
        artists: asked.list(&key::MB_ARTIST, text::uuid),
        album_artists: asked.list(&key::MB_ALBUM_ARTIST, text::uuid),
        work: asked.first(&key::MB_WORK, text::uuid),
    }
}

fn replay_gain(asked: &Asked<'_>) -> ReplayGain {
    let gain = |own, opus| asked.first(own, text::decibels).or_else(|| asked.first(opus, text::r128));
    ReplayGain {
        track_gain: gain(&key::TRACK_GAIN, &key::R128_TRACK),
        track_peak: asked.first(&key::TRACK_PEAK, text::positive),
        album_gain: gain(&key::ALBUM_GAIN, &key::R128_ALBUM),
        album_peak: asked.first(&key::ALBUM_PEAK, text::positive),
    }
}
