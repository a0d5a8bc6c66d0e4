//! Every kind of file that we promise to take.

use hathor_media::{
    Container, Plan, SNIFF_LEN, probe, render, sniff, tags,
    testing::{Format, Song, album, make, twin},
};

use crate::support::{cage, folder, rendered};

fn container(format: Format) -> (Container, &'static str) {
    match format {
        Format::Flac => (Container::Flac, "flac"),
        Format::Wav => (Container::Wav, "pcm_s16le"),
        Format::Aiff => (Container::Aiff, "pcm_s16be"),
        Format::Alac => (Container::Mp4, "alac"),
        Format::Mp3 => (Container::Mp3, "mp3"),
        Format::Aac => (Container::Mp4, "aac"),
        Format::Vorbis => (Container::Ogg, "vorbis"),
        Format::Opus => (Container::Ogg, "opus"),
        Format::Wma => (Container::Asf, "wmav2"),
    }
}

#[tokio::test]
async fn a_real_song_is_the_same_in_nine_formats() {
    let Some(album) = album() else { return };
    let source = album.join("victory.ogg");
    let (_, original) = rendered(&source, &[]).await;
    let loudness = original.loudness.unwrap().integrated;
    for format in Format::ALL {
        let folder = folder();
        let twin = twin(&source, folder.path(), format);
        let bytes = std::fs::read(&twin).unwrap();
        let facts = probe(&cage().await, &twin).await.unwrap();
        assert_eq!((facts.container, facts.codec.as_str()), container(format));
        assert_eq!(sniff(&bytes[..SNIFF_LEN.min(bytes.len())]), Some(facts.container), "{format:?}");
        assert_eq!((facts.channels, facts.duration_exact), (2, true), "{format:?}");

        let (_, heard) = rendered(&twin, &[]).await;
        assert!((heard.duration - original.duration).abs() <= 0.05, "{format:?}: {}", heard.duration);
        assert!((facts.duration.unwrap() - heard.duration).abs() <= 0.05, "{format:?}: {:?}", facts.duration);
        let off = heard.loudness.unwrap().integrated - loudness;
        assert!(off.abs() <= 0.3, "{format:?}: {off} LU");

        let tags = tags(&twin, &facts);
        assert_eq!(tags.title.as_deref(), Some("Victory"), "{format:?}");
        assert_eq!(tags.artists, ["Timothy Pinkham"], "{format:?}");
        assert_eq!(tags.album.as_deref(), Some("The Battle for Wesnoth OST"), "{format:?}");
    }
}

#[tokio::test]
async fn unusual_rates_channels_and_depths_become_stereo() {
    let unusual: [(&str, &[&str], u32); 5] = [
        ("mono.flac", &["-ac", "1", "-ar", "192000"], 48_000),
        ("phone.wav", &["-ac", "1", "-ar", "8000", "-c:a", "pcm_u8"], 48_000),
        ("float.wav", &["-ac", "2", "-ar", "44100", "-c:a", "pcm_f32le"], 44_100),
        ("cinema.flac", &["-ac", "6", "-ar", "48000"], 48_000),
        ("raw.aac", &["-ac", "2", "-ar", "44100"], 44_100),
    ];
    for (name, words, rate) in unusual {
        let folder = folder();
        let words = [&["-f", "lavfi", "-i", "sine=f=300:d=2"], words].concat();
        let file = make(folder.path(), name, &words);
        let facts = probe(&cage().await, &file).await.unwrap();
        let plan = Plan::streaming(&facts);
        assert_eq!(plan.rate, rate, "{name}");
        let mut shares = Vec::new();
        let heard =
            render(&cage().await, &file, folder.path(), &plan, |share| shares.push(share)).await.unwrap();
        assert!((heard.duration - 2.0).abs() <= 0.05, "{name}: {}", heard.duration);
        assert!(shares.is_sorted() && shares.last().is_some_and(|&share| share > 0.9), "{name}: {shares:?}");
    }
}

#[tokio::test]
async fn a_guessed_length_is_not_taken_for_a_promise() {
    let folder = folder();
    let words = ["-f", "lavfi", "-i", "sine=d=3", "-write_xing", "0", "-id3v2_version", "0", "-b:a", "64k"];
    let bare = make(folder.path(), "bare.mp3", &words);
    assert!(!probe(&cage().await, &bare).await.unwrap().duration_exact);
    let counted = Song::of(Format::Mp3).write(folder.path(), "counted");
    assert!(probe(&cage().await, &counted).await.unwrap().duration_exact);
}
