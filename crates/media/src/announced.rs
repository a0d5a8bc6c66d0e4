//! What headers announce beyond what ffprobe tells: whether the length is exact, and whether the
//! file is all there. ffprobe takes a file that was cut off for a shorter one.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

use crate::{Container, SNIFF_LEN};

/// The longest page of Ogg: a header, 255 lengths and 255 segments of 255 bytes.
const OGG_PAGE: u64 = 27 + 255 + 255 * 255;

/// Whether the container tells its length rather than leaving ffprobe to guess.
pub fn is_exact(container: Container, codec: &str, src: &Path) -> io::Result<bool> {
    match container {
        Container::Aac => Ok(false),
        Container::Mp3 if codec == "mp3" => has_xing(src),
        Container::Flac
        | Container::Ogg
        | Container::Mp3
        | Container::Mp4
        | Container::Wav
        | Container::W64
        | Container::Aiff
        | Container::Asf => Ok(true),
    }
}

/// Whether the first MPEG frame is a table of contents (Xing, Info or VBRI), which counts the frames.
fn has_xing(src: &Path) -> io::Result<bool> {
    let mut file = File::open(src)?;
    let mut start = [0; 10];
    file.read_exact(&mut start)?;
    let skip = if start.starts_with(b"ID3") { id3_len(start) } else { 0 };
    file.seek(SeekFrom::Start(skip))?;
    let mut frame = Vec::new();
    file.take(2 * SNIFF_LEN as u64).read_to_end(&mut frame)?;
    Ok([b"Xing", b"Info", b"VBRI"].iter().any(|name| frame.windows(4).any(|four| four == *name)))
}

/// Length of an ID3v2 tag with its header: 7 bits a byte.
fn id3_len([.., a, b, c, d]: [u8; 10]) -> u64 {
    10 + [a, b, c, d].into_iter().fold(0, |len, byte| len << 7 | u64::from(byte & 0x7f))
}

/// Whether the file is as long as it says, or nearly so; true where it does not say. The others
/// announce a duration, which is held against what was decoded.
pub fn is_whole(container: Container, src: &Path) -> io::Result<bool> {
    let mut file = File::open(src)?;
    let there = file.metadata()?.len();
    match container {
        Container::Ogg => ends_with_a_page(file, there),
        Container::Wav | Container::W64 | Container::Asf => {
            let mut head = Vec::new();
            file.by_ref().take(SNIFF_LEN as u64).read_to_end(&mut head)?;
            let announced = announced_len(container, &head).unwrap_or(0);
            Ok(there >= announced - announced / 20)
        }
        Container::Flac | Container::Mp3 | Container::Mp4 | Container::Aiff | Container::Aac => Ok(true),
    }
}

/// Bytes of the whole file. Writers that could not seek back leave all bits or none.
fn announced_len(container: Container, head: &[u8]) -> Option<u64> {
    match container {
        Container::Wav => {
            let len = u32::from_le_bytes(head.get(4..8)?.try_into().ok()?);
            (len != u32::MAX).then_some(u64::from(len) + 8)
        }
        Container::W64 => u64_le(head, 16),
        Container::Asf => {
            const FILE_PROPERTIES: &[u8] =
                b"\xa1\xdc\xab\x8c\x47\xa9\xcf\x11\x8e\xe4\x00\xc0\x0c\x20\x53\x65";
            let at = head.windows(16).position(|guid| guid == FILE_PROPERTIES)?;
            u64_le(head, at + 40)
        }
        _ => None,
    }
}

fn u64_le(bytes: &[u8], at: usize) -> Option<u64> {
    let number = u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?);
    // more than any disk holds is no length
    (number < 1 << 48).then_some(number)
}

/// Whether the last page of Ogg is all there. It need not be marked as the last: recordings of
/// streams never are.
fn ends_with_a_page(mut file: File, there: u64) -> io::Result<bool> {
    let mut tail = Vec::new();
    file.seek(SeekFrom::Start(there.saturating_sub(2 * OGG_PAGE)))?;
    file.take(2 * OGG_PAGE).read_to_end(&mut tail)?;
    let last = tail.windows(4).rposition(|mark| mark == b"OggS");
    Ok(last
        .and_then(|at| tail.get(at..))
        .is_some_and(|page| page_len(page).is_some_and(|len| len <= page.len())))
}

fn page_len(page: &[u8]) -> Option<usize> {
    let segments = usize::from(*page.get(26)?);
    let lengths = page.get(27..27 + segments)?;
    Some(27 + segments + lengths.iter().map(|&len| usize::from(len)).sum::<usize>())
}
