//! From folder to release, with real files.

use hathor_db::{
    on_both,
    testing::{TestDb, sqlite},
};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::{album::EIGHT, id, material, open};

on_both! {
    async fn a_folder_is_proposed_and_comes_out_when_its_last_track_is_ready(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let flac = material::flac();
        nina.upload(vec![
            ("Ode/CD2/01 Three.flac".to_owned(), flac.clone()),
            ("Ode/CD1/10 Two.flac".to_owned(), flac.clone()),
            ("../../Ode/CD1/2 One.flac".to_owned(), flac.clone()),
        ]).await.ok();
        assert_eq!(nina.get("/api/releases/proposals").await.ok()["items"], json!([]), "nothing can be heard yet");
        app.run_jobs().await;
        let proposals = nina.get("/api/releases/proposals").await.ok();
        let proposal = &proposals["items"][0];
        assert_eq!((proposals["items"].as_array().unwrap().len(), &proposal["title"]), (1, &json!("Ode")));
        let places: Vec<_> = proposal["tracks"].as_array().unwrap().iter().map(|track| (track["disc_number"].as_i64(), track["track_number"].as_i64())).collect();
        assert_eq!(places, [(Some(1), Some(1)), (Some(1), Some(2)), (Some(2), Some(1))]);
        let late = id(&nina.upload(vec![("Ode/late.flac".to_owned(), flac)]).await.ok()["tracks"][0]);
        let mut draft = draft(proposal);
        draft["tracks"].as_array_mut().unwrap().push(json!({ "id": late }));
        let made = nina.post("/api/releases", &draft).await.ok();
        assert_eq!((&made["state"], &made["ready_count"]), (&json!("processing"), &json!(3)));
        assert_eq!(app.anon().get("/api/releases/ode").await.code(404), "not_found");
        app.run_jobs().await;
        let out = app.anon().get("/api/releases/ode").await.ok();
        assert_eq!((&out["state"], out["tracks"].as_array().unwrap().len()), (&json!("live"), 4));
    }
}

on_both! {
    async fn a_proposal_has_the_day_of_its_tags_and_the_cover_that_is_called_so(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let dated = material::make(&material::music(3), &["-c:a", "flac", "-metadata", "date=2014-03-21"], "flac");
        nina.upload(vec![("Ode/1.flac".to_owned(), dated.clone()), ("Ode/2.flac".to_owned(), dated)]).await.ok();
        app.run_jobs().await;
        let mut pictures = Vec::new();
        for (name, colour) in [("back.png", "red"), ("AlbumArtSmall.png", "blue"), ("albumart_1.png", "green"), ("Front.png", "white"), ("Cover.PNG", "black")] {
            let png = material::make(&format!("color=c={colour}:s=80x80:d=1"), &["-frames:v", "1"], "png");
            let form = Form::new().part("file", Part::bytes(png).file_name(format!("Ode/{name}")));
            let answer = nina.send(nina.request(reqwest::Method::POST, "/api/pictures").multipart(form)).await;
            pictures.push(answer.ok()["id"].clone());
        }
        let proposals = nina.get("/api/releases/proposals").await.ok();
        let proposal = &proposals["items"][0];
        assert_eq!(proposal["released_on"], "2014-03-21");
        let covers: Vec<&Value> = proposal["covers"].as_array().unwrap().iter().map(|cover| &cover["id"]).collect();
        let [back, small, art, front, cover] = pictures.as_slice() else { panic!("five") };
        assert_eq!(covers[..3], [cover, front, art]);
        assert!(covers.len() == 5 && covers.contains(&back) && covers.contains(&small), "{covers:?}");
        assert_eq!(&proposal["cover"]["id"], cover);
        let first = proposal["tracks"][0]["id"].as_str().unwrap();
        nina.patch(&format!("/api/tracks/{first}"), &json!({ "year": 2013 })).await.ok();
        let second = proposal["tracks"][1]["id"].as_str().unwrap();
        nina.patch(&format!("/api/tracks/{second}"), &json!({ "year": 2013 })).await.ok();
        let edited = nina.get("/api/releases/proposals").await.ok();
        assert_eq!(edited["items"][0]["released_on"], "2013", "what a person wrote goes before the file");
    }
}

/// A proposal that somebody says yes to.
fn draft(proposal: &Value) -> Value {
    let place = |track: &Value| json!({ "id": track["id"], "disc_number": track["disc_number"], "track_number": track["track_number"] });
    let tracks: Vec<Value> = proposal["tracks"].as_array().unwrap().iter().map(place).collect();
    let names = proposal["artists"].as_array().unwrap();
    let artists: Vec<Value> = names.iter().map(|name| json!({ "name": name })).collect();
    let artists = if artists.is_empty() { vec![json!({ "name": "Nina" })] } else { artists };
    json!({ "title": proposal["title"], "kind": proposal["kind"], "artists": artists, "visibility": "public", "tracks": tracks })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_album_is_proposed_as_one_and_published_as_proposed() {
    let Some(album) = hathor_media::testing::album() else { return };
    let app = open(sqlite().await).await;
    let nina = app.artist("nina").await;
    let files = EIGHT.map(|name| (format!("Wesnoth/{name}"), std::fs::read(album.join(name)).unwrap()));
    nina.upload(files.into()).await.ok();
    app.run_jobs().await;
    let proposals = nina.get("/api/releases/proposals").await.ok();
    let items = proposals["items"].as_array().unwrap();
    let [proposal] = items.as_slice() else { panic!("{} proposals", items.len()) };
    assert_eq!(proposal["tracks"].as_array().unwrap().len(), EIGHT.len(), "{proposal}");
    let made = nina.post("/api/releases", &draft(proposal)).await.ok();
    assert_eq!((&made["state"], &made["title"]), (&json!("live"), &proposal["title"]));
    let slug = made["slug"].as_str().unwrap();
    let out = app.anon().get(&format!("/api/releases/{slug}")).await.ok();
    assert_eq!(out["tracks"].as_array().unwrap().len(), EIGHT.len());
    assert!(
        out["loudness_lufs"].as_f64().is_some_and(|lufs| (-40.0..0.0).contains(&lufs)),
        "{}",
        out["loudness_lufs"]
    );
}
