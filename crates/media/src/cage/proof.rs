//! The start-up self-check: a playlist that calls itself music and names a private file.
//!
//! Stock ffmpeg copies the private sound out. The check leaves the whitelist off, so that it is
//! the walls that are tried; and it first plays an honest file, so that a cage in which nothing
//! works does not pass for a tight one.

use std::{fs, path::Path};

use super::{Cage, CageError, Limits, Task};
use crate::MediaError;

/// Hands `cage` back if honest sound comes out of it and foreign sound does not.
pub async fn prove(cage: Cage) -> Result<Cage, CageError> {
    let folder = tempfile::tempdir()?;
    let private = folder.path().join("private.wav");
    let trick = folder.path().join("trick.mp3");
    fs::write(&private, tone())?;
    fs::write(&trick, playlist(&private))?;
    if !lets_sound_out(&cage, &private).await? {
        return Err(CageError::Leaky("ffmpeg does not work in it".into()));
    }
    if lets_sound_out(&cage, &trick).await? {
        return Err(CageError::Leaky("it let a playlist read another file".into()));
    }
    Ok(cage)
}

async fn lets_sound_out(cage: &Cage, src: &Path) -> Result<bool, CageError> {
    match decoded(cage, src).await {
        Ok(bytes) => Ok(bytes > 0),
        Err(MediaError::Io(error)) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        Err(other) => Err(CageError::Leaky(other.detail().unwrap_or_else(|| other.to_string()))),
    }
}

async fn decoded(cage: &Cage, src: &Path) -> Result<usize, MediaError> {
    let task = Task { program: "ffmpeg", src, out: None, limits: Limits::probing() };
    let mut running = cage
        .start(&task, |inside| {
            let mut args = ["-nostdin", "-v", "error", "-i"].map(Into::into).to_vec();
            args.push(inside.src.clone().into());
            args.extend(["-f", "s16le", "pipe:1"].map(Into::into));
            args
        })
        .await?;
    let bytes = running.fill(&mut [0; 4096]).await?;
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

fn playlist(private: &Path) -> String {
    let private = private.display();
    format!("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{private}\n#EXT-X-ENDLIST\n")
}
