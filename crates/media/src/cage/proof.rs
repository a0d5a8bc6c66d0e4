//! The start-up self-check: a program that is asked for the file it was given and for a private one beside it.
//!
//! It must hand out the first, so that a cage in which nothing works does not pass for a tight one, and not a byte of the
//! second. What ffmpeg itself can be talked into is tried by the tests. Whether it works there at all is a question of its
//! own, since it takes long to start.

use std::{cmp::Ordering, ffi::OsString, fs, io, path::Path};

use super::{Cage, CageError, Inside, Limits, Task};
use crate::MediaError;

/// More than both files together.
const ROOM: usize = 4096;

/// What the program is given, and what it is not.
const WORDS: &[u8] = b"a file of its own";

/// Hands `cage` back if foreign files stay out of it.
pub async fn prove(cage: Cage) -> Result<Cage, CageError> {
    let folder = tempfile::tempdir()?;
    let (given, private) = (folder.path().join("given"), folder.path().join("private"));
    for file in [&given, &private] {
        fs::write(file, WORDS)?;
    }
    match judged(shown(&cage, &given, &private).await)?.cmp(&WORDS.len()) {
        Ordering::Equal => Ok(cage),
        Ordering::Greater => Err(CageError::Leaky("it let a program read another file".into())),
        Ordering::Less => Err(CageError::Leaky("a program cannot read its own file in it".into())),
    }
}

/// Plays a file in `cage`.
pub async fn play(cage: &Cage) -> Result<(), CageError> {
    let folder = tempfile::tempdir()?;
    let given = folder.path().join("given.wav");
    fs::write(&given, tone())?;
    match judged(decoded(cage, &given).await)? {
        0 => Err(CageError::Deaf),
        _ => Ok(()),
    }
}

fn judged(bytes: Result<usize, MediaError>) -> Result<usize, CageError> {
    bytes.map_err(|error| match error {
        MediaError::Io(error) if error.kind() != io::ErrorKind::NotFound => error.into(),
        other => CageError::Leaky(other.detail().unwrap_or_else(|| other.to_string())),
    })
}

/// How many bytes of both files come out.
async fn shown(cage: &Cage, given: &Path, private: &Path) -> Result<usize, MediaError> {
    let words = |inside: &Inside| vec![inside.src.clone().into(), private.into()];
    out_of(cage, "cat", given, words).await
}

/// How many bytes of sound come out.
async fn decoded(cage: &Cage, given: &Path) -> Result<usize, MediaError> {
    let words = |inside: &Inside| {
        let mut words = ["-nostdin", "-v", "error", "-i"].map(OsString::from).to_vec();
        words.push(inside.src.clone().into());
        words.extend(["-f", "s16le", "pipe:1"].map(OsString::from));
        words
    };
    out_of(cage, "ffmpeg", given, words).await
}

async fn out_of(
    cage: &Cage,
    program: &'static str,
    src: &Path,
    words: impl FnOnce(&Inside) -> Vec<OsString>,
) -> Result<usize, MediaError> {
    let task = Task { program, src, out: None, limits: Limits::probing() };
    let mut running = cage.start(&task, words).await?;
    let bytes = running.fill(&mut vec![0; ROOM]).await?;
    let ended = running.end().await?;
    match ended.fault() {
        Some(fault @ MediaError::Crashed(_)) => Err(fault),
        _ => Ok(bytes),
    }
}

/// A tenth of a second of 8 kHz square wave.
fn tone() -> Vec<u8> {
    const FRAMES: u32 = 800;
    let mut wav = Vec::from(*b"RIFF");
    wav.extend((36 + FRAMES).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wav.extend(FRAMES.to_le_bytes());
    wav.extend((0..FRAMES).map(|frame| if frame / 8 % 2 == 0 { 160 } else { 96 }));
    wav
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_walls_are_no_cage() {
        let open = Cage::open_for_development().unwrap();
        let proved = prove(open).await.map(|cage| cage.kind());
        assert!(matches!(&proved, Err(CageError::Leaky(why)) if why.contains("another file")), "{proved:?}");
    }
}
