//! Reading `ftyp moov sidx`: where the segments lie and how long they sound.

use std::io::{self, Read, Seek, SeekFrom};

use super::boxes::{Box, boxes, header, u32_at, u64_at};
use crate::Segment;

/// The head of a rendition is small; a larger one is not ours.
const HEAD_LEN: u64 = 4 << 20;

/// What the head of a rendition tells.
#[derive(Debug)]
pub struct Index {
    /// Bytes of `ftyp` and `moov`.
    pub init_len: u64,
    /// Ticks per second.
    pub timescale: u32,
    /// The segments.
    pub segs: Vec<Segment>,
    /// `media_time` of the edit list in ticks: the encoder's delay.
    pub priming: u32,
    /// Where that `media_time` lies, and how many bytes it has.
    pub edit: Option<(u64, usize)>,
}

/// Reads the index of a rendition; `None` if it is not one of ours or not whole.
pub fn read_index(file: &mut (impl Read + Seek)) -> io::Result<Option<Index>> {
    let head = read_head(file)?;
    let file_len = file.seek(SeekFrom::End(0))?;
    Ok(parse(&head).filter(|index| is_whole(index, file_len)))
}

/// Everything before the first fragment.
fn read_head(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut end = 0;
    loop {
        let mut start = Vec::new();
        file.seek(SeekFrom::Start(end))?;
        file.take(16).read_to_end(&mut start)?;
        match header(&start) {
            Some((len, name, _)) if name != *b"moof" && end + len <= HEAD_LEN => end += len,
            _ => break,
        }
    }
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.take(end).read_to_end(&mut head)?;
    Ok(head)
}

fn parse(head: &[u8]) -> Option<Index> {
    let top = |name: [u8; 4]| boxes(head, 0).find(|each| each.name == name);
    let (moov, sidx) = (top(*b"moov")?, top(*b"sidx")?);
    let trak = moov.child(*b"trak")?;
    let edit = trak.path(&[*b"edts", *b"elst"]).and_then(|elst| media_time(&elst));
    let (timescale, segs) = segments(&sidx)?;
    (timescale > 0 && !segs.is_empty()).then_some(Index {
        init_len: moov.end() as u64,
        timescale,
        segs,
        priming: edit.map_or(0, |(_, _, time)| time),
        edit: edit.map(|(at, len, _)| (at, len)),
    })
}

/// Place, size and value of the first `media_time` of an edit list; a pause (−1) counts as none.
fn media_time(elst: &Box<'_>) -> Option<(u64, usize, u32)> {
    let version = elst.body.first()?;
    let (at, len) = if *version == 1 { (16, 8) } else { (12, 4) };
    let time = if *version == 1 { u64_at(elst.body, at)? } else { u32_at(elst.body, at)?.into() };
    let time = u32::try_from(time).ok().filter(|&time| i32::try_from(time).is_ok())?;
    (u32_at(elst.body, 4)? == 1).then_some(((elst.body_start + at) as u64, len, time))
}

fn segments(sidx: &Box<'_>) -> Option<(u32, Vec<Segment>)> {
    let body = sidx.body;
    let timescale = u32_at(body, 8)?;
    let wide = *body.first()? == 1;
    let first = if wide { u64_at(body, 20)? } else { u32_at(body, 16)?.into() };
    let table = body.get(if wide { 28 } else { 20 }..)?;
    let count = u32_at(table, 0)? & 0xffff;
    let mut offset = (sidx.end() as u64).checked_add(first)?;
    let entries = table.get(4..)?.as_chunks::<12>().0;
    let segs = entries.iter().take(count as usize).map(|entry| {
        // the top bit of the size says that it points to another index
        let (len, dur) = (u32_at(entry, 0).filter(|len| len >> 31 == 0)?, u32_at(entry, 4)?);
        let seg = Segment { offset, len, dur };
        offset += u64::from(len);
        Some(seg)
    });
    let segs: Vec<Segment> = segs.collect::<Option<_>>()?;
    (segs.len() == count as usize).then_some((timescale, segs))
}

/// Whether the last segment ends inside the file, with at most ffmpeg's `mfra` behind it.
fn is_whole(index: &Index, file_len: u64) -> bool {
    const MFRA_LEN: u64 = 1 << 20;
    let end = index.segs.last().map_or(u64::MAX, |seg| seg.offset + u64::from(seg.len));
    end <= file_len && file_len - end <= MFRA_LEN
}
