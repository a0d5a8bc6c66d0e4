//! Sending a signed request: time-outs, a few more tries, and what the answer means.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, redirect};
use rusty_s3::{Bucket, Credentials, S3Action};

use super::S3Credentials;
use crate::Error;

/// A signature is used at once; this covers clocks that differ.
const SIGNED_FOR: Duration = Duration::from_mins(5);
const CONNECT: Duration = Duration::from_secs(5);
/// The longest silence: in an answer, and before it while a part of 16 MiB goes out (2.3 Mbit/s or more).
const SILENCE: Duration = Duration::from_mins(1);
/// Pauses before the second, third and fourth try.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(300), Duration::from_millis(900)];

/// A bucket, and the means to ask it.
pub(super) struct Sender {
    pub bucket: Bucket,
    pub credentials: Credentials,
    client: Client,
}

impl Sender {
    pub(super) fn new(bucket: Bucket, credentials: &S3Credentials) -> Result<Self, Error> {
        // an error means that one is installed already
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .connect_timeout(CONNECT)
            .read_timeout(SILENCE)
            .redirect(redirect::Policy::none())
            .no_proxy()
            // sizes and ranges are those of the stored bytes
            .no_gzip()
            .build()?;
        // revealed to the signer alone
        let (access, secret) = (credentials.access_key.reveal(), credentials.secret_key.reveal());
        Ok(Self { bucket, credentials: Credentials::new(access, secret), client })
    }

    /// Asks until the bucket answers well, refuses, or has failed four times.
    pub(super) async fn send<'a, A: S3Action<'a>>(
        &self,
        action: &A,
        dress: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Error> {
        self.ask(action, dress).await.and_then(accept)
    }

    /// The same, with refusals as they are.
    pub(super) async fn ask<'a, A: S3Action<'a>>(
        &self,
        action: &A,
        dress: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, Error> {
        for pause in PAUSES {
            let answer = self.once(action, &dress).await;
            if !is_passing(&answer) {
                return Ok(answer?);
            }
            tokio::time::sleep(pause).await;
        }
        Ok(self.once(action, &dress).await?)
    }

    /// Asks once.
    pub(super) async fn once<'a, A: S3Action<'a>>(
        &self,
        action: &A,
        dress: impl Fn(RequestBuilder) -> RequestBuilder,
    ) -> Result<Response, reqwest::Error> {
        let request = self.client.request(method(A::METHOD), action.sign(SIGNED_FOR));
        dress(request).send().await
    }
}

/// Whether another try may help: no connection, no answer in time, or a server in trouble.
fn is_passing(answer: &Result<Response, reqwest::Error>) -> bool {
    match answer {
        Ok(response) => matches!(response.status().as_u16(), 429 | 500 | 502 | 503 | 504),
        Err(error) => error.is_connect() || error.is_timeout() || error.is_request(),
    }
}

/// What the answer's status means.
pub(super) fn accept(response: Response) -> Result<Response, Error> {
    match response.status() {
        status if status.is_success() => Ok(response),
        StatusCode::NOT_FOUND => Err(Error::NotFound),
        StatusCode::RANGE_NOT_SATISFIABLE => Err(Error::OutOfRange),
        StatusCode::INSUFFICIENT_STORAGE => Err(Error::StorageFull),
        status => Err(Error::Unavailable(format!("the bucket answered {status}").into())),
    }
}

const fn method(method: rusty_s3::Method) -> Method {
    match method {
        rusty_s3::Method::Head => Method::HEAD,
        rusty_s3::Method::Get => Method::GET,
        rusty_s3::Method::Post => Method::POST,
        rusty_s3::Method::Put => Method::PUT,
        rusty_s3::Method::Delete => Method::DELETE,
    }
}
