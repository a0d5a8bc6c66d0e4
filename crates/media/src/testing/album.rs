//! The real album: the soundtrack of The Battle for Wesnoth, fetched by `make test`.

use std::{env, path::PathBuf};

/// The folder that holds the album's 41 Ogg Vorbis files, such as `victory.ogg`. Without it a test
/// is to be skipped, which is said aloud here; with `HATHOR_TEST_REQUIRE_ALL=1` it fails instead.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub fn album() -> Option<PathBuf> {
    let album = material()?.join("album");
    if album.join(".complete").exists() {
        return Some(album);
    }
    assert!(!required(), "there is no album in {}: run `make test` once", album.display());
    eprintln!("skipped: there is no album in {}; `make test` fetches it", album.display());
    None
}

#[expect(clippy::disallowed_methods, reason = "tests are configured by their environment")]
fn material() -> Option<PathBuf> {
    let cache = || {
        Some(
            env::var_os("XDG_CACHE_HOME")
                .map_or(PathBuf::from(env::var_os("HOME")?).join(".cache"), Into::into),
        )
    };
    env::var_os("HATHOR_TEST_MATERIAL").map(PathBuf::from).or_else(|| Some(cache()?.join("hathor/material")))
}

#[expect(clippy::disallowed_methods, reason = "tests are configured by their environment")]
fn required() -> bool {
    env::var("HATHOR_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1")
}
