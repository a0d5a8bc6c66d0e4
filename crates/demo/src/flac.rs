//! FLAC with tags and a cover.

use std::io::{Cursor, Seek, SeekFrom};

use flacenc::{bitsink::ByteSink, component::BitRepr, error::Verify, source::MemSource};
use lofty::{
    config::{ParseOptions, WriteOptions},
    file::AudioFile,
    flac::FlacFile,
    ogg::{OggPictureStorage, tag::VorbisComments},
    picture::{MimeType, Picture, PictureInformation, PictureType},
};

use crate::sound::{RATE, Stem};

/// What a file says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Tags<'a> {
    /// Names and values of Vorbis comments.
    pub fields: &'a [(&'a str, &'a str)],
    /// The front cover, a PNG.
    pub cover: Option<&'a [u8]>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The encoder refused.
    #[error("encoding: {0}")]
    Encode(String),
    /// The tags could not be written.
    #[error("tags: {0}")]
    Tags(String),
}

impl EncodeError {
    fn tags(why: impl std::fmt::Display) -> Self {
        Self::Tags(why.to_string())
    }
}

/// `stem` as a 16-bit FLAC file.
pub fn encode(stem: &Stem, tags: Tags<'_>) -> Result<Vec<u8>, EncodeError> {
    let config = flacenc::config::Encoder::default()
        .into_verified()
        .map_err(|(_, why)| EncodeError::Encode(why.to_string()))?;
    let samples: Vec<i32> = stem.0.iter().map(|sample| i32::from(*sample)).collect();
    let source = MemSource::from_samples(&samples, 2, 16, RATE as usize);
    let stream = flacenc::encode_with_fixed_block_size(&config, source, config.block_size)
        .map_err(|why| EncodeError::Encode(why.to_string()))?;
    let mut sink = ByteSink::new();
    stream.write(&mut sink).map_err(|why| EncodeError::Encode(why.to_string()))?;
    tag(sink.into_inner(), tags)
}

fn tag(bytes: Vec<u8>, tags: Tags<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut file = Cursor::new(bytes);
    let mut flac = FlacFile::read_from(&mut file, ParseOptions::new()).map_err(EncodeError::tags)?;
    let mut comments = VorbisComments::default();
    for (name, value) in tags.fields {
        comments.push((*name).to_owned(), (*value).to_owned());
    }
    flac.set_vorbis_comments(comments);
    if let Some(cover) = tags.cover {
        let picture = Picture::unchecked(cover.to_vec())
            .pic_type(PictureType::CoverFront)
            .mime_type(MimeType::Png)
            .build();
        flac.insert_picture(picture, Some(PictureInformation::default())).map_err(EncodeError::tags)?;
    }
    file.seek(SeekFrom::Start(0)).map_err(EncodeError::tags)?;
    // room to spare is for those who edit tags in place
    flac.save_to(&mut file, WriteOptions::new().preferred_padding(0)).map_err(EncodeError::tags)?;
    Ok(file.into_inner())
}
