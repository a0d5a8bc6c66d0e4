//! The media lane: what is answered below `/media/`. Every address wants `?s=`, a signature of its class; only pictures may
//! be open.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, Method, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use hathor_core::Code;
use hathor_kit::{Ctx, Error, MediaLane, Result};
use hathor_token::Class;

use crate::{Shelf, address::Address, files::Admitted, pictures::Album};

/// The lane of one process.
pub(crate) struct Lane {
    shelf: Arc<Shelf>,
    album: Album,
}

impl Lane {
    pub(crate) fn new(shelf: Arc<Shelf>) -> Self {
        Self { shelf, album: Album::default() }
    }

    async fn find(&self, ctx: &Ctx, head: &Parts) -> Result<Response> {
        let address = Address::parse(head.uri.path())?;
        if !matches!(head.method, Method::GET | Method::HEAD) {
            return Ok(wrong_method());
        }
        let admit = |track, class| Admitted::new(ctx, &self.shelf, head, track, class);
        match address {
            Address::Original(track) => admit(track, Class::Original).await?.original().await,
            Address::Peaks(track) => admit(track, Class::Peaks).await?.peaks(),
            Address::Hls(track, file) => admit(track, Class::Hls).await?.hls(file).await,
            Address::Picture(picture, file) => self.album.answer(ctx, head, picture, file).await,
        }
    }
}

impl MediaLane for Lane {
    fn answer(self: Arc<Self>, ctx: Ctx, request: Request) -> BoxFuture<'static, Response> {
        Box::pin(async move {
            let (head, _) = request.into_parts();
            self.find(&ctx, &head).await.into_response()
        })
    }
}

fn wrong_method() -> Response {
    let mut response = Error::from(Code::WrongMethod).into_response();
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET,HEAD"));
    response
}
