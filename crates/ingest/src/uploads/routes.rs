//! Uploads over HTTP.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    http::StatusCode,
    middleware::from_fn_with_state,
};
use hathor_core::{Code, TrackId};
use hathor_kit::{
    Ctx, Error, Json, Path, Result, Verified, Viewer,
    error::Problem,
    intake::broken_off,
    limits::{Budget, charge},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    receive::receive,
    service::{self, Uploaded},
};
use crate::pipeline;

pub(crate) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(upload_files))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Budget::Upload, charge))
        .routes(routes!(retry_track))
}

/// A multipart body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "tells the shape of the body to the OpenAPI document")]
struct UploadForm {
    /// One part a file.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// Upload one or more files
///
/// Each becomes a private track on its way to `ready`. A file is taken or refused by itself, told apart by its content:
/// FLAC, WAV, AIFF, ALAC, MP3, AAC, Vorbis, Opus, WMA. What is answered with 202 is on the disk.
#[utoipa::path(post, path = "/api/uploads", tag = "uploads", security(("bearer" = [])),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    extensions(("x-policy" = json!("verified"))),
    responses((status = 202, body = Uploaded), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, description = "`email_unverified`", body = Problem),
        (status = 408, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "every file was refused", body = Problem), (status = 429, body = Problem), (status = 507, body = Problem)))]
async fn upload_files(
    State(ctx): State<Ctx>,
    Verified(viewer): Verified,
    request: Request,
) -> Result<(StatusCode, Json<Uploaded>)> {
    let mut form = Multipart::from_request(request, &ctx).await.map_err(|_| {
        Error::new(Code::UnsupportedType).with_detail("send multipart/form-data with a part named file")
    })?;
    let mut files = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken_off)? {
        if field.name() != Some("file") {
            return Err(Error::invalid(field.name().unwrap_or("?").to_owned(), "the only field is file"));
        }
        if files.len() == ctx.config.uploads.max_files {
            return Err(Error::invalid("file", format!("at most {} files at once", files.len())));
        }
        files.push(receive(&ctx, field).await?);
    }
    let uploaded = service::accept(&ctx, viewer, files).await?;
    Ok((StatusCode::ACCEPTED, Json(uploaded)))
}

/// Try a track again that failed for a passing reason
#[utoipa::path(post, path = "/api/tracks/{id}/retry", tag = "uploads", params(("id" = TrackId, Path, description = "track")), security(("bearer" = [])),
    extensions(("x-policy" = json!("owner"))),
    responses((status = 202), (status = 401, body = Problem), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, description = "it did not fail, or not for a passing reason", body = Problem)))]
async fn retry_track(State(ctx): State<Ctx>, viewer: Viewer, Path(id): Path<TrackId>) -> Result<StatusCode> {
    pipeline::retry(&ctx, viewer, id).await?;
    Ok(StatusCode::ACCEPTED)
}
