//! Brings the demo library in, release by release: the artist, the pieces, and then all of it in public at once.
//!
//! Each step looks first whether it was done, so a fill may be cut off anywhere and begun again. What one release meets
//! keeps no other back.

use std::{path::Path, time::Duration};

use hathor_core::Secret;
use hathor_demo::{
    pieces::{self, Piece},
    releases::{ARTISTS, Artist, Release},
};
use hathor_identity::accounts::{self, NewAccount};
use hathor_kit::{Ctx, viewer::Role};
use http::Method;
use serde_json::{Value, json};

use super::{
    account, email, filled,
    guest::{Guest, text},
    mark, password, removed, sound, unmark,
};
use crate::house::Trouble;

/// How often a track on its way is looked at.
const GLANCE: Duration = Duration::from_millis(500);
/// States of a track whose tags have not been read.
const UNREAD: &[&str] = &["received", "probing", "analysing"];
/// States of a track on its way.
const UNDONE: &[&str] = &["received", "probing", "analysing", "transcoding", "packaging"];

/// Brings in what is missing.
pub async fn fill(ctx: &Ctx, base: &str, folder: &Path) -> Result<(), Trouble> {
    unmark(&removed(folder));
    let mut troubles = Vec::new();
    for artist in &ARTISTS {
        for release in artist.releases {
            if let Err(Trouble(more)) = bring_out(ctx, base, artist, release, folder).await {
                troubles.extend(more);
            }
        }
    }
    if troubles.is_empty() { mark(&filled(folder)) } else { Err(Trouble(troubles)) }
}

async fn bring_out(
    ctx: &Ctx,
    base: &str,
    artist: &'static Artist,
    release: &'static Release,
    folder: &Path,
) -> Result<(), Trouble> {
    let password = enter(ctx, artist).await?;
    let guest = Guest::sign_in(base, email(artist), password).await?;
    let desk = Desk { guest, artist, release, folder };
    desk.introduce().await?;
    let mut tracks: Vec<String> = Vec::new();
    for (number, slug) in (1_u32..).zip(release.pieces) {
        let piece = pieces::find(slug).ok_or_else(|| Trouble::new(slug, "no such piece"))?;
        let track = desk.bring(number, piece, tracks.last()).await?;
        tracks.push(track);
    }
    desk.publish(&tracks).await?;
    let mut outcome = Ok(());
    for track in &tracks {
        let track = desk.past(UNDONE, track).await?;
        if track["state"] == "failed" {
            outcome = Err(Trouble::new(text(&track, "title")?, &track["failure"]));
        }
    }
    if outcome.is_err() {
        // a release goes out without the one that failed; the next start sends that again
        desk.publish(&tracks).await?;
    }
    outcome
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

/// An artist at work on a release.
struct Desk<'a> {
    guest: Guest,
    artist: &'static Artist,
    release: &'static Release,
    folder: &'a Path,
}

impl Desk<'_> {
    /// Gives the artist a page, a portrait and a few sentences, unless they are there.
    async fn introduce(&self) -> Result<(), Trouble> {
        let (guest, artist) = (&self.guest, self.artist);
        if guest.mine("artists").await?.iter().any(|page| page["name"] == artist.name) {
            return Ok(());
        }
        let portrait = guest.upload("/api/pictures", "portrait.png", artist.portrait).await?;
        let page = json!({ "name": artist.name, "bio": artist.bio, "picture_id": text(&portrait, "id")? });
        guest.call(Method::POST, "/api/artists", &page).await.map(drop)
    }

    /// Renders a piece, keeps its stems and uploads it, each unless that was done; its track. The track `before` it is let
    /// through first, so that the library never stands in a queue twice.
    async fn bring(
        &self,
        number: u32,
        piece: &'static Piece,
        before: Option<&String>,
    ) -> Result<String, Trouble> {
        let there = self.find(piece).await?;
        let stems = self.folder.join("stems").join(piece.slug);
        if let Some(track) = &there
            && stems.exists()
        {
            return Ok(track.clone());
        }
        // the stems first: a track that is there is never rendered again for want of them
        let file = sound::make(self.artist, self.release, number, piece, stems).await?;
        if let Some(track) = there {
            return Ok(track);
        }
        if let Some(before) = before {
            self.past(UNDONE, before).await?;
        }
        // named by its title, which it is called by until its tags are read: a start in between knows it again
        let answer = self.guest.upload("/api/uploads", &format!("{}.flac", piece.title), &file).await?;
        text(&answer["tracks"][0], "id").map(str::to_owned)
    }

    /// The track of a piece. One that has failed is taken away, to be sent once more.
    async fn find(&self, piece: &Piece) -> Result<Option<String>, Trouble> {
        let tracks = self.guest.mine("tracks").await?;
        let Some(track) = tracks.iter().find(|track| track["title"] == piece.title) else { return Ok(None) };
        let id = text(track, "id")?;
        if track["state"] == "failed" {
            self.guest.delete(&format!("/api/tracks/{id}")).await?;
            return Ok(None);
        }
        Ok(Some(id.to_owned()))
    }

    /// The track once it has left the states of `stages`.
    async fn past(&self, stages: &[&str], id: &str) -> Result<Value, Trouble> {
        loop {
            let track = self.guest.get(&format!("/api/tracks/{id}")).await?;
            if !stages.contains(&text(&track, "state")?) {
                return Ok(track);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Puts the tracks that have not failed on the release, unless they are on it.
    async fn publish(&self, tracks: &[String]) -> Result<(), Trouble> {
        let (guest, release) = (&self.guest, self.release);
        let mut listed = Vec::new();
        for (number, id) in (1_u32..).zip(tracks) {
            if self.past(UNREAD, id).await?["state"] != "failed" {
                listed.push(json!({ "id": id, "track_number": number }));
            }
        }
        if listed.is_empty() {
            return Ok(());
        }
        let releases = guest.mine("releases").await?;
        let Some(there) = releases.iter().find(|there| there["title"] == release.title) else {
            let cover = guest.upload("/api/pictures", "cover.png", release.cover).await?;
            let draft = self.draft(&cover, &listed);
            return guest.call(Method::POST, "/api/releases", &draft).await.map(drop);
        };
        if there["track_count"] == listed.len() {
            return Ok(());
        }
        let edit = json!({ "version": there["version"], "tracks": listed });
        guest.call(Method::PATCH, &format!("/api/releases/{}", text(there, "id")?), &edit).await.map(drop)
    }

    fn draft(&self, cover: &Value, tracks: &[Value]) -> Value {
        let release = self.release;
        let genre = release.pieces.first().and_then(|slug| pieces::find(slug)).map(|piece| piece.genre);
        json!({
            "title": release.title, "kind": release.kind, "artists": [{ "name": self.artist.name }],
            "released_on": release.released_on, "label": release.label, "genre": genre,
            "description": release.description, "licence": "cc0", "cover_id": cover["id"],
            "visibility": "public", "tracks": tracks,
        })
    }
}
