//! Pieces as files: the one that is sent, and the stems that stay.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hathor_demo::{
    Rendered, Tags, encode,
    pieces::Piece,
    releases::{Artist, Release},
    render,
    score::Voice,
};
use tokio::sync::oneshot;

use crate::house::Trouble;

/// Renders `piece` and keeps its stems in `stems`; the file that is sent. On a thread of its own that gives way to
/// everything else.
pub async fn make(
    artist: &'static Artist,
    release: &'static Release,
    number: u32,
    piece: &'static Piece,
    stems: PathBuf,
) -> Result<Vec<u8>, Trouble> {
    let (done, result) = oneshot::channel();
    let work = move || {
        let rendered = render(piece).map_err(|e| Trouble::new(piece.slug, e))?;
        keep_stems(&rendered, piece, &stems)?;
        whole(&rendered, artist, release, number, piece)
    };
    std::thread::Builder::new()
        .name("demo".to_owned())
        .spawn(move || {
            // on Linux this is the thread's alone; where it is refused the work is only less polite
            let _ = rustix::process::nice(15);
            let _ = done.send(work());
        })
        .map_err(|e| Trouble::new("demo", e))?;
    result.await.map_err(|e| Trouble::new("demo", e))?
}

fn whole(
    rendered: &Rendered,
    artist: &Artist,
    release: &Release,
    number: u32,
    piece: &Piece,
) -> Result<Vec<u8>, Trouble> {
    let number = number.to_string();
    let fields = [
        ("TITLE", piece.title),
        ("ARTIST", artist.name),
        ("ALBUMARTIST", artist.name),
        ("ALBUM", release.title),
        ("TRACKNUMBER", number.as_str()),
        ("DATE", release.released_on),
        ("GENRE", piece.genre),
        ("LICENSE", "CC0 1.0"),
    ];
    encode(&rendered.mix, Tags { fields: &fields, cover: Some(release.cover) })
        .map_err(|e| Trouble::new(piece.slug, e))
}

/// The folder is there with all of them or not at all.
fn keep_stems(rendered: &Rendered, piece: &Piece, folder: &Path) -> Result<(), Trouble> {
    if folder.exists() {
        return Ok(());
    }
    let trouble = |e: io::Error| Trouble::new("stems", e);
    let half = folder.with_extension("part");
    fs::create_dir_all(&half).map_err(trouble)?;
    for (stem, voice) in rendered.stems.iter().zip(Voice::ALL) {
        let title = format!("{}, {}", piece.title, voice.name());
        let fields = [("TITLE", title.as_str()), ("LICENSE", "CC0 1.0")];
        let file =
            encode(stem, Tags { fields: &fields, cover: None }).map_err(|e| Trouble::new(piece.slug, e))?;
        fs::write(half.join(format!("{}.flac", voice.name())), file).map_err(trouble)?;
    }
    fs::rename(half, folder).map_err(trouble)
}
