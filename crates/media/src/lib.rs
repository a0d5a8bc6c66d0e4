//! Sound in, stream out: what Hathor knows of media, and nothing of Hathor itself.
//!
//! The way of a file: [`sniff`] its head → [`probe`] in the [`Cage`] → [`tags`] and [`cover`] →
//! [`render`] (one ffmpeg process: renditions, loudness, peaks, fingerprint) → [`package`]
//! (verify, patch, sync) → playlists from each [`hls::Layout`].
//!
//! Nothing here holds a whole source in memory, and no foreign decoder runs outside the cage:
//! the formats parsed in this process (tags, pictures, our own fMP4) are parsed by Rust under limits.

mod analyse;
mod announced;
mod cage;
mod cover;
mod embedded;
mod error;
mod fmp4;
pub mod hls;
mod listen;
mod peaks;
mod probe;
mod publish;
mod resample;
mod sniff;
mod tags;
#[cfg(feature = "testing")]
pub mod testing;
mod transcode;
mod whitelist;

pub use analyse::Loudness;
pub use cage::{Cage, CageError, cage_main};
pub use cover::{Colour, Picture, PictureError, PictureFile, SMALLEST, WIDTHS, cover, picture};
pub use error::MediaError;
pub use hls::{Family, Layout, Quality, Segment};
pub use peaks::PEAKS;
pub use probe::{LONGEST, Probe, SHORTEST, probe};
pub use publish::{Rendition, package};
pub use sniff::{Container, SNIFF_LEN, sniff};
pub use tags::{MusicBrainz, Of, ReplayGain, Tags, tags};
pub use transcode::{Plan, Rendered, render};
