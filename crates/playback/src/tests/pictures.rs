//! Who may fetch a picture, and what caches are told of it.

use std::io::Cursor;

use hathor_catalog::pictures::{
    Picture,
    service::{Source, keep},
};
use hathor_core::TrackId;
use hathor_db::{args, on_both, testing::TestDb};
use hathor_kit::links::{Audience, PictureLinks};
use image::{ImageFormat, Rgb, RgbImage};
use reqwest::Method;
use serde_json::json;

use super::house::{House, Song};

hathor_db::sql! {
    COVER: () = "update track set cover_id = $2 where id = $1";
}

/// A PNG of one colour.
pub fn png(side: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut png = Cursor::new(Vec::new());
    RgbImage::from_pixel(side, side, Rgb(colour)).write_to(&mut png, ImageFormat::Png).unwrap();
    png.into_inner()
}

/// A song of Nina's with a picture.
async fn covered(house: &House, song: Song) -> (TrackId, Picture) {
    let track = house.song(song).await;
    let source = Source::held(png(400, [200, 90, 20]));
    let picture = keep(house.ctx(), house.nina.id.unwrap(), source, None).await.unwrap().unwrap();
    house.ctx().db.write(async |tx| tx.run(COVER, args![track, picture.id]).await).await.unwrap();
    (track, picture)
}

on_both! {
    async fn the_picture_of_a_public_song_is_everyones_and_may_be_kept(db: TestDb) {
        let house = House::new(db).await;
        let (track, picture) = covered(&house, Song::default()).await;
        let urls = house.app.anon().get(&format!("/api/tracks/{track}")).await.ok()["cover"]["urls"].clone();
        for (name, kind, width) in
            [("w96", "image/webp", 96), ("w300", "image/webp", 300), ("w1200", "image/webp", 400), ("jpeg", "image/jpeg", 400)]
        {
            let address = urls[name].as_str().unwrap();
            assert!(!address.contains('?'), "{address}");
            let answer = house.fetch(address, &[]).await;
            assert_eq!((answer.status.as_u16(), answer.headers["content-type"].to_str().unwrap()), (200, kind), "{address}");
            assert_eq!(answer.headers["cache-control"], "public, max-age=86400, immutable", "{address}");
            assert_eq!(image::load_from_memory(&answer.body).unwrap().width(), width, "{address}");
            let tag = answer.headers["etag"].to_str().unwrap();
            let again = house.fetch(address, &[("if-none-match", tag)]).await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{address}");
        }
        let head = house.ask(Method::HEAD, urls["w96"].as_str().unwrap(), &[]).await;
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0));
        for file in ["97.webp", "300.png", "300.webp.jpg", "0300.webp", "webp"] {
            let address = format!("/media/pictures/{}/{file}", picture.id);
            assert_eq!(house.fetch(&address, &[]).await.code(404), "not_found", "{file}");
        }
    }

    async fn the_picture_of_a_private_song_wants_a_signature_and_closes_with_the_song(db: TestDb) {
        let house = House::new(db).await;
        let (track, picture) = covered(&house, Song::default()).await;
        let open = PictureLinks::new(house.ctx(), picture.id, Audience::Everyone).file("300.webp");
        house.hide(track).await;
        assert_eq!(house.fetch(&open, &[]).await.code(404), "not_found");
        let urls = house.nina.get(&format!("/api/tracks/{track}")).await.ok()["cover"]["urls"].clone();
        let signed = urls["w300"].as_str().unwrap();
        let answer = house.fetch(signed, &[]).await;
        assert_eq!(answer.status, 200);
        assert!(answer.headers["cache-control"].to_str().unwrap().starts_with("private, max-age="));
        let (address, signature) = signed.split_once("?s=").unwrap();
        let first = if signature.starts_with('A') { 'B' } else { 'A' };
        let altered = format!("{address}?s={first}{}", &signature[1..]);
        assert_eq!(house.fetch(&altered, &[]).await.code(403), "bad_signature");
        let other = format!("/media/pictures/{track}/300.webp?s={signature}");
        assert_eq!(house.fetch(&other, &[]).await.code(403), "bad_signature");
    }

    async fn a_picture_that_nothing_uses_is_not_everyones(db: TestDb) {
        let house = House::new(db).await;
        let source = Source::held(png(80, [1, 2, 3]));
        let picture = keep(house.ctx(), house.nina.id.unwrap(), source, None).await.unwrap().unwrap();
        let open = PictureLinks::new(house.ctx(), picture.id, Audience::Everyone).file("96.webp");
        assert_eq!(house.fetch(&open, &[]).await.code(404), "not_found");
        let given = PictureLinks::new(house.ctx(), picture.id, Audience::Given(None)).file("96.webp");
        assert_eq!(house.fetch(&given, &[]).await.status, 200);
    }

    async fn the_picture_of_an_artist_is_everyones_from_its_first_song_on(db: TestDb) {
        let house = House::new(db).await;
        let source = Source::held(png(80, [9, 2, 3]));
        let picture = keep(house.ctx(), house.nina.id.unwrap(), source, None).await.unwrap().unwrap();
        let open = PictureLinks::new(house.ctx(), picture.id, Audience::Everyone).file("96.webp");
        let draft = json!({ "name": "Nina", "picture_id": picture.id });
        assert_eq!(house.omar.post("/api/artists", &draft).await.fields(422), ["picture_id"], "only one's own");
        let artist = house.nina.post("/api/artists", &draft).await.ok();
        let given = artist["picture"]["urls"]["w96"].as_str().unwrap();
        assert_eq!(house.fetch(given, &[]).await.status, 200);
        let track = house.song(Song::default()).await;
        house.nina.patch(&format!("/api/tracks/{track}"), &json!({ "artists": ["Nina"] })).await.ok();
        let seen = house.app.anon().get("/api/artists/nina").await.ok();
        assert_eq!(seen["picture"]["urls"]["w96"], open);
        assert_eq!(house.fetch(&open, &[]).await.status, 200);
        let without = house.nina.patch("/api/artists/nina", &json!({ "picture_id": null })).await.ok();
        assert!(without["picture"].is_null());
    }
}
