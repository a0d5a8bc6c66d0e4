//! Boxes: a length, a name, a body. Every access is checked, so that no input can panic.

/// A box inside a buffer.
#[derive(Clone, Copy, Debug)]
pub struct Box<'a> {
    /// Its four letters.
    pub name: [u8; 4],
    /// Offset of its body.
    pub body_start: usize,
    /// Its body.
    pub body: &'a [u8],
}

impl<'a> Box<'a> {
    /// The boxes in its body.
    pub fn children(&self) -> Boxes<'a> {
        Boxes { rest: self.body, at: self.body_start }
    }

    /// The first child called `name`.
    pub fn child(&self, name: [u8; 4]) -> Option<Self> {
        self.children().find(|each| each.name == name)
    }

    /// The descendant reached by `names`.
    pub fn path(&self, names: &[[u8; 4]]) -> Option<Self> {
        names.iter().try_fold(*self, |parent, &name| parent.child(name))
    }

    /// Offset just behind it.
    pub fn end(&self) -> usize {
        self.body_start + self.body.len()
    }
}

/// The boxes of `buffer`, the first of which lies at `at` of its file. Ends at the first that is not whole.
pub fn boxes(buffer: &[u8], at: usize) -> Boxes<'_> {
    Boxes { rest: buffer, at }
}

/// Iterates over boxes.
#[derive(Clone, Debug)]
pub struct Boxes<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Boxes<'a> {
    type Item = Box<'a>;

    fn next(&mut self) -> Option<Box<'a>> {
        let (len, name, header) = header(self.rest)?;
        let len = usize::try_from(len).ok()?;
        let (whole, rest) = self.rest.split_at_checked(len)?;
        let body_start = self.at + header;
        self.rest = rest;
        self.at += len;
        Some(Box { name, body_start, body: whole.get(header..)? })
    }
}

/// Length (with the header), name and header length of the box that `bytes` starts with.
pub fn header(bytes: &[u8]) -> Option<(u64, [u8; 4], usize)> {
    let short = u32_at(bytes, 0)?;
    let name = bytes.get(4..8)?.try_into().ok()?;
    match short {
        1 => Some((u64_at(bytes, 8).filter(|&len| len >= 16)?, name, 16)),
        8.. => Some((short.into(), name, 8)),
        _ => None,
    }
}

/// Big-endian number of 32 bits at `at`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Big-endian number of 64 bits at `at`.
pub fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_be_bytes(bytes.get(at..at + 8)?.try_into().ok()?))
}
