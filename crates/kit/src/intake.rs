//! What every route that takes files in has in common: where they lie while they arrive, and what a failure is called.

use std::{
    io,
    path::{Path, PathBuf},
};

use axum::extract::multipart::MultipartError;
use hathor_core::Code;

use crate::{Ctx, Error, Result};

/// The folder for files that are still arriving or being made: on the file system of the blobs, so that keeping one is a
/// rename. It is made if it is missing.
pub fn folder(ctx: &Ctx) -> Result<PathBuf> {
    let folder = ctx.blobs.temp_dir().map(Path::to_owned).or_else(|| ctx.config.uploads.dir.clone());
    let folder = folder.ok_or_else(|| Error::internal("uploads.dir is not set"))?;
    std::fs::create_dir_all(&folder).map_err(disk)?;
    Ok(folder)
}

/// What a failure of the disk is called.
pub fn disk(cause: io::Error) -> Error {
    let full = matches!(cause.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    Error::new(if full { Code::StorageFull } else { Code::Unavailable }).caused_by(cause)
}

/// What the end of a body before its time is called.
pub fn broken_off(cause: MultipartError) -> Error {
    let code = match cause.status().as_u16() {
        413 => Code::TooLarge,
        _ if hathor_edge::is_too_slow(&cause) => Code::TooSlow,
        _ => Code::MalformedRequest,
    };
    Error::new(code).caused_by(cause)
}

/// The folders in a file's name as its sender had them, such as `Album/CD1`: a hint to what belongs together, never a way
/// to a place of ours.
pub fn folder_of(name: &str) -> Option<String> {
    const DEEPEST: usize = 8;
    let mut parts: Vec<String> = name
        .split(['/', '\\'])
        .map(|part| part.chars().filter(|c| !c.is_control()).take(255).collect::<String>())
        .map(|part| part.trim().to_owned())
        .collect();
    parts.pop();
    parts.retain(|part| !matches!(part.as_str(), "" | "." | ".."));
    let first = parts.len().saturating_sub(DEEPEST);
    (!parts.is_empty()).then(|| parts[first..].join("/").chars().take(1_000).collect())
}

/// The name of a file without its folders, in one line; `None` if nothing is left of it.
pub fn name_of(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next()?;
    let plain: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    let plain = plain.trim().trim_matches('.').trim();
    (!plain.is_empty()).then(|| plain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_stands_after_the_folders() {
        assert_eq!(name_of("../../etc/passwd").as_deref(), Some("passwd"));
        assert_eq!(name_of("C:\\music\\Ode.flac").as_deref(), Some("Ode.flac"));
        assert_eq!(name_of("a\0b\n.png").as_deref(), Some("ab.png"));
        assert_eq!(name_of(&"x".repeat(400)).map(|name| name.len()), Some(255));
        assert_eq!(name_of("北京 🎵 שלום.mp3").as_deref(), Some("北京 🎵 שלום.mp3"));
        assert_eq!((name_of(".."), name_of("a/ "), name_of("")), (None, None, None));
    }

    #[test]
    fn a_folder_is_what_stands_before_the_name() {
        assert_eq!(folder_of("Album/CD1/01.ogg").as_deref(), Some("Album/CD1"));
        assert_eq!(folder_of("C:\\Music\\Ode.flac").as_deref(), Some("C:/Music"));
        assert_eq!(folder_of("../../etc/passwd").as_deref(), Some("etc"));
        assert_eq!(folder_of("/a//./b\n/x.png").as_deref(), Some("a/b"));
        assert_eq!(folder_of("ode.flac"), None);
        assert_eq!(folder_of("../x"), None);
        assert_eq!(folder_of(&"d/".repeat(400)).map(|folder| folder.len()), Some(15));
    }
}
