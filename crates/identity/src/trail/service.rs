//! Reading the trail.

use futures_util::stream::{self, Stream};
use hathor_audit::{Entry, Origin, Subject, action};
use hathor_kit::{Ctx, Page, PageParams, Result, Viewer};
use serde_json::json;

use super::{
    csv,
    model::{Filter, Row, Wanted},
    store,
};

/// The name that cursors of this list carry.
const LIST: &str = "audit";
/// Rows read at once for a file.
const CHUNK: i64 = 500;

/// A page of the trail, newest first.
pub(super) async fn page(ctx: &Ctx, wanted: &Wanted, params: &PageParams) -> Result<Page<Row>> {
    let (filter, limit) = (wanted.read()?, params.limit()?);
    let before = params.place(ctx, LIST, i64::MAX)?;
    let rows = store::page(&ctx.db, &ctx.audit, &filter, before, limit + 1).await?;
    Ok(Page::cut(ctx, LIST, limit, rows, |row| row.seq))
}

/// Every row that is asked for, as text, a few hundred lines at a time; that somebody takes it out is written down first.
pub(super) async fn export(
    ctx: &Ctx,
    viewer: Viewer,
    origin: &Origin,
    wanted: &Wanted,
) -> Result<impl Stream<Item = Result<String>> + Send + 'static> {
    let filter = wanted.read()?;
    let asked = json!({ "actor": wanted.actor, "action": wanted.action, "subject": wanted.subject,
        "from": wanted.from, "to": wanted.to });
    let entry = Entry::by(viewer.user, action::AUDIT_EXPORTED, Subject::instance()).from(origin).with(asked);
    ctx.db.write(async |tx| ctx.audit.record(tx, ctx.now(), entry.clone()).await).await?;
    Ok(lines(ctx.clone(), filter))
}

/// How far the file has been written.
enum Place {
    Head,
    Before(i64),
    End,
}

fn lines(ctx: Ctx, filter: Filter) -> impl Stream<Item = Result<String>> + Send + 'static {
    stream::try_unfold(Place::Head, move |place| {
        let (ctx, filter) = (ctx.clone(), filter.clone());
        async move {
            match place {
                Place::Head => Ok(Some((csv::HEAD.to_owned(), Place::Before(i64::MAX)))),
                Place::Before(seq) => chunk(&ctx, &filter, seq).await,
                Place::End => Ok(None),
            }
        }
    })
}

async fn chunk(ctx: &Ctx, filter: &Filter, before: i64) -> Result<Option<(String, Place)>> {
    let rows = store::page(&ctx.db, &ctx.audit, filter, before, CHUNK).await?;
    let next = rows.last().map_or(Place::End, |row| Place::Before(row.seq));
    let text: String = rows.iter().map(csv::line).collect();
    Ok((!text.is_empty()).then_some((text, next)))
}
