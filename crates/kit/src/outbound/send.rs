//! Making a call.

use std::{error::Error as _, fmt, net::SocketAddr, sync::Arc, time::Duration};

use http::{HeaderMap, Method, Request, Response, Uri, header};
use reqwest::{
    Client,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect,
};
use tokio::sync::OnceCell;
use url::Url;

use super::{Network, OutboundError, Redirects, Terms};

const CONNECT: Duration = Duration::from_secs(5);
/// Redirects of one call.
const MOST_HOPS: usize = 3;
const USER_AGENT: &str = concat!("Hathor/", env!("CARGO_PKG_VERSION"));

/// The client: cheap to clone, made when it is first used.
#[derive(Clone, Debug, Default)]
pub struct Outbound(Arc<Clients>);

#[derive(Debug, Default)]
struct Clients {
    internet: OnceCell<Client>,
    own: OnceCell<Client>,
}

impl Outbound {
    /// Makes a call under `terms`. Any status is an answer.
    pub async fn send(
        &self,
        request: Request<Vec<u8>>,
        terms: &Terms,
    ) -> Result<Response<Vec<u8>>, OutboundError> {
        let call = self.follow(request, terms);
        tokio::time::timeout(terms.within, call).await.unwrap_or(Err(OutboundError::TooSlow))
    }

    async fn follow(
        &self,
        mut request: Request<Vec<u8>>,
        terms: &Terms,
    ) -> Result<Response<Vec<u8>>, OutboundError> {
        let client = self.client(terms.network()).await?;
        for _ in 0..=MOST_HOPS {
            let url = address(request.uri())?;
            terms.judge(&url)?;
            let sent = reqwest::Request::try_from(request.clone()).map_err(|e| failed(&e))?;
            let response = client.execute(sent).await.map_err(|e| failed(&e))?;
            match next_hop(&url, &response)? {
                None => return read(response, terms.most_bytes).await,
                Some(next) => request = sent_on(&request, &url, &next, terms.redirects)?,
            }
        }
        Err(OutboundError::Redirected(format!("more than {MOST_HOPS} times")))
    }

    async fn client(&self, network: Network) -> Result<&Client, OutboundError> {
        let cell = match network {
            Network::Internet => &self.0.internet,
            Network::Own => &self.0.own,
        };
        cell.get_or_try_init(async || build(network)).await.map_err(|e| failed(&e))
    }
}

fn build(network: Network) -> reqwest::Result<Client> {
    // an error means that one is installed already
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(CONNECT)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .https_only(network == Network::Internet)
        .dns_resolver(Arc::new(Guarded(network)))
        .build()
}

/// Finds addresses, and refuses a name that has even one it may not lead to.
struct Guarded(Network);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let network = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().all(|address| network.admits(address.ip())) {
                Ok(Box::new(found.into_iter()) as Addrs)
            } else {
                Err(Forbidden.into())
            }
        })
    }
}

/// A name that leads into a network it may not lead to.
#[derive(Debug)]
struct Forbidden;

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("its network")
    }
}

impl std::error::Error for Forbidden {}

/// The address is left out of the message: a query may hold a secret.
fn failed(error: &reqwest::Error) -> OutboundError {
    let mut cause = error.source();
    let mut last = None;
    while let Some(inner) = cause {
        if inner.is::<Forbidden>() {
            return OutboundError::Refused(Forbidden.to_string());
        }
        (last, cause) = (Some(inner), inner.source());
    }
    OutboundError::Unreachable(last.map_or_else(|| "the request failed".to_owned(), ToString::to_string))
}

fn address(uri: &Uri) -> Result<Url, OutboundError> {
    Url::parse(&uri.to_string()).map_err(|e| OutboundError::Refused(e.to_string()))
}

/// Where an answer sends us on to.
fn next_hop(from: &Url, response: &reqwest::Response) -> Result<Option<Url>, OutboundError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
    let to = to.ok_or_else(|| OutboundError::Redirected("without an address".to_owned()))?;
    from.join(to).map(Some).map_err(|e| OutboundError::Redirected(e.to_string()))
}

/// Only what has no body is sent on. On another origin nobody is told who we are.
fn sent_on(
    request: &Request<Vec<u8>>,
    from: &Url,
    to: &Url,
    redirects: Redirects,
) -> Result<Request<Vec<u8>>, OutboundError> {
    let refuse = |why: &str| Err(OutboundError::Redirected(why.to_owned()));
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return refuse("a call that changes something");
    }
    let leaves = from.origin() != to.origin();
    if leaves && redirects == Redirects::SameOrigin {
        return refuse("to another origin");
    }
    if from.scheme() == "https" && to.scheme() != "https" {
        return refuse("out of TLS");
    }
    let mut next = request.clone();
    *next.uri_mut() = to.as_str().parse().map_err(|_| OutboundError::Redirected("nowhere".to_owned()))?;
    if leaves {
        forget_who_we_are(next.headers_mut());
    }
    Ok(next)
}

fn forget_who_we_are(headers: &mut HeaderMap) {
    for name in [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE] {
        headers.remove(name);
    }
}

/// Reads the whole answer, counting what it unpacks to.
async fn read(mut response: reqwest::Response, most: usize) -> Result<Response<Vec<u8>>, OutboundError> {
    let mut answer = Response::new(Vec::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = response.headers().clone();
    while let Some(chunk) = response.chunk().await.map_err(|e| failed(&e))? {
        if answer.body().len() + chunk.len() > most {
            return Err(OutboundError::TooLarge);
        }
        answer.body_mut().extend_from_slice(&chunk);
    }
    Ok(answer)
}
