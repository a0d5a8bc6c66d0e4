//! What a signature opens, and for how long.

use std::time::{Duration, Instant};

use hathor_catalog::tracks::Visibility;
use hathor_db::{on_both, testing::TestDb};
use hathor_kit::{links::Grant, standing};
use hathor_token::Class;

use super::house::{House, Song};

/// Every address of a track, with the class that opens it.
const ADDRESSES: [(Class, &str); 6] = [
    (Class::Original, "orig"),
    (Class::Peaks, "peaks"),
    (Class::Hls, "hls/opus.m3u8"),
    (Class::Hls, "hls/opus96.m3u8"),
    (Class::Hls, "hls/opus96.mp4"),
    (Class::Hls, "hls/aac256.mp4"),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_address_opens_to_its_own_class_and_to_no_other() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let grant = Grant::now(house.ctx(), track, 1, None);
    for (wanted, file) in ADDRESSES {
        for class in Class::ALL {
            let answer = house.fetch(&grant.link(house.ctx(), *class, file), &[]).await;
            if *class == wanted {
                assert_eq!(answer.status, 200, "{file}");
            } else {
                assert_eq!(answer.code(403), "bad_signature", "{file} with {class}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_whole_signature_nothing_opens() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let good = Grant::now(house.ctx(), track, 1, None).sign(house.ctx(), Class::Original);
    let path = format!("/media/{track}/orig");
    let short = &good[..99];
    for query in [
        String::new(),
        "?".to_owned(),
        "?s=".to_owned(),
        "?s=nonsense".to_owned(),
        format!("?s={short}"),
        format!("?s={good}A"),
        format!("?s={good}&x=1"),
        format!("?x=1&s={good}"),
        format!("?s={good}&s={good}"),
        format!("?S={good}"),
    ] {
        assert_eq!(house.fetch(&format!("{path}{query}"), &[]).await.code(403), "bad_signature", "{query}");
    }
    assert_eq!(house.fetch(&format!("{path}?s={good}"), &[]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_signature_opens_nothing() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let good = Grant::now(house.ctx(), track, 1, None).sign(house.ctx(), Class::Original);
    for at in [0, 1, 6, 8, 20, 45, 51, 52, 56, 57, 70, 98, 99] {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(bytes).unwrap();
        let answer = house.fetch(&format!("/media/{track}/orig?s={altered}"), &[]).await;
        assert_eq!(answer.code(403), "bad_signature", "at {at}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_of_one_track_does_not_open_another() {
    let house = House::on_sqlite().await;
    let (mine, other) = (house.song(Song::default()).await, house.song(Song::default()).await);
    let signature = Grant::now(house.ctx(), mine, 1, None).sign(house.ctx(), Class::Original);
    let answer = house.fetch(&format!("/media/{other}/orig?s={signature}"), &[]).await;
    assert_eq!(answer.code(403), "bad_signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_over_when_its_time_is() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let link = house.links(track).await["url"].as_str().unwrap().to_owned();
    house.ctx().clock.advance(Duration::from_secs(598));
    assert_eq!(house.fetch(&link, &[]).await.status, 200);
    house.ctx().clock.advance(Duration::from_secs(2));
    assert_eq!(house.fetch(&link, &[]).await.code(403), "bad_signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn links_die_within_five_seconds_even_when_nothing_is_told() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let link = house.links(track).await["url"].as_str().unwrap().to_owned();
    assert_eq!(house.fetch(&link, &[]).await.status, 200);
    house.hide(track).await;
    assert!(dead_after(&house, &link).await < Duration::from_secs(6));
}

on_both! {
    async fn links_die_when_the_track_goes_private_as_soon_as_it_is_told(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        let link = house.links(track).await["url"].as_str().unwrap().to_owned();
        assert_eq!(house.fetch(&link, &[]).await.status, 200);
        house.hide(track).await;
        house.announce(track);
        assert!(dead_after(&house, &link).await < Duration::from_secs(3));
        let again = house.links(track).await["url"].as_str().unwrap().to_owned();
        assert_eq!(house.fetch(&again, &[]).await.status, 200, "the owner's new link");
    }

    async fn a_link_that_is_younger_than_what_a_node_remembers_opens_at_once(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song { visibility: Visibility::Private, ..Song::default() }).await;
        let old = Grant::now(house.ctx(), track, 1, None).link(house.ctx(), Class::Original, "orig");
        assert_eq!(house.fetch(&old, &[]).await.status, 200);
        house.hide(track).await;
        let young = Grant::now(house.ctx(), track, 2, None).link(house.ctx(), Class::Original, "orig");
        assert_eq!(house.fetch(&young, &[]).await.status, 200);
        assert_eq!(house.fetch(&old, &[]).await.code(403), "bad_signature");
    }

    async fn a_track_that_was_taken_away_is_not_there(db: TestDb) {
        let house = House::new(db).await;
        let track = house.song(Song::default()).await;
        let link = house.links(track).await["url"].as_str().unwrap().to_owned();
        house.remove(track).await;
        assert_eq!(house.play(&house.nina, track, &["aac"]).await.code(404), "not_found");
        assert_eq!(house.fetch(&link, &[]).await.code(404), "not_found");
    }
}

/// How long `link` goes on opening something.
async fn dead_after(house: &House, link: &str) -> Duration {
    let start = Instant::now();
    while house.fetch(link, &[("range", "bytes=0-0")]).await.status != 403 {
        assert!(start.elapsed() < Duration::from_secs(10), "the link lives on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_ends_with_the_session_that_asked_for_it() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let links = [house.links(track).await, house.play(&house.omar, track, &["opus"]).await.ok()];
    let [ninas, omars] = links.map(|links| links["url"].as_str().unwrap().to_owned());
    assert_eq!(house.fetch(&ninas, &[]).await.status, 200);
    let session = house
        .app
        .ctx
        .keys
        .access
        .verify(house.nina.token.as_deref().unwrap(), house.ctx().now())
        .unwrap()
        .sid;
    standing::session_ended(house.ctx(), session);
    until_refused(&house, &ninas).await;
    assert_eq!(house.fetch(&omars, &[]).await.status, 200, "others hear on");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_before_a_change_of_the_account_is_void_and_a_new_one_is_not() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let url = async || house.links(track).await["url"].as_str().unwrap().to_owned();
    let before = url().await;
    house.ctx().clock.advance(Duration::from_secs(2));
    standing::account_changed(house.ctx(), house.nina.id.unwrap());
    until_refused(&house, &before).await;
    assert_eq!(house.fetch(&url().await, &[]).await.status, 200);
}

/// The lane hears it over the bus.
async fn until_refused(house: &House, address: &str) {
    let begin = Instant::now();
    while house.fetch(address, &[]).await.status != 403 {
        assert!(begin.elapsed() < Duration::from_secs(5), "{address} is still good");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
