//! Pictures over HTTP. Their files are answered by the media lane.

use axum::{
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State},
    http::StatusCode,
    middleware::from_fn_with_state,
};
use hathor_core::Code;
use hathor_kit::{
    Ctx, Error, Json, Result, Verified, Viewer,
    error::Problem,
    intake,
    limits::{Budget, charge},
    links::Audience,
};
use hathor_media::PictureError;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    model::{Picture, PictureView},
    receive::{Arrived, receive},
    service,
};

pub(super) fn router() -> OpenApiRouter<Ctx> {
    OpenApiRouter::new()
        .routes(routes!(upload_picture))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(Budget::Upload, charge))
}

/// A multipart body.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "tells the shape of the body to the OpenAPI document")]
pub(crate) struct PictureForm {
    /// The file; its name may carry folders, which later help to find what it belongs to.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Upload a picture
///
/// JPEG (CMYK as well), PNG, WebP, GIF (its first frame) or BMP, told apart by content; at most 20 MB and 50 million
/// pixels, at least 64 pixels a side. Sending the same file again answers the same picture. What nothing uses is gone
/// after a day.
#[utoipa::path(post, path = "/api/pictures", tag = "pictures", security(("bearer" = [])),
    request_body(content = PictureForm, content_type = "multipart/form-data"),
    extensions(("x-policy" = json!("verified"))),
    responses((status = 201, body = PictureView), (status = 400, body = Problem), (status = 401, body = Problem), (status = 403, description = "`email_unverified`", body = Problem),
        (status = 408, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, description = "it cannot be shown as a picture, and why", body = Problem), (status = 429, body = Problem), (status = 507, body = Problem)))]
async fn upload_picture(
    State(ctx): State<Ctx>,
    Verified(viewer): Verified,
    request: Request,
) -> Result<(StatusCode, Json<PictureView>)> {
    let picture = take_in(&ctx, viewer, request).await?;
    let view = PictureView::of(&ctx, picture, Audience::Given(Some(viewer.user)));
    Ok((StatusCode::CREATED, Json(view)))
}

/// Keeps the picture that a request brings, for the viewer.
pub(crate) async fn take_in(ctx: &Ctx, viewer: Viewer, request: Request) -> Result<Picture> {
    let mut form = Multipart::from_request(request, ctx).await.map_err(|_| {
        Error::new(Code::UnsupportedType).with_detail("send multipart/form-data with a part named file")
    })?;
    let field = form.next_field().await.map_err(intake::broken_off)?;
    let field = field.ok_or_else(|| Error::new(Code::NoFile).on_field("file"))?;
    if field.name() != Some("file") {
        return Err(Error::invalid(field.name().unwrap_or("?").to_owned(), "the only field is file"));
    }
    let Arrived { source, place } = receive(ctx, field).await?;
    service::keep(ctx, viewer.user, source, Some(&place)).await?.map_err(refused)
}

fn refused(why: PictureError) -> Error {
    match why {
        PictureError::TooSmall => Error::new(Code::PictureTooSmall).on_field("file"),
        other => Error::new(Code::NotAPicture).on_field("file").with_detail(other.to_string()),
    }
}
