//! Why a file could not become a stream.

use std::io;

/// What went wrong with one file. The text of each is a sentence for the person who uploaded it.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// No decoder of ours finds sound in it.
    #[error("this file is not audio in a format we can read")]
    NotAudio,
    /// The file says it is longer than what could be decoded.
    #[error("this file is cut off: {decoded:.1} of {declared:.1} seconds could be read")]
    Truncated {
        /// Seconds that were decoded.
        decoded: f64,
        /// Seconds that the file announces.
        declared: f64,
    },
    /// The file ends before its own headers say it does.
    #[error("this file is cut off: its end is missing")]
    Incomplete,
    /// Shorter than [`crate::SHORTEST`].
    #[error("this file is shorter than one second")]
    TooShort,
    /// Longer than [`crate::LONGEST`].
    #[error("this file is longer than twelve hours")]
    TooLong,
    /// More than eight streams.
    #[error("this file holds more than eight streams")]
    TooManyStreams,
    /// The whitelist or the cage said no.
    #[error("this file uses a format or codec that is not allowed here")]
    Refused,
    /// CPU or wall-clock limit reached.
    #[error("reading this file took too long")]
    TimedOut,
    /// The tool died or left output that is not whole; the text is for the log.
    #[error("the audio tools failed on this file")]
    Crashed(String),
    /// The disk is full, or an output outgrew its quota.
    #[error("there is no room left to convert this file")]
    StorageFull,
    /// The system failed us, not the file.
    #[error("the file could not be read or written")]
    Io(#[source] io::Error),
}

impl MediaError {
    /// Whether the same file may succeed later, since the cause may lie with this machine.
    pub fn retryable(&self) -> bool {
        match self {
            Self::TimedOut | Self::Crashed(_) | Self::StorageFull | Self::Io(_) => true,
            Self::NotAudio
            | Self::Truncated { .. }
            | Self::Incomplete
            | Self::TooShort
            | Self::TooLong
            | Self::TooManyStreams
            | Self::Refused => false,
        }
    }

    /// One word for machines.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NotAudio => "not_audio",
            Self::Truncated { .. } | Self::Incomplete => "truncated",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::TooManyStreams => "too_many_streams",
            Self::Refused => "refused",
            Self::TimedOut => "timed_out",
            Self::Crashed(_) => "crashed",
            Self::StorageFull => "storage_full",
            Self::Io(_) => "io",
        }
    }

    /// What the tool said, for the log; never for the person.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Crashed(text) => Some(text.clone()),
            Self::Io(error) => Some(error.to_string()),
            _ => None,
        }
    }
}

impl From<io::Error> for MediaError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::StorageFull,
            _ => Self::Io(error),
        }
    }
}
