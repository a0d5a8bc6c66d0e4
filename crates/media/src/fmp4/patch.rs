//! The two fields that let a gapless player join tracks without a hole.
//!
//! The muxer shortens the last sample's duration to the music's end, and browsers then cut the
//! codec's tail; and they trim an Opus pre-skip twice, by codec header and by edit list. So the
//! last sample gets its full duration, and the edit list of Opus starts at 0.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::{
    boxes::{Box, boxes, u32_at},
    index::Index,
};
use crate::Family;

/// What was set.
#[derive(Debug, PartialEq, Eq)]
pub struct Patched {
    /// The last sample's duration was lengthened by so many ticks.
    pub lengthened: u32,
    /// The edit list was set to start at 0.
    pub edit: bool,
}

/// Patches a rendition in place; patching twice changes nothing more. `None` if its last fragment is not as expected.
pub fn patch(
    file: &mut (impl Read + Write + Seek),
    index: &Index,
    family: Family,
) -> io::Result<Option<Patched>> {
    let full = match family {
        Family::Opus => 960 * (index.timescale / 48_000),
        Family::Aac => 1024,
        Family::Flac => return Ok(Some(Patched { lengthened: 0, edit: false })),
    };
    let Some(field) = last_duration(file, index)? else { return Ok(None) };
    write_at(file, field.at, &full.to_be_bytes())?;
    let edit = index.edit.filter(|_| family == Family::Opus);
    if let Some((at, len)) = edit {
        write_at(file, at, &vec![0; len])?;
    }
    Ok(Some(Patched { lengthened: full.saturating_sub(field.value), edit: edit.is_some() }))
}

fn write_at(file: &mut (impl Write + Seek), at: u64, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

/// A number and where it lies in the file.
struct Field {
    at: u64,
    value: u32,
}

/// The last sample's duration.
fn last_duration(file: &mut (impl Read + Seek), index: &Index) -> io::Result<Option<Field>> {
    let Some(last) = index.segs.last() else { return Ok(None) };
    let mut segment = Vec::new();
    file.seek(SeekFrom::Start(last.offset))?;
    file.take(last.len.into()).read_to_end(&mut segment)?;
    let moof = boxes(&segment, 0).filter(|each| each.name == *b"moof").last();
    let field = moof.and_then(|moof| {
        let traf = moof.child(*b"traf")?;
        let trun = traf.children().filter(|each| each.name == *b"trun").last()?;
        in_trun(&trun).or_else(|| in_tfhd(&traf.child(*b"tfhd")?, &trun))
    });
    Ok(field.map(|Field { at, value }| Field { at: last.offset + at, value }))
}

/// In the run itself, if it lists durations.
fn in_trun(trun: &Box<'_>) -> Option<Field> {
    const DATA_OFFSET: u32 = 0x1;
    const FIRST_FLAGS: u32 = 0x4;
    const DURATION: u32 = 0x100;
    const PER_SAMPLE: [u32; 4] = [DURATION, 0x200, 0x400, 0x800];
    let flags = u32_at(trun.body, 0)?;
    let count = u32_at(trun.body, 4)?.checked_sub(1)? as usize;
    let size = |bits: &[u32]| 4 * bits.iter().filter(|&&bit| flags & bit != 0).count();
    let at = 8 + size(&[DATA_OFFSET, FIRST_FLAGS]) + count.checked_mul(size(&PER_SAMPLE))?;
    let value = u32_at(trun.body, at)?;
    (flags & DURATION != 0).then_some(Field { at: (trun.body_start + at) as u64, value })
}

/// In the fragment's default, if that speaks for one sample only.
fn in_tfhd(tfhd: &Box<'_>, trun: &Box<'_>) -> Option<Field> {
    const BASE_OFFSET: u32 = 0x1;
    const DESCRIPTION: u32 = 0x2;
    const DURATION: u32 = 0x8;
    let flags = u32_at(tfhd.body, 0)?;
    let skip = |bit, len| if flags & bit != 0 { len } else { 0 };
    let at = 8 + skip(BASE_OFFSET, 8) + skip(DESCRIPTION, 4);
    let value = u32_at(tfhd.body, at)?;
    let alone = u32_at(trun.body, 4)? == 1;
    (flags & DURATION != 0 && alone).then_some(Field { at: (tfhd.body_start + at) as u64, value })
}
