//! Stories of finding things.

use hathor_core::{Id, TrackId};
use hathor_db::{args, on_both, sql, testing::TestDb};
use hathor_jobs::Enqueue;
use hathor_kit::{
    Feature,
    config::limits::{LimitsConfig, Rate},
    testing::{Persona, TestApp},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Kind, jobs::ReadBacklog, store};

sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title,
            artists, tags, created_at, updated_at)
        values ($1, $2, 'ready', 100, false, 'private', 1, 1, 'untitled', '[]', '{}', 0, 0)";
    BACKLOG: () = "insert into search_backlog (track_id) values ($1)";
    ANY: () = "insert into search_word (kind, word, subject_id) values ($1, 'x', $2)";
}

fn features() -> Vec<Feature> {
    vec![hathor_identity::feature(), crate::feature()]
}

/// A song of theirs, edited to be so.
async fn song(app: &TestApp, who: &Persona, edit: &Value) -> TrackId {
    let id = app.ctx.new_id();
    app.ctx.db.write(async |tx| tx.run(TRACK, args![id, who.id]).await).await.unwrap();
    who.patch(&format!("/api/tracks/{id}"), edit).await.ok();
    id
}

async fn find(who: &Persona, question: &str) -> Value {
    let asked: String = url::form_urlencoded::byte_serialize(question.as_bytes()).collect();
    who.get(&format!("/api/search?q={asked}")).await.ok()
}

