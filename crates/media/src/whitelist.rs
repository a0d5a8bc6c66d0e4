//! What ffmpeg and ffprobe may open: local files, nine demuxers, the codecs we promise.

/// Only the file itself and the pipe that carries samples; no network, no lists of files.
pub const PROTOCOLS: &str = "file,pipe";

/// Demuxers. No playlist and no script is among them.
pub const FORMATS: &str = "ogg,flac,mp3,mov,wav,w64,aiff,aac,asf";

/// Decoders of sound.
pub const CODECS: &str = "vorbis,opus,libopus,flac,mp3,mp3float,aac,alac,\
     wmav1,wmav2,wmapro,wmalossless,pcm_u8,\
     pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be";

/// Decoders of pictures that ffprobe, and only it, asks for when a file carries a cover.
pub const PICTURES: &str = "mjpeg,png,bmp,gif,webp";
