//! The playlists, letter by letter.

use hathor_media::{Family, Layout, Quality, Segment, hls};

fn layout(segs: &[(u64, u32, u32)]) -> Layout {
    let segs = segs.iter().map(|&seg| Segment::from(seg)).collect();
    Layout { init_len: 734, timescale: 48_000, segs, priming: 312, frames: 546_936 }
}

#[test]
fn a_media_playlist_lists_byte_ranges_of_one_file() {
    let layout = layout(&[(1386, 60_147, 230_088), (61_533, 57_011, 230_400), (118_544, 20_480, 86_448)]);
    let expected = "\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:5
#EXT-X-MAP:URI=\"opus96.mp4?s=abc\",BYTERANGE=\"734@0\"
#EXTINF:4.793500,
#EXT-X-BYTERANGE:60147@1386
opus96.mp4?s=abc
#EXTINF:4.800000,
#EXT-X-BYTERANGE:57011@61533
opus96.mp4?s=abc
#EXTINF:1.801000,
#EXT-X-BYTERANGE:20480@118544
opus96.mp4?s=abc
#EXT-X-ENDLIST
";
    assert_eq!(hls::media_playlist(&layout, "opus96.mp4?s=abc"), expected);
}

#[test]
fn a_multivariant_playlist_offers_one_family_the_smallest_first() {
    let small = layout(&[(1000, 30_000, 96_000)]);
    // the last one is too short to count for the peak, though its rate is the highest
    let large = layout(&[(1000, 30_000, 96_000), (31_000, 50_000, 96_000), (81_000, 9000, 4800)]);
    let expected = "\
#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=120000,AVERAGE-BANDWIDTH=120000,CODECS=\"opus\"
opus96.m3u8?s=a
#EXT-X-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=173659,CODECS=\"opus\"
opus160.m3u8?s=b
";
    let variants = [(&small, "opus96.m3u8?s=a"), (&large, "opus160.m3u8?s=b")];
    assert_eq!(hls::multivariant(Family::Opus, variants), expected);
}

#[test]
fn a_layout_survives_its_table_in_few_bytes() {
    let layout = layout(&[(1386, 60_147, 230_088)]);
    let text = serde_json::to_string(&layout).unwrap();
    assert!(text.contains("[[1386,60147,230088]]"), "{text}");
    assert_eq!(serde_json::from_str::<Layout>(&text).unwrap(), layout);
}

#[test]
fn words_lead_back_to_qualities_and_families() {
    for quality in Quality::ALL {
        assert_eq!(Quality::parse(quality.as_str()), Some(quality));
        assert_eq!(Family::parse(quality.family().as_str()), Some(quality.family()));
    }
    assert_eq!((Quality::parse("mp3"), Family::parse("../opus")), (None, None));
}
