//! The files that are asked for, and which parts of them: the same in every run.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Failure;

/// A generator of numbers that look random (xorshift64).
#[derive(Debug)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    pub const fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// A WAV file of noise: 44.1 kHz, stereo, 16 bit.
#[derive(Debug)]
pub struct Wav {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Writes `count` files of `seconds` each into a folder.
pub fn write_wavs(folder: &Path, count: u64, seconds: u32) -> Result<Vec<Wav>, Failure> {
    fs::create_dir_all(folder)?;
    let write = |number| {
        let wav = Wav { path: folder.join(format!("noise-{number:02}.wav")), bytes: noise(number, seconds) };
        fs::write(&wav.path, &wav.bytes)?;
        Ok(wav)
    };
    (1..=count).map(write).collect()
}

fn noise(seed: u64, seconds: u32) -> Vec<u8> {
    let data = seconds * 44_100 * 4;
    let whole = 44 + data as usize;
    let mut bytes = Vec::with_capacity(whole);
    bytes.extend_from_slice(b"RIFF");
    bytes.extend_from_slice(&(data + 36).to_le_bytes());
    bytes.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x02\0\x44\xac\0\0\x10\xb1\x02\0\x04\0\x10\0data");
    bytes.extend_from_slice(&data.to_le_bytes());
    let mut dice = Dice::new(seed);
    while bytes.len() < whole {
        // one stereo frame, an eighth of full scale
        let [a, b, c, d, ..] = dice.roll().to_le_bytes();
        let left = i16::from_le_bytes([a, b]) / 8;
        let right = i16::from_le_bytes([c, d]) / 8;
        bytes.extend_from_slice(&left.to_le_bytes());
        bytes.extend_from_slice(&right.to_le_bytes());
    }
    bytes
}

/// A part of one of the files.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub file: usize,
    pub start: usize,
    /// First byte that is not asked for.
    pub end: usize,
}

/// Parts of `length` bytes, anywhere in any of the files.
pub fn parts(wavs: &[Wav], length: usize, count: usize) -> Vec<Part> {
    let mut dice = Dice::new(length as u64);
    let mut below = |limit: usize| usize::try_from(dice.roll() % limit as u64).unwrap_or(0);
    (0..count)
        .map(|_| {
            let file = below(wavs.len());
            let start = below(wavs[file].bytes.len() - length);
            Part { file, start, end: start + length }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_it_holds_and_is_the_same_every_time() {
        let wav = noise(1, 2);
        let size = |at: usize| u32::from_le_bytes(wav[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!((wav.len(), size(4)), (size(40) + 44, size(40) + 36));
        assert_eq!(&wav[36..40], b"data");
        assert!(wav == noise(1, 2) && wav != noise(2, 2));
    }
}
