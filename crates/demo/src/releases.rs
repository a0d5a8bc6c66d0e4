//! The three artists, who do not exist, and what they have released.

/// An artist.
#[derive(Clone, Copy, Debug)]
pub struct Artist {
    /// Username of the account.
    pub username: &'static str,
    /// The name people read.
    pub name: &'static str,
    /// A few sentences.
    pub bio: &'static str,
    /// The portrait, a PNG.
    pub portrait: &'static [u8],
    /// In the order they are published.
    pub releases: &'static [Release],
}

/// A release.
#[derive(Clone, Copy, Debug)]
pub struct Release {
    /// Its title.
    pub title: &'static str,
    /// album, ep or single.
    pub kind: &'static str,
    /// The day it came out.
    pub released_on: &'static str,
    /// Who put it out.
    pub label: &'static str,
    /// A few sentences.
    pub description: &'static str,
    /// The cover, a PNG.
    pub cover: &'static [u8],
    /// Slugs of its pieces, in order.
    pub pieces: &'static [&'static str],
}

/// All three. The single comes first: it is soon made, and then there is something to hear.
pub static ARTISTS: [Artist; 3] = [
    Artist {
        username: "ilse.maraun",
        name: "Ilse Maraun",
        bio: "Ilse Maraun writes for piano, reeds and weather. She does not exist: this instance composed her music itself.",
        portrait: include_bytes!("../assets/artist-ilse.png"),
        releases: &[
            Release {
                title: "Half-Light",
                kind: "single",
                released_on: "2026-06-19",
                label: "Harbour Light Records",
                description: "One slow song for the end of a long day.",
                cover: include_bytes!("../assets/half-light.png"),
                pieces: &["half-light"],
            },
            Release {
                title: "Slow Weather",
                kind: "album",
                released_on: "2026-11-14",
                label: "Harbour Light Records",
                description: "Five pieces for the hours in which rain makes up its mind.",
                cover: include_bytes!("../assets/slow-weather.png"),
                pieces: &["barometer", "drizzle-etude-no-2", "a-room-full-of-rain", "isobar", "clearing"],
            },
        ],
    },
    Artist {
        username: "maren.solheim.trio",
        name: "Maren Solheim Trio",
        bio: "Piano, bass and brushes, and whoever brings a vibraphone. Nobody of them exists: this instance plays all parts.",
        portrait: include_bytes!("../assets/artist-maren.png"),
        releases: &[Release {
            title: "Blue Interval",
            kind: "ep",
            released_on: "2026-03-06",
            label: "Long Rooms",
            description: "Three tunes played after closing time.",
            cover: include_bytes!("../assets/blue-interval.png"),
            pieces: &["blue-interval", "corridor-no-4", "minor-seconds"],
        }],
    },
    Artist {
        username: "okapi.motel",
        name: "Okapi Motel",
        bio: "Synthesisers, coins and warm machines. The motel is made up, and so is the okapi: this instance made the music.",
        portrait: include_bytes!("../assets/artist-okapi.png"),
        releases: &[Release {
            title: "Neon Laundry",
            kind: "ep",
            released_on: "2026-09-25",
            label: "Second Floor",
            description: "Songs for the spin cycle.",
            cover: include_bytes!("../assets/neon-laundry.png"),
            pieces: &["coin-op-sunrise", "neon-laundry", "last-spin-cycle"],
        }],
    },
];