/// Titles of the tracks found.
async fn titles(who: &Persona, question: &str) -> Vec<String> {
    let found = find(who, question).await;
    let mut titles: Vec<String> = found["tracks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|track| track["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

on_both! {
    async fn songs_are_found_by_the_beginnings_of_words_in_any_order(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        for (title, artist, release) in [
            ("Ágætis byrjun", "Sigur Rós", "Ágætis byrjun"),
            ("Svefn-g-englar", "Sigur Rós", "Ágætis byrjun"),
            ("群青日和", "東京事変", "教育"),
        ] {
            song(&app, &nina, &json!({ "title": title, "artists": [artist], "release": release, "visibility": "public" })).await;
        }
        let anon = app.anon();
        assert_eq!(titles(&anon, "sigur").await.len(), 2);
        assert_eq!(titles(&anon, "ROS svefn").await, ["Svefn-g-englar"]);
        assert_eq!(titles(&anon, "byr SIG agæ").await.len(), 2);
        assert_eq!(titles(&anon, "日和").await, ["群青日和"]);
        assert_eq!(titles(&anon, "事").await, ["群青日和"]);
        assert_eq!(titles(&anon, "sigur nothing").await, [""; 0]);
        assert_eq!(titles(&anon, "igur").await, [""; 0], "not from within a word");
        for hostile in ["", "  ", "'", "\" or 1=1 --", "%", "_", "*", "\u{301}", "\u{10ffff}", "(", "🎵"] {
            assert_eq!(titles(&anon, hostile).await, [""; 0], "{hostile:?}");
        }
    }

    async fn only_what_everyone_may_see_is_found_and_it_is_found_at_once(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let id = song(&app, &nina, &json!({ "title": "Lantern" })).await;
        let path = format!("/api/tracks/{id}");
        for (edit, found) in [
            (json!({ "visibility": "unlisted" }), 0),
            (json!({ "visibility": "public" }), 1),
            (json!({ "title": "Candle" }), 0),
            (json!({ "title": "A lantern", "visibility": "private" }), 0),
            (json!({ "visibility": "public" }), 1),
        ] {
            nina.patch(&path, &edit).await.ok();
            assert_eq!(titles(&nina, "lan").await.len(), found, "{edit}");
        }
        nina.delete(&path).await;
        assert_eq!(titles(&nina, "lan").await.len(), 0);
        assert_eq!(app.ctx.db.write(async |tx| store::words(tx, Kind::Track, id).await).await.unwrap(), [""; 0]);
    }

    async fn artists_are_found_once_something_of_theirs_is_out(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        nina.post("/api/artists", &json!({ "name": "Zoë Keating" })).await.ok();
        assert_eq!(find(&nina, "zoe").await["artists"], json!([]));
        song(&app, &nina, &json!({ "title": "Optimist", "artists": ["Zoë Keating"], "visibility": "public" })).await;
        let found = find(&app.anon(), "keat zoe").await;
        assert_eq!(found["artists"][0]["name"], "Zoë Keating");
        assert_eq!(found["tracks"][0]["title"], "Optimist");
        let slug = found["artists"][0]["slug"].as_str().unwrap();
        nina.patch(&format!("/api/artists/{slug}"), &json!({ "name": "Someone Else" })).await.ok();
        assert_eq!(find(&nina, "keating").await["artists"], json!([]));
        assert_eq!(find(&nina, "someone").await["artists"][0]["name"], "Someone Else");
    }

    async fn releases_are_found_once_they_are_out(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let track = song(&app, &nina, &json!({ "title": "Harbour" })).await;
        let draft = json!({ "title": "Night Ferries", "kind": "single", "artists": [{ "name": "Nina" }],
            "visibility": "private", "tracks": [{ "id": track }] });
        let release = nina.post("/api/releases", &draft).await.ok();
        let found = async || find(&app.anon(), "ferr nina").await;
        assert_eq!(found().await["releases"], json!([]));
        let path = format!("/api/releases/{}", release["slug"].as_str().unwrap());
        let out = nina.patch(&path, &json!({ "visibility": "public", "version": release["version"] })).await.ok();
        assert_eq!(found().await["releases"][0]["title"], "Night Ferries");
        assert_eq!(titles(&app.anon(), "ferries harb").await, ["Harbour"], "by the name of its release");
        let named = json!({ "title": "Day Boats", "version": out["version"] });
        nina.patch(&path, &named).await.ok();
        assert_eq!(found().await["releases"], json!([]));
        assert_eq!(titles(&nina, "boats").await, ["Harbour"]);
    }

    async fn what_was_there_before_is_read_by_a_job(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let id = song(&app, &nina, &json!({ "title": "Heirloom", "visibility": "public" })).await;
        let ctx = &app.ctx;
        ctx.db.write(async |tx| {
            store::take_all(tx, Kind::Track, id).await?;
            tx.run(BACKLOG, args![id]).await
        }).await.unwrap();
        assert_eq!(titles(&nina, "heirloom").await, [""; 0]);
        ctx.db.write(async |tx| ctx.jobs.enqueue(tx, &ReadBacklog {}, Enqueue::new()).await).await.unwrap();
        app.run_jobs().await;
        assert_eq!(titles(&nina, "heirloom").await, ["Heirloom"]);
        assert!(store::backlog(&ctx.db, 10).await.unwrap().is_empty());
    }

    async fn an_answer_that_has_not_changed_is_not_sent_again(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.artist("nina").await;
        let id = song(&app, &nina, &json!({ "title": "Lantern", "visibility": "public" })).await;
        nina.post("/api/artists", &json!({ "name": "Nina" })).await.ok();
        let release = json!({ "title": "Ode", "kind": "single", "artists": [{ "name": "Nina" }], "tracks": [{ "id": song(&app, &nina, &json!({ "title": "Ode" })).await }] });
        nina.post("/api/releases", &release).await.ok();
        let one = format!("/api/tracks/{id}");
        for path in [
            "/api/search?q=lan", "/api/tracks", "/api/artists", "/api/releases", "/api/artists/nina/tracks", "/api/artists/nina/releases",
            &one, "/api/artists/nina", "/api/releases/ode",
        ] {
            let first = nina.get(path).await;
            let tag = first.headers["etag"].to_str().unwrap().to_owned();
            let again = || nina.request(Method::GET, path).header("if-none-match", &tag);
            let same = nina.send(again()).await;
            assert_eq!((same.status.as_u16(), same.body.len()), (304, 0), "{path}");
            assert_eq!(same.headers["etag"], tag.as_str(), "{path}");
        }
        let tag = nina.get("/api/tracks").await.headers["etag"].to_str().unwrap().to_owned();
        nina.patch(&format!("/api/tracks/{id}"), &json!({ "genre": "Folk" })).await.ok();
        let changed = nina.send(nina.request(Method::GET, "/api/tracks").header("if-none-match", &tag)).await;
        assert_eq!(changed.ok()["items"][0]["genre"], "Folk");
    }

    async fn questions_have_a_budget_of_their_own_that_typing_does_not_meet(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.limits.search = Rate::new(11, 60)).await;
        let (anon, nina, typed) = (app.anon(), app.artist("nina").await, "salt hours");
        for end in 1..=typed.len() {
            find(&anon, &typed[..end]).await;
        }
        let last = anon.get("/api/search?q=salt").await;
        assert_eq!((last.status.as_u16(), last.headers["ratelimit"].to_str().unwrap()), (200, "\"search\";r=0"));
        let refused = anon.get("/api/search?q=salt").await;
        assert_eq!((refused.status.as_u16(), refused.headers.contains_key("retry-after")), (429, true));
        anon.get("/api/tracks").await.ok();
        find(&nina, "salt").await;
        let usual = LimitsConfig::default().search;
        assert!(usual.count >= 10 * u32::try_from(typed.len()).unwrap() && usual.seconds <= 60, "ten such words a minute");
    }

    async fn a_question_has_its_limits(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let anon = app.anon();
        assert_eq!(anon.get(&format!("/api/search?q={}", "x".repeat(201))).await.fields(422), ["q"]);
        assert_eq!(anon.get("/api/search?q=x&limit=51").await.fields(422), ["limit"]);
        for kind in Kind::ALL {
            let id: Id<()> = app.ctx.new_id();
            app.ctx.db.write(async |tx| tx.run(ANY, args![*kind, id]).await).await.unwrap();
        }
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS, store::STATEMENTS]).await;
}
