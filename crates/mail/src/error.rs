//! What can go wrong with mail.

/// Why a letter was not sent. Tells neither addresses nor secrets: a mail server's words stay out of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another try may succeed.
    #[error("mail cannot be sent now: {0}")]
    Unavailable(String),
    /// Every other try would end the same.
    #[error("the letter is refused: {0}")]
    Refused(String),
    /// What the operator set is wrong; the sentence says what is right.
    #[error("{0}")]
    Config(&'static str),
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}
