//! What the lane sends, byte by byte. Told on one engine: no SQL lies on this way.

use hathor_core::TrackId;
use hathor_kit::links::Grant;
use hathor_media::Quality;
use hathor_token::Class;
use reqwest::Method;

use super::house::{House, Song, original, stream_file};

#[tokio::test(flavor = "multi_thread")]
async fn an_original_is_sent_whole_with_everything_a_cache_needs() {
    let house = House::on_sqlite().await;
    let link = link(&house, house.song(Song::default()).await, Class::Original, "orig");
    let answer = house.fetch(&link, &[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, original());
    let told = |name: &str| answer.headers[name].to_str().unwrap();
    assert_eq!(told("content-type"), "audio/flac");
    assert_eq!(told("content-length"), "3200017");
    assert_eq!(told("accept-ranges"), "bytes");
    assert_eq!(told("etag"), format!("\"{}\"", "07".repeat(16)));
    assert_eq!(told("content-disposition"), "inline");
    assert_eq!(told("x-content-type-options"), "nosniff");
    let seconds: u64 = told("cache-control").strip_prefix("private, max-age=").unwrap().parse().unwrap();
    assert!((599..=600).contains(&seconds), "{seconds}");
    assert!(!answer.headers.contains_key("content-encoding"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_range_is_sent_to_the_byte() {
    let house = House::on_sqlite().await;
    let link = link(&house, house.song(Song::default()).await, Class::Original, "orig");
    let whole = original();
    let size = whole.len();
    for (range, start, end) in [
        ("bytes=0-0", 0, 1),
        ("bytes=100-199", 100, 200),
        ("bytes=1048575-2097152", 1_048_575, 2_097_153),
        ("bytes=3200000-", 3_200_000, size),
        ("bytes=3200000-99999999", 3_200_000, size),
        ("bytes=-17", size - 17, size),
        ("bytes=-99999999", 0, size),
        ("bytes=0-", 0, size),
    ] {
        let answer = house.fetch(&link, &[("range", range)]).await;
        assert_eq!(answer.status, 206, "{range}");
        assert_eq!(answer.headers["content-range"], format!("bytes {start}-{}/{size}", end - 1), "{range}");
        assert_eq!(answer.headers["content-length"], (end - start).to_string(), "{range}");
        assert!(answer.body == whole[start..end], "{range} sends other bytes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_ranges_and_unreadable_ones_are_answered_whole() {
    let house = House::on_sqlite().await;
    let link = link(&house, house.song(Song::default()).await, Class::Original, "orig");
    for range in ["bytes=0-1,5-6", "bytes=5-4", "items=0-1", "bytes=-"] {
        let answer = house.fetch(&link, &[("range", range)]).await;
        assert_eq!(answer.status, 200, "{range}");
        assert_eq!(answer.body.len(), original().len(), "{range}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_behind_the_end_is_a_problem_that_tells_the_size() {
    let house = House::on_sqlite().await;
    let link = link(&house, house.song(Song::default()).await, Class::Original, "orig");
    for range in ["bytes=3200017-", "bytes=9999999-99999999", "bytes=-0"] {
        let answer = house.fetch(&link, &[("range", range)]).await;
        assert_eq!(answer.code(416), "range_not_satisfiable", "{range}");
        assert_eq!(answer.headers["content-range"], "bytes */3200017", "{range}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_range_goes_on_only_with_the_same_file() {
    let house = House::on_sqlite().await;
    let link = link(&house, house.song(Song::default()).await, Class::Original, "orig");
    let tag =
        house.fetch(&link, &[("range", "bytes=0-0")]).await.headers["etag"].to_str().unwrap().to_owned();
    let with =
        async |tag: &str| house.fetch(&link, &[("range", "bytes=2-3"), ("if-range", tag)]).await.status;
    assert_eq!(with(&tag).await, 206);
    assert_eq!(with("\"other\"").await, 200);
    assert_eq!(with(&format!("W/{tag}")).await, 200);
    assert_eq!(with("Sat, 21 Nov 2026 04:00:00 GMT").await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_the_file_is_told_so() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    for (class, file) in [(Class::Original, "orig"), (Class::Hls, "hls/opus96.mp4"), (Class::Peaks, "peaks")]
    {
        let link = link(&house, track, class, file);
        let first = house.fetch(&link, &[]).await;
        let tag = first.headers["etag"].to_str().unwrap();
        let again = house.fetch(&link, &[("if-none-match", tag)]).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{file}");
        assert_eq!(again.headers["etag"], tag, "{file}");
        assert_eq!(house.fetch(&link, &[("if-none-match", "\"other\"")]).await.body, first.body, "{file}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn head_tells_what_get_would_send() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    for (class, file) in [(Class::Original, "orig"), (Class::Hls, "hls/opus.m3u8"), (Class::Peaks, "peaks")] {
        let link = link(&house, track, class, file);
        let (head, get) = (house.ask(Method::HEAD, &link, &[]).await, house.fetch(&link, &[]).await);
        assert_eq!((head.status.as_u16(), head.body.len()), (200, 0), "{file}");
        for name in ["content-length", "content-type", "cache-control"] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{name} of {file}");
        }
    }
    let unsigned = house.ask(Method::HEAD, &format!("/media/{track}/orig"), &[]).await;
    assert_eq!((unsigned.status.as_u16(), unsigned.body.len()), (403, 0));
    let posted = house.ask(Method::POST, &link(&house, track, Class::Original, "orig"), &[]).await;
    assert_eq!(posted.code(405), "wrong_method");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_waveform_is_1800_bytes() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let answer = house.fetch(house.links(track).await["peaks_url"].as_str().unwrap(), &[]).await;
    assert_eq!(answer.headers["content-type"], "application/octet-stream");
    assert_eq!(answer.body, [9; 1800]);
    let part = house.fetch(&link(&house, track, Class::Peaks, "peaks"), &[("range", "bytes=-3")]).await;
    assert_eq!((part.status.as_u16(), part.body), (206, vec![9; 3]));
    let unmeasured = house.song(Song { renditions: &[], ..Song::default() }).await;
    assert_eq!(
        house.fetch(&link(&house, unmeasured, Class::Peaks, "peaks"), &[]).await.code(404),
        "not_found"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_player_finds_its_way_from_the_first_playlist_to_the_last_segment() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    let master_link = house.links(track).await["hls_url"].as_str().unwrap().to_owned();
    let (folder, signature) = master_link.split_once("opus.m3u8?s=").unwrap();
    let master = house.fetch(&master_link, &[]).await;
    assert_eq!(master.headers["content-type"], "application/vnd.apple.mpegurl");
    assert_eq!(String::from_utf8(master.body).unwrap(), MASTER.replace("SIGNATURE", signature));
    let media = house.fetch(&format!("{folder}opus96.m3u8?s={signature}"), &[]).await;
    assert_eq!(media.headers["content-type"], "application/vnd.apple.mpegurl");
    assert_eq!(String::from_utf8(media.body).unwrap(), MEDIA.replace("SIGNATURE", signature));
    let address = format!("{folder}opus96.mp4?s={signature}");
    let segment = house.fetch(&address, &[("range", "bytes=30700-55699")]).await;
    assert_eq!(
        (segment.status.as_u16(), segment.headers["content-type"].to_str().unwrap()),
        (206, "audio/mp4")
    );
    assert!(segment.body == stream_file(Quality::Opus96)[30_700..55_700]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rendition_that_does_not_exist_is_not_found() {
    let house = House::on_sqlite().await;
    let track = house.song(Song::default()).await;
    for file in ["hls/flac.m3u8", "hls/flac16.m3u8", "hls/flac.mp4", "hls/opus96", "hls/mp3.m3u8"] {
        assert_eq!(
            house.fetch(&link(&house, track, Class::Hls, file), &[]).await.code(404),
            "not_found",
            "{file}"
        );
    }
}

const MASTER: &str = "\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=50000,AVERAGE-BANDWIDTH=40000,CODECS=\"opus\"
opus96.m3u8?s=SIGNATURE
#EXT-X-STREAM-INF:BANDWIDTH=50000,AVERAGE-BANDWIDTH=40000,CODECS=\"opus\"
opus160.m3u8?s=SIGNATURE
";

const MEDIA: &str = "\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:5
#EXT-X-MAP:URI=\"opus96.mp4?s=SIGNATURE\",BYTERANGE=\"620@0\"
#EXTINF:4.800000,
#EXT-X-BYTERANGE:30000@700
opus96.mp4?s=SIGNATURE
#EXTINF:4.800000,
#EXT-X-BYTERANGE:25000@30700
opus96.mp4?s=SIGNATURE
#EXTINF:2.400000,
#EXT-X-BYTERANGE:5000@55700
opus96.mp4?s=SIGNATURE
#EXT-X-ENDLIST
";

/// A link of a class that one may not be given by `play`.
fn link(house: &House, track: TrackId, class: Class, file: &str) -> String {
    Grant::now(house.ctx(), track, 1, None).link(house.ctx(), class, file)
}
