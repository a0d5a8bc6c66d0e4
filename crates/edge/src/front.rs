//! From hyper's request to the app and back.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use hathor_core::Code;
use http::{HeaderValue, Request, Response, Uri, header};
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use tower::Service;

use crate::activity::{Activity, InFlight};
use crate::answer::refusal;
use crate::request_body::{Drain, Received, RequestBody};
use crate::{EdgeLimits, Lane};

/// In the extensions of each request: the other end of its connection, which may be a proxy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Peer(
    /// Address and port.
    pub SocketAddr,
);

/// What answers the requests of a listener: a router, or something around one.
pub trait App:
    Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<A> App for A where
    A: Service<Request<Body>, Response = Response<Body>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// The service of one connection.
#[derive(Clone)]
pub(crate) struct Front<A> {
    pub(crate) app: A,
    pub(crate) limits: Arc<EdgeLimits>,
    pub(crate) activity: Arc<Activity>,
    pub(crate) peer: Peer,
    /// Only HTTP/1 has one.
    pub(crate) lane: Option<Lane>,
}

impl<A: App> hyper::service::Service<Request<Incoming>> for Front<A> {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let in_flight = self.activity.request_began();
        if address_length(request.uri()) > self.limits.uri {
            let answer = refusal(Code::UriTooLong).map(|body| Answer { body, _in_flight: in_flight });
            return Box::pin(std::future::ready(Ok(answer)));
        }
        let received = Received::default();
        let request = self.prepare(request, &received);
        let answering = self.app.clone().call(request);
        Box::pin(async move {
            let Ok(mut response) = answering.await;
            if received.left_unread() {
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(response.map(|body| Answer { body, _in_flight: in_flight }))
        })
    }
}

impl<A: App> Front<A> {
    fn prepare(&self, request: Request<Incoming>, received: &Received) -> Request<Body> {
        let (mut head, incoming) = request.into_parts();
        head.extensions.insert(self.peer);
        if let Some(lane) = &self.lane {
            head.extensions.insert(lane.clone());
        }
        if incoming.is_end_stream() {
            return Request::from_parts(head, Body::empty());
        }
        head.extensions.insert(received.clone());
        let body = RequestBody::new(incoming, received.clone(), &self.limits, self.drain());
        Request::from_parts(head, Body::new(body))
    }

    fn drain(&self) -> Drain {
        match self.lane {
            Some(_) => Drain::UpTo { bytes: self.limits.drain_bytes, time: self.limits.drain_time },
            None => Drain::No,
        }
    }
}

fn address_length(uri: &Uri) -> usize {
    uri.path_and_query().map_or(0, |address| address.as_str().len())
}

/// A response body that keeps its request counted as in flight.
pub(crate) struct Answer {
    body: Body,
    _in_flight: InFlight,
}

impl http_body::Body for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
