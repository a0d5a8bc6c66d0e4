//! Answers that stay right until somebody writes: the lists that every visitor asks for are made once, not once a visitor.

use std::time::Duration;

use hathor_core::Timestamp;
use moka::sync::Cache;

use crate::{Ctx, Result, fresh::Content};

/// Bytes that may be kept.
const MOST: u64 = 8 << 20;
/// What depends on the clock is never older.
const LONGEST: Duration = Duration::from_secs(1);
/// Nor what another node may have written meanwhile.
const LONGEST_SHARED: Duration = Duration::from_millis(250);

/// Contents of answers, by what was asked.
#[derive(Debug)]
pub struct Kept(Cache<String, Entry>);

/// One content, and how many writes there had been when it was begun.
#[derive(Clone, Debug)]
struct Entry {
    content: Content,
    written: u64,
    made_at: Timestamp,
}

impl Default for Kept {
    fn default() -> Self {
        let weight =
            |key: &String, entry: &Entry| u32::try_from(key.len() + entry.content.len()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MOST).weigher(weight).time_to_live(LONGEST).build())
    }
}

impl Kept {
    /// The content that answers `key`: the one that is kept, if this node has written nothing since, or what `make` gives.
    pub async fn content(
        &self,
        ctx: &Ctx,
        key: String,
        make: impl AsyncFnOnce() -> Result<Content>,
    ) -> Result<Content> {
        let (written, made_at) = (ctx.db.written(), ctx.now());
        let longest = if ctx.db.is_shared() { LONGEST_SHARED } else { LONGEST };
        let is_right = |entry: &Entry| entry.written == written && made_at.since(entry.made_at) < longest;
        if let Some(entry) = self.0.get(&key).filter(is_right) {
            return Ok(entry.content);
        }
        let content = make().await?;
        self.0.insert(key, Entry { content: content.clone(), written, made_at });
        Ok(content)
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use hathor_db::{Error, args, on_both, sql, testing::TestDb};

    use super::*;
    use crate::testing::TestApp;

    sql! {
        MAKE: () = "create table kept_note (text text not null)";
        NOTE: () = "insert into kept_note (text) values ($1)";
    }

    /// How often a list has been made after one more question for it.
    async fn ask(ctx: &Ctx, times: &mut u8) -> u8 {
        let make = async || {
            *times += 1;
            Content::of(&*times)
        };
        assert!(ctx.kept.content(ctx, "list".to_owned(), make).await.is_ok());
        *times
    }

    on_both! {
    async fn a_content_is_made_again_after_a_write_and_when_the_clock_has_moved(db: TestDb) {
        let app = TestApp::new(db, Vec::new).await;
        let (ctx, mut made) = (&app.ctx, 0);
        assert_eq!(ask(ctx, &mut made).await, 1);
        assert_eq!(ask(ctx, &mut made).await, 1, "nothing was written");
        ctx.db.write(async |tx| tx.run(MAKE, args![]).await).await.unwrap();
        assert_eq!(ask(ctx, &mut made).await, 2, "what was written shows at once");
        let refused = ctx.db.write(async |tx| {
            tx.run(NOTE, args!["never"]).await?;
            Err::<(), _>(Error::Other("changed my mind".into()))
        });
        assert!(refused.await.is_err());
        let before = ask(ctx, &mut made).await;
        ctx.db.write(async |tx| tx.run(NOTE, args!["now"]).await).await.unwrap();
        assert_eq!(ask(ctx, &mut made).await, before + 1);
        ctx.clock.advance(LONGEST);
        assert_eq!(ask(ctx, &mut made).await, before + 2);
    }
    }
}
