//! Letters of the outbox, read back: for people who look at what an instance at home would have sent.

use std::{fs, io};

use mail_parser::MessageParser;

use crate::{Error, MessageId, Outbox};

/// The largest file that is read.
const LONGEST: u64 = 1 << 20;

/// A letter that lies in the outbox.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// Its id, which tells when it was made.
    pub id: MessageId,
    /// Who was to get it.
    pub to: String,
    /// One line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

impl Outbox {
    /// At most `most` letters older than `before`, newest first.
    pub async fn newest(&self, before: MessageId, most: usize) -> Result<Vec<Stored>, Error> {
        let outbox = self.clone();
        blocking(move || {
            let mut ids = outbox.ids()?;
            ids.retain(|id| *id < before);
            ids.sort_by(|a, b| b.cmp(a));
            Ok(ids.into_iter().filter_map(|id| outbox.load(id).ok().flatten()).take(most).collect())
        })
        .await
    }

    /// The letter called `id`, if it is there and can be read.
    pub async fn read(&self, id: MessageId) -> Result<Option<Stored>, Error> {
        let outbox = self.clone();
        blocking(move || outbox.load(id)).await
    }

    fn ids(&self) -> io::Result<Vec<MessageId>> {
        let letters = self.letters()?;
        Ok(letters.iter().filter_map(|path| path.file_stem()?.to_str()?.parse().ok()).collect())
    }

    fn load(&self, id: MessageId) -> io::Result<Option<Stored>> {
        let path = self.path(id);
        match fs::metadata(&path) {
            Ok(meta) if meta.len() <= LONGEST => Ok(parse(id, &fs::read(path)?)),
            Ok(_) => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn parse(id: MessageId, bytes: &[u8]) -> Option<Stored> {
    let letter = MessageParser::default().parse(bytes)?;
    let to = letter.to().and_then(|to| to.first()).and_then(|to| to.address());
    let body = |text: Option<std::borrow::Cow<'_, str>>| text.unwrap_or_default().replace("\r\n", "\n");
    Some(Stored {
        id,
        to: to.unwrap_or_default().to_owned(),
        subject: letter.subject().unwrap_or_default().to_owned(),
        text: body(letter.body_text(0)),
        html: body(letter.body_html(0)),
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Error::Unavailable(error.to_string()))??)
}
