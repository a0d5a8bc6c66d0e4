//! Files of every kind, made by ffmpeg on the spot.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use image::{ImageFormat, RgbImage};

/// A kind of file that we accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// FLAC.
    Flac,
    /// WAV of 16 bits.
    Wav,
    /// AIFF of 16 bits, tags in ID3v2.
    Aiff,
    /// ALAC in MP4.
    Alac,
    /// MP3, tags in ID3v2.3.
    Mp3,
    /// AAC in MP4.
    Aac,
    /// Vorbis in Ogg.
    Vorbis,
    /// Opus in Ogg, 48 kHz.
    Opus,
    /// WMA in ASF.
    Wma,
}

impl Format {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Flac,
        Self::Wav,
        Self::Aiff,
        Self::Alac,
        Self::Mp3,
        Self::Aac,
        Self::Vorbis,
        Self::Opus,
        Self::Wma,
    ];

    /// The usual file name extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Flac => "flac",
            Self::Wav => "wav",
            Self::Aiff => "aiff",
            Self::Alac | Self::Aac => "m4a",
            Self::Mp3 => "mp3",
            Self::Vorbis => "ogg",
            Self::Opus => "opus",
            Self::Wma => "wma",
        }
    }

    /// ffmpeg's words for it.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Flac => &["-c:a", "flac", "-sample_fmt", "s16"],
            Self::Wav => &["-c:a", "pcm_s16le"],
            Self::Aiff => &["-c:a", "pcm_s16be", "-write_id3v2", "1"],
            Self::Alac => &["-c:a", "alac", "-sample_fmt", "s16p"],
            Self::Mp3 => &["-c:a", "libmp3lame", "-b:a", "192k", "-id3v2_version", "3"],
            Self::Aac => &["-c:a", "aac", "-b:a", "192k"],
            Self::Vorbis => &["-c:a", "libvorbis", "-q:a", "5"],
            Self::Opus => &["-c:a", "libopus", "-b:a", "128k"],
            Self::Wma => &["-c:a", "wmav2", "-b:a", "192k"],
        }
    }
}

/// A song to be made: two tones that swell, never the same in both channels.
#[derive(Clone, Copy, Debug)]
pub struct Song<'a> {
    /// The kind of file.
    pub format: Format,
    /// Length in seconds.
    pub seconds: f64,
    /// Keys and values, by ffmpeg's names (`title`, `artist`, `album`, `date`, `track`, …).
    pub tags: &'a [(&'a str, &'a str)],
    /// A PNG or JPEG to embed; ffmpeg can do so in FLAC, MP3, AIFF and MP4.
    pub cover: Option<&'a Path>,
}

impl Song<'_> {
    /// Two seconds of `format`, without tags and cover.
    pub fn of(format: Format) -> Self {
        Self { format, seconds: 2.0, tags: &[], cover: None }
    }

    /// Writes it to `folder/name.extension`.
    pub fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let sound = format!(
            "aevalsrc=0.4*sin(440*2*PI*t)*(0.6+0.4*sin(3*t))|0.3*sin(660*2*PI*t)*(0.6+0.4*cos(2*t)):s=44100:d={}",
            self.seconds
        );
        let mut words: Vec<String> = ["-f", "lavfi", "-i", &sound].map(str::to_owned).into();
        if let Some(cover) = self.cover {
            let cover = cover.display().to_string();
            words.extend(["-i", &cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy"].map(str::to_owned));
            words.extend(["-disposition:v", "attached_pic"].map(str::to_owned));
        }
        for (key, value) in self.tags {
            words.extend(["-metadata".to_owned(), format!("{key}={value}")]);
        }
        words.extend(self.format.words().iter().map(|&word| word.to_owned()));
        make(folder, &format!("{name}.{}", self.format.extension()), &words)
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let folder = tempfile::tempdir().expect("a folder for a song");
        fs::read(self.write(folder.path(), "song")).expect("the song that was written")
    }
}

/// Writes the sound of `source` to `folder/twin.extension` in another format, tags with it.
pub fn twin(source: &Path, folder: &Path, format: Format) -> PathBuf {
    let mut words: Vec<&OsStr> = ["-i".as_ref(), source.as_os_str()].into();
    // Ogg keeps its tags in the stream, most others in the file
    words.extend(["-map", "0:a", "-map_metadata", "0:s:0"].map(OsStr::new));
    words.extend(format.words().iter().map(OsStr::new));
    make(folder, &format!("twin.{}", format.extension()), &words)
}

/// Writes `folder/name` by ffmpeg with these arguments before it.
pub fn make<S: AsRef<OsStr>>(folder: &Path, name: &str, words: &[S]) -> PathBuf {
    let path = folder.join(name);
    let words = words.iter().map(AsRef::as_ref).chain(["-y".as_ref(), path.as_os_str()]);
    ffmpeg(words);
    path
}

/// Runs ffmpeg uncaged, as a reference; what it prints to its standard output.
pub fn ffmpeg<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Vec<u8> {
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-hide_banner", "-v", "error"]).args(words);
    let output = command.output().expect("ffmpeg is installed");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A colourful PNG.
pub fn picture(width: u32, height: u32) -> Vec<u8> {
    let colour = |at: u32, side: u32| u8::try_from(at * 255 / side.max(1)).unwrap_or(255);
    let image =
        RgbImage::from_fn(width, height, |x, y| image::Rgb([colour(x, width), colour(y, height), 90]));
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, ImageFormat::Png).expect("a PNG in memory");
    png.into_inner()
}
