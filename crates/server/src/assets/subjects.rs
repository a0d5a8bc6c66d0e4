//! The addresses of things that people send each other: the app's page, with a head about the thing. It is read as by
//! somebody who is not signed in, since a browser sends no token with an address: what is private has the plain page, as
//! what does not exist has.

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use hathor_catalog::{
    artists::{self, ArtistView},
    releases::{self, ReleaseDetail, ReleaseView},
    tracks::{self, TrackView, Visibility},
};
use hathor_core::{Code, TrackId};
use hathor_identity::profile::{self, Found, Person, model::worn};
use hathor_kit::{Ctx, Error, MaybeViewer};

use super::{head::Head, shell};

/// Whoever follows a link.
const NOBODY: MaybeViewer = MaybeViewer(None);

/// The routes.
pub(super) fn routes() -> Router<Ctx> {
    Router::new()
        .route("/track/{id}", get(track))
        .route("/artist/{slug}", get(artist))
        .route("/release/{slug}", get(release))
        .route("/user/{name}", get(person))
}

async fn track(State(ctx): State<Ctx>, Path(id): Path<String>) -> Result<Response, Error> {
    let Ok(id) = id.parse::<TrackId>() else { return Ok(shell::about_nothing()) };
    answer(tracks::service::see(&ctx, NOBODY, id).await, |track| shell::about(&of_track(&ctx, track)))
}

async fn artist(State(ctx): State<Ctx>, Path(slug): Path<String>) -> Result<Response, Error> {
    answer(artists::service::see(&ctx, NOBODY, &slug).await, |artist| {
        if artist.slug == slug {
            shell::about(&of_artist(&ctx, artist))
        } else {
            moved("artist", &artist.slug)
        }
    })
}

async fn release(State(ctx): State<Ctx>, Path(slug): Path<String>) -> Result<Response, Error> {
    answer(releases::service::see(&ctx, NOBODY, &slug).await, |ReleaseDetail { release, .. }| {
        if release.slug == slug {
            shell::about(&of_release(&ctx, release))
        } else {
            moved("release", &release.slug)
        }
    })
}

async fn person(State(ctx): State<Ctx>, Path(name): Path<String>) -> Result<Response, Error> {
    Ok(match profile::find(&ctx, &name).await? {
        None => shell::about_nothing(),
        Some(Found::Moved(name)) => moved("user", &name),
        Some(Found::Here(person)) => shell::about(&of_person(&ctx, *person)),
    })
}

fn answer<T>(found: Result<T, Error>, show: impl FnOnce(T) -> Response) -> Result<Response, Error> {
    match found {
        Ok(thing) => Ok(show(thing)),
        Err(error) if error.code == Code::NotFound => Ok(shell::about_nothing()),
        Err(error) => Err(error),
    }
}

/// It has another address now.
fn moved(kind: &str, slug: &str) -> Response {
    (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, format!("/{kind}/{slug}"))]).into_response()
}

fn of_track(ctx: &Ctx, track: TrackView) -> Head {
    let artists = list(&track.artists);
    let by = if artists.is_empty() { String::new() } else { format!(" by {artists}") };
    let from = track.release.as_ref().map(|release| format!(", from {release}")).unwrap_or_default();
    let length = track.duration_ms.map(|ms| format!(", {}", clock(ms))).unwrap_or_default();
    Head {
        title: format!("{}{by}", track.title),
        description: format!("Listen to {}{by}{from}{length}.", track.title),
        kind: "music.song",
        path: format!("/track/{}", track.id),
        picture: track.cover,
        listed: track.visibility == Visibility::Public,
        base: ctx.config.http.public_url.clone(),
    }
}

fn of_artist(ctx: &Ctx, artist: ArtistView) -> Head {
    let count = |count: i64, one: &str, many: &str| match count {
        0 => String::new(),
        1 => format!(" 1 {one}."),
        more => format!(" {more} {many}."),
    };
    let (tracks, releases) =
        (count(artist.track_count, "track", "tracks"), count(artist.release_count, "release", "releases"));
    let plain = format!("Listen to {}.{releases}{tracks}", artist.name);
    Head {
        description: said(artist.bio, plain),
        title: artist.name,
        kind: "profile",
        path: format!("/artist/{}", artist.slug),
        picture: artist.picture,
        listed: artist.track_count > 0 || artist.release_count > 0,
        base: ctx.config.http.public_url.clone(),
    }
}

fn of_release(ctx: &Ctx, release: ReleaseView) -> Head {
    let names: Vec<String> = release.artists.into_iter().map(|artist| artist.name).collect();
    let artists = list(&names);
    let by = if artists.is_empty() { String::new() } else { format!(" by {artists}") };
    let count = if release.track_count == 1 {
        "1 track".to_owned()
    } else {
        format!("{} tracks", release.track_count)
    };
    let plain = format!("Listen to {}{by}: {count}, {}.", release.title, clock(release.duration_ms));
    Head {
        title: format!("{}{by}", release.title),
        description: said(release.description, plain),
        kind: "music.album",
        path: format!("/release/{}", release.slug),
        picture: release.cover,
        listed: release.visibility == Visibility::Public,
        base: ctx.config.http.public_url.clone(),
    }
}

fn of_person(ctx: &Ctx, person: Person) -> Head {
    let plain = format!("{} on Hathor.", person.display_name);
    Head {
        description: said(person.bio, plain),
        title: person.display_name,
        kind: "profile",
        path: format!("/user/{}", person.username),
        picture: worn(ctx, person.avatar),
        // people are found by those who have their address
        listed: false,
        base: ctx.config.http.public_url.clone(),
    }
}

/// What they say of themselves, or the plain words of who says nothing.
fn said(own: Option<String>, plain: String) -> String {
    own.filter(|text| !text.trim().is_empty()).unwrap_or(plain)
}

/// Names as a sentence has them.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Minutes and seconds.
fn clock(ms: i64) -> String {
    let seconds = ms / 1000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests;
