//! What a link shows to those who do not run the app.

use axum::{body::Body, http::Request};
use hathor_core::PictureId;
use hathor_db::{args, on_both, testing::TestDb};
use hathor_kit::{
    NodeRole,
    middleware::App,
    testing::{Persona, TestApp},
};
use serde_json::json;
use tower::ServiceExt;

use super::*;
use crate::features;

hathor_db::sql! {
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title,
            artists, tags, cover_id, duration_ms, created_at, updated_at, published_at)
        values ($1, $2, 'ready', 100, false, $3, 1, 1, $4, '[]', '{}', $5, 222000, 0, 0, 0)";
    PICTURE: () = "insert into picture (id, owner_id, sha256, summary, created_at) values ($1, $2, $3, $4, 0)";
}

struct House {
    app: TestApp,
    site: App,
    nina: Persona,
}

impl House {
    async fn new(db: TestDb) -> Self {
        let app = TestApp::with(db, features::all, |config| {
            config.http.public_url = Some("https://music.example".parse().unwrap());
        })
        .await;
        let nina = app.artist("nina").await;
        Self { site: features::app(&app.ctx, NodeRole::ALL), app, nina }
    }

    /// A song of Nina's with a cover.
    async fn song(&self, title: &'static str, visibility: Visibility) -> TrackId {
        let (ctx, id, picture): (_, TrackId, PictureId) =
            (&self.app.ctx, self.app.ctx.new_id(), self.app.ctx.new_id());
        let summary =
            json!({ "id": picture, "width": 900, "height": 900, "hue": 1.0, "chroma": 0.1, "blurhash": "" });
        ctx.db
            .write(async |tx| {
                tx.run(PICTURE, args![picture, self.nina.id, picture.bytes(), summary.to_string()]).await?;
                tx.run(TRACK, args![id, self.nina.id, visibility, title, picture]).await
            })
            .await
            .unwrap();
        self.nina.patch(&format!("/api/tracks/{id}"), &json!({ "artists": ["Nina & Co"] })).await.ok();
        id
    }

    /// Status, where it leads and the markup.
    async fn open(&self, path: &str) -> (u16, String, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
        let place = parts.headers.get("location").map_or("", |place| place.to_str().unwrap()).to_owned();
        (parts.status.as_u16(), place, String::from_utf8_lossy(&body).into_owned())
    }
}

on_both! {
    async fn a_link_to_a_song_shows_what_it_is(db: TestDb) {
        let house = House::new(db).await;
        let id = house.song("<Ode> \"1\"", Visibility::Public).await;
        let (status, _, page) = house.open(&format!("/track/{id}")).await;
        assert_eq!(status, 200);
        for tag in [
            "<title>&lt;Ode&gt; &quot;1&quot; by Nina &amp; Co · Hathor</title>".to_owned(),
            "<meta property=\"og:type\" content=\"music.song\" />".to_owned(),
            format!("<link rel=\"canonical\" href=\"https://music.example/track/{id}\" />"),
            "<meta name=\"twitter:card\" content=\"summary_large_image\" />".to_owned(),
            "<meta property=\"og:image:width\" content=\"900\" />".to_owned(),
            "3:42.\" />".to_owned(),
        ] {
            assert!(page.contains(&tag), "{tag} in {page}");
        }
        let image = page.split("og:image\" content=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        assert!(image.starts_with("https://music.example/media/pictures/") && image.ends_with("/1200.jpg"), "{image}");
        assert_eq!(page.matches("<title>").count(), 1);
        assert!(!page.contains("noindex") && page.contains("id=\"root\""), "{page}");
    }

    async fn what_is_not_everyones_has_the_plain_page_with_status_404(db: TestDb) {
        let house = House::new(db).await;
        let hidden = house.song("Secret", Visibility::Private).await;
        for path in [format!("/track/{hidden}"), "/track/018bcfe5680070008000000000000000".to_owned(), "/track/x".to_owned(), "/artist/nobody".to_owned()] {
            let (status, _, page) = house.open(&path).await;
            assert_eq!(status, 404, "{path}");
            assert!(page.contains("id=\"root\"") && page.contains("<title>Hathor</title>") && !page.contains("Secret"), "{path}: {page}");
        }
        let unlisted = house.song("Whisper", Visibility::Unlisted).await;
        let (status, _, page) = house.open(&format!("/track/{unlisted}")).await;
        assert!(status == 200 && page.contains("Whisper") && page.contains("noindex"), "{page}");
    }

    async fn a_release_is_shown_at_its_address_of_now(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song("Harbour", Visibility::Private).await;
        let draft = json!({ "title": "Night Ferries", "kind": "single", "artists": [{ "name": "Nina" }],
            "visibility": "private", "tracks": [{ "id": track }] });
        let version = house.nina.post("/api/releases", &draft).await.ok()["version"].clone();
        assert_eq!(house.open("/release/night-ferries").await.0, 404);
        let edit = json!({ "visibility": "public", "slug": "ferries", "version": version });
        house.nina.patch("/api/releases/night-ferries", &edit).await.ok();
        let (status, place, _) = house.open("/release/night-ferries").await;
        assert_eq!((status, place.as_str()), (301, "/release/ferries"));
        let (status, _, page) = house.open("/release/ferries").await;
        assert_eq!(status, 200);
        for tag in [
            "<title>Night Ferries by Nina · Hathor</title>",
            "content=\"music.album\"",
            "content=\"Listen to Night Ferries by Nina: 1 track, 3:42.\"",
            "href=\"https://music.example/release/ferries\"",
        ] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
    }

    async fn an_artist_is_shown_at_its_address_of_now(db: TestDb) {
        let house = House::new(db).await;
        house.nina.post("/api/artists", &json!({ "name": "Nina & Co", "bio": "Songs of\n\nthe sea" })).await.ok();
        assert_eq!(house.open("/artist/nina-co").await.0, 404, "nothing of hers is out");
        house.song("Ode", Visibility::Public).await;
        let (status, _, page) = house.open("/artist/nina-co").await;
        assert_eq!(status, 200);
        for tag in ["<title>Nina &amp; Co · Hathor</title>", "content=\"Songs of the sea\"", "content=\"profile\"", "href=\"https://music.example/artist/nina-co\""] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
        house.nina.patch("/api/artists/nina-co", &json!({ "slug": "nina" })).await.ok();
        let (status, place, _) = house.open("/artist/nina-co").await;
        assert_eq!((status, place.as_str()), (301, "/artist/nina"));
    }

    async fn a_person_is_shown_at_the_name_of_now(db: TestDb) {
        let house = House::new(db).await;
        house.nina.patch("/api/me", &json!({ "bio": "Ferries & gulls" })).await.ok();
        let (status, _, page) = house.open("/user/NINA").await;
        assert_eq!(status, 200);
        for tag in ["content=\"Ferries &amp; gulls\"", "content=\"profile\"", "noindex", "href=\"https://music.example/user/nina\""] {
            assert!(page.contains(tag), "{tag} in {page}");
        }
        house.nina.post("/api/me/username", &json!({ "username": "antonia" })).await.ok();
        let (status, place, _) = house.open("/user/nina").await;
        assert_eq!((status, place.as_str()), (301, "/user/antonia"));
        assert_eq!(house.open("/user/nobody").await.0, 404);
    }
}
