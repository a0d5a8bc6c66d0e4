//! Stories of what was heard.

use std::time::Duration;

use hathor_core::TrackId;
use hathor_db::{on_both, testing::TestDb};
use hathor_kit::testing::Persona;
use serde_json::json;

use crate::tests::house::{House, Song};

async fn hear(house: &House, who: &Persona, track: TrackId) {
    assert_eq!(who.post_empty(&format!("/api/tracks/{track}/played")).await.status, 204);
    house.ctx().clock.advance(Duration::from_mins(1));
}

async fn heard(who: &Persona, query: &str) -> (Vec<TrackId>, Option<String>) {
    let page = who.get(&format!("/api/me/recently-played{query}")).await.ok();
    let ids =
        page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().parse().unwrap());
    (ids.collect(), page["next_cursor"].as_str().map(str::to_owned))
}

on_both! {
    async fn what_was_heard_is_told_latest_first_and_each_track_once(db: TestDb) {
        let house = House::new(db).await;
        let (one, two, three) =
            (house.song(Song::default()).await, house.song(Song::default()).await, house.song(Song::default()).await);
        for track in [one, two, three, one] {
            hear(&house, &house.omar, track).await;
        }
        hear(&house, &house.nina, two).await;
        assert_eq!(heard(&house.omar, "").await, (vec![one, three, two], None));
        let (first, cursor) = heard(&house.omar, "?limit=2").await;
        assert_eq!(first, [one, three]);
        assert_eq!(heard(&house.omar, &format!("?cursor={}", cursor.unwrap())).await, (vec![two], None));
        assert_eq!(heard(&house.nina, "").await.0, [two]);
    }

    async fn what_may_not_be_heard_is_not_there(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        hear(&house, &house.omar, track).await;
        hear(&house, &house.nina, track).await;
        house.hide(track).await;
        assert_eq!(heard(&house.omar, "").await.0, []);
        assert_eq!(heard(&house.nina, "").await.0, [track], "it is hers");
        let path = format!("/api/tracks/{track}/played");
        assert_eq!(house.omar.post_empty(&path).await.code(404), "not_found");
        assert_eq!(house.app.anon().post(&path, &json!({})).await.code(401), "unauthenticated");
        house.remove(track).await;
        assert_eq!(heard(&house.nina, "").await.0, []);
    }
}
