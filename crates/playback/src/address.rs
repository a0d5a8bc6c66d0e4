//! The addresses below `/media/`.

use std::str::FromStr;

use hathor_core::{Code, PictureId, TrackId};

/// What an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Address<'a> {
    /// `{track}/orig`: the file as it was sent.
    Original(TrackId),
    /// `{track}/peaks`: the waveform.
    Peaks(TrackId),
    /// `{track}/hls/{file}`: playlists, and the renditions they point into.
    Hls(TrackId, &'a str),
    /// `pictures/{picture}/{file}`.
    Picture(PictureId, &'a str),
}

impl<'a> Address<'a> {
    /// Reads a path, in which nothing we name has to be escaped.
    pub(crate) fn parse(path: &'a str) -> Result<Self, Code> {
        let mut words = path.strip_prefix("/media/").ok_or(Code::UnknownRoute)?.split('/');
        match [(); 4].map(|()| words.next()) {
            [Some("pictures"), Some(picture), Some(file), None] => Ok(Self::Picture(id(picture)?, file)),
            [Some(track), Some("orig"), None, None] => Ok(Self::Original(id(track)?)),
            [Some(track), Some("peaks"), None, None] => Ok(Self::Peaks(id(track)?)),
            [Some(track), Some("hls"), Some(file), None] => Ok(Self::Hls(id(track)?, file)),
            _ => Err(Code::UnknownRoute),
        }
    }
}

fn id<T: FromStr>(text: &str) -> Result<T, Code> {
    text.parse().map_err(|_| Code::MalformedId)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0197a4b2c3d47e8f90a1b2c3d4e5f607";

    #[test]
    fn each_address_names_one_thing() {
        let (track, picture) = (ID.parse().unwrap(), ID.parse().unwrap());
        for (path, address) in [
            ("orig", Address::Original(track)),
            ("peaks", Address::Peaks(track)),
            ("hls/opus.m3u8", Address::Hls(track, "opus.m3u8")),
        ] {
            assert_eq!(Address::parse(&format!("/media/{ID}/{path}")), Ok(address));
        }
        let cover = format!("/media/pictures/{ID}/640.webp");
        assert_eq!(Address::parse(&cover), Ok(Address::Picture(picture, "640.webp")));
    }

    #[test]
    fn everything_else_names_nothing() {
        for path in [
            "",
            "orig",
            "x/original",
            "x/orig/",
            "x/orig/y",
            "x/hls",
            "x/hls/a/b",
            "pictures/x",
            "x/peaks/y/z/a",
        ] {
            assert_eq!(Address::parse(&format!("/media/{path}")), Err(Code::UnknownRoute), "{path}");
        }
        for path in ["x/orig", "%00/peaks", "../hls/opus.m3u8", "pictures/x/640.webp"] {
            assert_eq!(Address::parse(&format!("/media/{path}")), Err(Code::MalformedId), "{path}");
        }
    }
}
