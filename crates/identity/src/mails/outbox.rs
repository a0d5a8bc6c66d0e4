//! The outbox over HTTP: what an instance without a mail server would have sent, for whoever runs it.

use axum::extract::State;
use hathor_core::{Code, Timestamp};
use hathor_kit::{Admin, Ctx, Json, Page, PageParams, Path, Query, Result, config::Mode, error::Problem};
use hathor_mail::{Mail, MessageId, Outbox, Stored};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The name that cursors of this list carry.
const LIST: &str = "outbox";

/// A letter that nobody got.
#[derive(Debug, Serialize, ToSchema)]
struct OutboxLine {
    id: MessageId,
    at: Timestamp,
    to: String,
    subject: String,
}

/// A letter that nobody got, with all it says.
#[derive(Debug, Serialize, ToSchema)]
struct OutboxLetter {
    #[serde(flatten)]
    line: OutboxLine,
    text: String,
    /// A whole document; show it where it can do nothing.
    html: String,
}

impl From<&Stored> for OutboxLine {
    fn from(letter: &Stored) -> Self {
        let at = letter.id.made_at();
        Self { id: letter.id, at, to: letter.to.clone(), subject: letter.subject.clone() }
    }
}

/// Letters in the outbox
///
/// Newest first. There is none in production, nor where letters go to a mail server.
#[utoipa::path(get, path = "/api/admin/outbox", tag = "admin", params(PageParams), security(("bearer" = [])),
    extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = Page<OutboxLine>), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
async fn list_outbox(
    State(ctx): State<Ctx>,
    _: Admin,
    Query(params): Query<PageParams>,
) -> Result<Json<Page<OutboxLine>>> {
    let (limit, before) = (params.limit()?, params.place(&ctx, LIST, MessageId::MAX)?);
    let most = usize::try_from(limit + 1).unwrap_or(0);
    let letters = outbox(&ctx)?.newest(before, most).await.map_err(away)?;
    let lines = letters.iter().map(OutboxLine::from).collect();
    Ok(Json(Page::cut(&ctx, LIST, limit, lines, |line: &OutboxLine| line.id)))
}

/// A letter in the outbox
#[utoipa::path(get, path = "/api/admin/outbox/{id}", tag = "admin", params(("id" = MessageId, Path, description = "letter")),
    security(("bearer" = [])), extensions(("x-policy" = json!("admin"))),
    responses((status = 200, body = OutboxLetter), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
async fn show_outbox(
    State(ctx): State<Ctx>,
    _: Admin,
    Path(id): Path<MessageId>,
) -> Result<Json<OutboxLetter>> {
    let letter = outbox(&ctx)?.read(id).await.map_err(away)?.ok_or(Code::NotFound)?;
    let line = OutboxLine::from(&letter);
    Ok(Json(OutboxLetter { line, text: letter.text, html: letter.html }))
}

/// Letters hold secrets, so nobody reads those of an instance on the open internet.
fn outbox(ctx: &Ctx) -> Result<&Outbox> {
    match (&ctx.mail, ctx.config.mode) {
        (Mail::Outbox(outbox), Mode::Standard) => Ok(outbox),
        (Mail::Outbox(_), Mode::Production) | (Mail::Smtp(_), _) => Err(Code::NotFound.into()),
    }
}

fn away(cause: hathor_mail::Error) -> hathor_kit::Error {
    hathor_kit::Error::new(Code::Unavailable).caused_by(cause)
}

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new().routes(routes!(list_outbox)).routes(routes!(show_outbox))
}
