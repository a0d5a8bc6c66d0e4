//! Music of our own: a small composer, a synthesiser and a mixer that make the demo library from nothing but this source.
//!
//! The same bits come out at each run. Nothing here reads a file, a clock or a network.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sound is numbers: samples, ticks and pitches are small and turn into one another all the time"
)]

mod compose;
mod dice;
mod flac;
mod instruments;
mod kit;
mod math;
mod mix;
pub mod pieces;
pub mod releases;
mod reverb;
pub mod score;
mod sound;
pub mod theory;

pub use compose::compose;
pub use flac::{EncodeError, Tags, encode};
pub use mix::{Rendered, render};
pub use sound::{RATE, Stem};

#[cfg(test)]
mod tests;
