//! What lies embedded in a file: tags and pictures, parsed in this process under a budget.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use lofty::{
    config::{GlobalOptions, ParseOptions, ParsingMode, apply_global_options},
    error::FileParseError,
    file::{AudioFile as _, FileType, TaggedFile, TaggedFileExt as _},
    id3::v2::{Frame, FrameId, Id3v2Tag, SynchronizedTextFrame},
    mp4::{AtomData, AtomIdent, Ilst, Mp4File},
    mpeg::MpegFile,
    probe::Probe,
    tag::{Tag, TagType},
};

/// One item of a tag may take so many bytes; covers are the largest.
const ITEM_LEN: usize = 16 << 20;
/// Bytes that are read for the text of tags. Generous: Ogg keeps covers among the text.
const TEXT_LEN: u64 = 12 << 20;
/// Bytes that are read when pictures are wanted too.
const PICTURES_LEN: u64 = 24 << 20;
/// Reads that are made: a thousand frames take a few thousand.
const READS: u32 = 1 << 16;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Text alone.
    Text,
    /// Text and pictures.
    Pictures,
}

/// Tags in the order they are to be asked, the best first.
#[derive(Default)]
pub struct Embedded {
    /// Each tag of the file: some have several.
    pub tags: Vec<Tag>,
    /// Lyrics with time stamps (SYLT), as plain lines.
    pub synced_lyrics: Option<String>,
    /// Beats per minute where they are no text (MP4's `tmpo`).
    pub tempo: Option<f64>,
}

/// Tags that are there but cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Reads what is embedded in `src`. A file without tags, or of a kind whose tags are not read here
/// (Wave64, WMA), has none.
pub fn embedded(src: &Path, want: Want) -> Result<Embedded, Unreadable> {
    // a bug in a parser must cost the tags, not the upload
    let read = || read(src, want).map_err(|_| Unreadable);
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Unreadable))
}

fn read(src: &Path, want: Want) -> Result<Embedded, FileParseError> {
    apply_global_options(GlobalOptions::new().allocation_limit(ITEM_LEN).use_custom_resolvers(false));
    let pictures = want == Want::Pictures;
    let options = ParseOptions::new()
        .read_properties(false)
        .read_cover_art(pictures)
        .parsing_mode(ParsingMode::Relaxed);
    let budget = Budget::new(File::open(src)?, if pictures { PICTURES_LEN } else { TEXT_LEN });
    let probe = Probe::new(budget).options(options).guess_file_type()?;
    match probe.file_type() {
        None => Ok(Embedded::default()),
        Some(FileType::Mpeg) => {
            let mpeg = MpegFile::read_from(&mut rewound(probe)?, options)?;
            let synced_lyrics = mpeg.id3v2().and_then(synced_lyrics);
            Ok(Embedded { tags: ranked(&mpeg.into()), synced_lyrics, tempo: None })
        }
        Some(FileType::Mp4) => {
            let mp4 = Mp4File::read_from(&mut rewound(probe)?, options)?;
            let tempo = mp4.ilst().and_then(tempo);
            Ok(Embedded { tags: ranked(&mp4.into()), synced_lyrics: None, tempo })
        }
        Some(_) => Ok(Embedded { tags: ranked(&probe.read()?), ..Embedded::default() }),
    }
}

fn rewound(probe: Probe<Budget>) -> io::Result<Budget> {
    let mut reader = probe.into_inner();
    reader.rewind()?;
    Ok(reader)
}

/// The format's own kind of tag first; `ID3v1`, which cuts everything short, last.
fn ranked(file: &TaggedFile) -> Vec<Tag> {
    let primary = file.primary_tag_type();
    let mut tags = file.tags().to_vec();
    tags.sort_by_key(|tag| match tag.tag_type() {
        kind if kind == primary => 0,
        TagType::Id3v1 => 2,
        _ => 1,
    });
    tags
}

fn synced_lyrics(tag: &Id3v2Tag) -> Option<String> {
    let frame = tag.get(&FrameId::new("SYLT").ok()?)?;
    let Frame::Binary(frame) = frame else { return None };
    let text = SynchronizedTextFrame::parse(&frame.data, frame.flags()).ok()?;
    let lines: Vec<&str> = text.content.iter().map(|(_, line)| line.trim()).collect();
    Some(lines.join("\n"))
}

fn tempo(tag: &Ilst) -> Option<f64> {
    match tag.get(&AtomIdent::Fourcc(*b"tmpo"))?.data().next()? {
        AtomData::SignedInteger(beats) => Some(f64::from(*beats)),
        AtomData::UnsignedInteger(beats) => Some(f64::from(*beats)),
        _ => None,
    }
    .filter(|&beats| beats > 0.0)
}

/// A reader that fails when too much is asked of it, whatever lengths the file claims.
struct Budget {
    file: BufReader<File>,
    bytes: u64,
    reads: u32,
}

impl Budget {
    fn new(file: File, bytes: u64) -> Self {
        Self { file: BufReader::new(file), bytes, reads: READS }
    }
}

impl Read for Budget {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let spent = || io::Error::new(io::ErrorKind::FileTooLarge, "tags are too large");
        self.reads = self.reads.checked_sub(1).ok_or_else(spent)?;
        let read = self.file.read(buffer)?;
        self.bytes = self.bytes.checked_sub(read as u64).ok_or_else(spent)?;
        Ok(read)
    }
}

impl Seek for Budget {
    /// Short ways are gone inside the buffer.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(way) => {
                self.file.seek_relative(way)?;
                self.file.stream_position()
            }
            SeekFrom::Start(_) | SeekFrom::End(_) => self.file.seek(to),
        }
    }
}
