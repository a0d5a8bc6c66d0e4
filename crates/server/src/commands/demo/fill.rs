//! Brings the demo library in: accounts, tracks one by one as they are rendered, artists' pages, releases.

use std::{path::Path, time::Duration};

use hathor_core::Secret;
use hathor_demo::{
    Rendered, Tags, encode,
    pieces::{self, Piece},
    releases::{ARTISTS, Artist, Release},
    render,
    score::Voice,
};
use hathor_identity::accounts::{self, NewAccount};
use hathor_kit::{Ctx, viewer::Role};
use http::Method;
use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::{
    account, email, filled,
    guest::{Guest, text},
    mark, password, removed, unmark,
};
use crate::house::Trouble;

/// How often a track on its way is looked at.
const GLANCE: Duration = Duration::from_millis(500);

/// Brings in what is missing.
pub async fn fill(ctx: &Ctx, base: &str, folder: &Path) -> Result<(), Trouble> {
    unmark(&removed(folder));
    for artist in &ARTISTS {
        let password = enter(ctx, artist).await?;
        for release in artist.releases {
            for (number, slug) in (1_u32..).zip(release.pieces) {
                // a token of its own for each piece: a slow machine takes longer than one lasts
                let guest = Guest::sign_in(base, &email(artist), &password).await?;
                bring(&guest, artist, release, number, slug, folder).await?;
                introduce(&guest, artist).await?;
            }
            let guest = Guest::sign_in(base, &email(artist), &password).await?;
            publish(&guest, artist, release).await?;
        }
    }
    mark(&filled(folder))
}

/// Makes the artist's account, or gives the one that is there another password.
async fn enter(ctx: &Ctx, artist: &Artist) -> Result<Secret, Trouble> {
    let password = password();
    let trouble = |e: hathor_kit::Error| Trouble::new(artist.username, e);
    if account(ctx, artist).await?.is_some() {
        accounts::set_password(ctx, &email(artist), &password).await.map_err(trouble)?;
        return Ok(password);
    }
    let new = NewAccount {
        username: artist.username.to_owned(),
        email: email(artist),
        password: Secret::new(password.reveal()),
        display_name: Some(artist.name.to_owned()),
        role: Role::Artist,
    };
    accounts::create(ctx, &new).await.map_err(trouble)?;
    Ok(password)
}

/// Renders and uploads a piece unless it is there, waits until it is ready, and lets everyone hear it.
async fn bring(
    guest: &Guest,
    artist: &'static Artist,
    release: &'static Release,
    number: u32,
    slug: &str,
    folder: &Path,
) -> Result<(), Trouble> {
    let piece = pieces::find(slug).ok_or_else(|| Trouble::new(slug, "no such piece"))?;
    let there = guest.mine("tracks").await?.into_iter().find(|track| track["title"] == piece.title);
    let id = match there {
        Some(track) => text(&track, "id")?.to_owned(),
        None => send(guest, artist, release, number, piece, folder).await?,
    };
    let track = ready(guest, &id).await?;
    if track["visibility"] != "public" {
        let edit = json!({ "visibility": "public" });
        guest.call(Method::PATCH, &format!("/api/tracks/{id}"), &edit).await?;
    }
    Ok(())
}

async fn send(
    guest: &Guest,
    artist: &'static Artist,
    release: &'static Release,
    number: u32,
    piece: &'static Piece,
    folder: &Path,
) -> Result<String, Trouble> {
    let (rendered, file) = apart(move || make(artist, release, number, piece)).await?;
    // named by its title, which it is called by until its tags are read: a start in between knows it again
    let answer = guest.upload("/api/uploads", &format!("{}.flac", piece.title), &file).await?;
    let stems = folder.join("stems").join(piece.slug);
    apart(move || keep_stems(&rendered, piece, &stems)).await?;
    text(&answer["tracks"][0], "id").map(str::to_owned)
}

/// A piece as stems and as the file that is uploaded.
fn make(
    artist: &Artist,
    release: &Release,
    number: u32,
    piece: &Piece,
) -> Result<(Rendered, Vec<u8>), Trouble> {
    let rendered = render(piece).map_err(|e| Trouble::new(piece.slug, e))?;
    let number = number.to_string();
    let fields = [
        ("TITLE", piece.title),
        ("ARTIST", artist.name),
        ("ALBUMARTIST", artist.name),
        ("ALBUM", release.title),
        ("TRACKNUMBER", number.as_str()),
        ("DATE", release.released_on),
        ("GENRE", piece.genre),
    ];
    let file = encode(&rendered.mix, Tags { fields: &fields, cover: Some(release.cover) })
        .map_err(|e| Trouble::new(piece.slug, e))?;
    Ok((rendered, file))
}

fn keep_stems(rendered: &Rendered, piece: &Piece, folder: &Path) -> Result<(), Trouble> {
    std::fs::create_dir_all(folder).map_err(|e| Trouble::new("stems", e))?;
    for (stem, voice) in rendered.stems.iter().zip(Voice::ALL) {
        let title = format!("{}, {}", piece.title, voice.name());
        let file = encode(stem, Tags { fields: &[("TITLE", &title)], cover: None })
            .map_err(|e| Trouble::new(piece.slug, e))?;
        std::fs::write(folder.join(format!("{}.flac", voice.name())), file)
            .map_err(|e| Trouble::new("stems", e))?;
    }
    Ok(())
}

async fn ready(guest: &Guest, id: &str) -> Result<Value, Trouble> {
    loop {
        let track = guest.get(&format!("/api/tracks/{id}")).await?;
        match text(&track, "state")? {
            "ready" => return Ok(track),
            "failed" => return Err(Trouble::new(id, &track["failure"])),
            _ => tokio::time::sleep(GLANCE).await,
        }
    }
}

/// Gives the artist a page, a portrait and a few sentences, unless they are there.
async fn introduce(guest: &Guest, artist: &Artist) -> Result<(), Trouble> {
    if guest.mine("artists").await?.iter().any(|page| page["name"] == artist.name) {
        return Ok(());
    }
    let portrait = guest.upload("/api/pictures", "portrait.png", artist.portrait).await?;
    let page = json!({ "name": artist.name, "bio": artist.bio, "picture_id": text(&portrait, "id")? });
    guest.call(Method::POST, "/api/artists", &page).await.map(drop)
}

/// Puts the tracks of a release together, unless they are.
async fn publish(guest: &Guest, artist: &Artist, release: &Release) -> Result<(), Trouble> {
    if guest.mine("releases").await?.iter().any(|there| there["title"] == release.title) {
        return Ok(());
    }
    let cover = guest.upload("/api/pictures", "cover.png", release.cover).await?;
    let tracks = guest.mine("tracks").await?;
    let mut listed = Vec::new();
    for (number, slug) in (1_u32..).zip(release.pieces) {
        let title = pieces::find(slug).map_or("", |piece| piece.title);
        let track = tracks.iter().find(|track| track["title"] == title);
        let track = track.ok_or_else(|| Trouble::new(slug, "its track is gone"))?;
        listed.push(json!({ "id": text(track, "id")?, "track_number": number }));
    }
    let draft = json!({
        "title": release.title, "kind": release.kind, "artists": [{ "name": artist.name }],
        "released_on": release.released_on, "label": release.label, "description": release.description,
        "licence": "cc0", "cover_id": text(&cover, "id")?, "visibility": "public", "tracks": listed,
    });
    guest.call(Method::POST, "/api/releases", &draft).await.map(drop)
}

/// Runs what takes long on a thread of its own that gives way to everything else.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    let (done, result) = oneshot::channel();
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
