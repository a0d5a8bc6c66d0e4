//! The demo library: there soon, there once, and gone whole.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::house::{HATHOR, Server, client, song};

/// How long an empty instance may stay silent.
const SILENCE: Duration = Duration::from_mins(1);
/// How long the whole library may take on a machine that has other things to do.
const WHOLE: Duration = Duration::from_mins(4);
const PIECES: usize = 12;

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_library_comes_soon_and_once_and_goes_whole_and_alone() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let start = Instant::now();
    let server = Server::start_with(&data, &["--demo"], &[]).await;
    let first = until_something_plays(&server, start).await;
    let nina = server.sign_up("nina").await;
    let own = song(2);
    let hers = nina.upload("own.flac", own.clone()).await;
    server.kill();

    let server = Server::start_with(&data, &["--demo"], &[]).await;
    until_filled(&server, &data).await;
    whole(&server, &data).await;
    hear(&server, &first).await;
    nina.at(&server).wait_until_ready(&hers).await;
    assert!(server.stop().await.success());

    let gone = Command::new(HATHOR).args(["demo", "--remove", "--data"]).arg(&data).output().unwrap();
    assert!(gone.status.success(), "{}", String::from_utf8_lossy(&gone.stderr));
    assert_eq!(names(&data.join("blobs/tracks")), [hers.clone()], "files of the library are left");
    assert_eq!(files(&data.join("blobs/tracks")), 4, "an original and three renditions of hers");
    assert_eq!(files(&data.join("blobs/pictures")), 0, "pictures of the library are left");
    assert!(!data.join("demo/stems").exists());

    let server = Server::start_with(&data, &["--demo"], &[]).await;
    for what in ["tracks", "releases", "artists"] {
        assert_eq!(public(&server, what).await, Vec::<Value>::new(), "{what} are left");
    }
    assert_eq!(nina.at(&server).hear(&hers).await, own, "hers is touched");
}

/// The first track that a stranger can hear.
async fn until_something_plays(server: &Server, start: Instant) -> String {
    loop {
        if let Some(track) = public(server, "tracks").await.first() {
            let id = track["id"].as_str().unwrap().to_owned();
            hear(server, &id).await;
            return id;
        }
        assert!(start.elapsed() < SILENCE, "nothing to hear yet: {}", server.said());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn until_filled(server: &Server, data: &Path) {
    let start = Instant::now();
    while !data.join("demo/filled").exists() {
        assert!(start.elapsed() < WHOLE, "not whole yet: {}", server.said());
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Everything is there once, and everyone may see and hear it.
async fn whole(server: &Server, data: &Path) {
    let tracks = public(server, "tracks").await;
    let titles: BTreeSet<&str> = tracks.iter().filter_map(|track| track["title"].as_str()).collect();
    assert_eq!((tracks.len(), titles.len()), (PIECES, PIECES), "{titles:?}");
    for track in &tracks {
        let artist = &track["credits"][0]["artist"];
        assert!(track["state"] == "ready" && track["licence"] == "cc0", "{track}");
        assert!(
            track["cover"].is_object() && track["on_release"].is_object() && artist.is_object(),
            "{track}"
        );
    }
    let releases = public(server, "releases").await;
    assert_eq!(releases.len(), 4);
    for release in &releases {
        assert!(release["state"] == "live" && release["cover"].is_object(), "{release}");
    }
    let artists = public(server, "artists").await;
    assert_eq!(artists.len(), 3);
    for artist in &artists {
        assert!(artist["picture"].is_object() && artist["bio"].is_string(), "{artist}");
    }
    let stems = data.join("demo/stems");
    assert_eq!((names(&stems).len(), files(&stems)), (PIECES, 4 * PIECES));
}

/// What a stranger sees of a list.
async fn public(server: &Server, what: &str) -> Vec<Value> {
    let address = format!("{}/api/{what}?limit=100", server.base);
    let page: Value = client().get(address).send().await.unwrap().json().await.unwrap();
    page["items"].as_array().unwrap_or_else(|| panic!("{page}")).clone()
}

/// Plays a track as a stranger.
async fn hear(server: &Server, id: &str) {
    let client = client();
    let play = client.post(format!("{}/api/tracks/{id}/play", server.base)).json(&serde_json::json!({}));
    let play: Value = play.send().await.unwrap().json().await.unwrap();
    let url = play["url"].as_str().unwrap_or_else(|| panic!("{play}"));
    let answer = client.get(format!("{}{url}", server.base)).send().await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap();
    assert!(answer.status() == 200 && kind.starts_with("audio/"), "{} {kind}", answer.status());
    assert!(answer.bytes().await.unwrap().len() > 1 << 20);
}

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// How many files lie under a folder.
fn files(folder: &Path) -> usize {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}
