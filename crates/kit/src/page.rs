//! Pages: `?limit=` and `?cursor=` in, `{items, next_cursor}` out.

use hathor_core::Code;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::{IntoParams, ToSchema};

use crate::{Ctx, Error, Result};

/// How many a page holds unless asked.
const USUAL: i64 = 50;

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T: ToSchema> {
    /// What is on it, in the list's order.
    pub items: Vec<T>,
    /// Hand this back as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
}

/// Which page is asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct PageParams {
    /// 1 to 100, 50 unless given.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl PageParams {
    /// How many rows the page holds.
    pub fn limit(&self) -> Result<i64> {
        match self.limit {
            None => Ok(USUAL),
            Some(limit @ 1..=100) => Ok(limit),
            Some(_) => Err(Error::invalid("limit", "between 1 and 100")),
        }
    }

    /// Where the page before ended in `list`, or `start`.
    pub fn place<P: DeserializeOwned>(&self, ctx: &Ctx, list: &str, start: P) -> Result<P> {
        match &self.cursor {
            None => Ok(start),
            Some(cursor) => ctx
                .keys
                .cursors
                .open(list, cursor)
                .map_err(|_| Error::new(Code::MalformedCursor).on_field("cursor")),
        }
    }
}

impl<T: ToSchema> Page<T> {
    /// Makes the page of `list` from at most `limit + 1` rows: one more than fits says that another page follows.
    pub fn cut<P: Serialize>(
        ctx: &Ctx,
        list: &str,
        limit: i64,
        mut items: Vec<T>,
        place: impl Fn(&T) -> P,
    ) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = items.last().filter(|_| more).map(|last| ctx.keys.cursors.seal(list, &place(last)));
        Self { items, next_cursor }
    }
}
