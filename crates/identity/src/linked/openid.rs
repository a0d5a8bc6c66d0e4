//! What is known of a provider with OpenID Connect: its document and its keys, asked for once an hour.
//!
//! One call at a time asks for one provider; the others wait for its answer. A provider that did not answer is left
//! alone for a moment. A key that nobody knows makes us ask for the keys again, but not at every such token.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex as SyncMutex, PoisonError},
    time::Duration,
};

use axum::http::{Request, header};
use hathor_core::Timestamp;
use hathor_kit::{
    Result,
    outbound::{Outbound, Terms},
};
use openidconnect::core::CoreJsonWebKeySet;
use serde::{Deserialize, de::DeserializeOwned};
use tokio::sync::Mutex;
use url::Url;

use super::model::{failed, unavailable};

/// How long document and keys are taken for true.
const FRESH: Duration = Duration::from_hours(1);
/// How long a provider that failed is left alone.
const PAUSE: Duration = Duration::from_secs(10);
/// The shortest time between two looks at the keys.
const BETWEEN_KEYS: Duration = Duration::from_secs(30);

/// What a provider says of itself (OpenID Connect Discovery 1.0; RFC 9207 for the last field).
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    pub(super) userinfo_endpoint: Option<Url>,
    jwks_uri: Url,
    #[serde(default)]
    pub(super) token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

/// A provider as far as we know it.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) document: Arc<Document>,
    pub(super) keys: Arc<CoreJsonWebKeySet>,
    asked_at: Timestamp,
    keys_asked_at: Timestamp,
}

#[derive(Debug, Default)]
struct Shelf {
    known: Option<Known>,
    failed_at: Option<Timestamp>,
}

/// What is remembered of all providers, by issuer. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<SyncMutex<HashMap<String, Arc<Mutex<Shelf>>>>>);

/// Who asks, and under which terms.
pub(super) struct Asking<'a> {
    pub(super) outbound: &'a Outbound,
    pub(super) terms: &'a Terms,
    pub(super) now: Timestamp,
}

impl Memory {
    /// The provider called `issuer`.
    pub(super) async fn of(&self, issuer: &str, asking: &Asking<'_>) -> Result<Known> {
        let place = self.place(issuer);
        let mut held = place.lock().await;
        if let Some(known) = held.known.as_ref().filter(|known| asking.now < known.asked_at + FRESH) {
            return Ok(known.clone());
        }
        if held.failed_at.is_some_and(|at| asking.now < at + PAUSE) {
            return Err(unavailable("the provider failed a moment ago and is left alone"));
        }
        let known = discover(issuer, asking).await;
        held.failed_at = known.is_err().then_some(asking.now);
        let known = known?;
        held.known = Some(known.clone());
        Ok(known)
    }

    /// The provider with the keys of now, if they were not asked for a moment ago.
    pub(super) async fn with_new_keys(&self, issuer: &str, asking: &Asking<'_>) -> Result<Option<Known>> {
        let place = self.place(issuer);
        let mut held = place.lock().await;
        let Some(known) =
            held.known.as_mut().filter(|known| known.keys_asked_at + BETWEEN_KEYS <= asking.now)
        else {
            return Ok(None);
        };
        known.keys_asked_at = asking.now;
        known.keys = Arc::new(fetch(&known.document.jwks_uri, asking).await?);
        Ok(Some(known.clone()))
    }

    fn place(&self, issuer: &str) -> Arc<Mutex<Shelf>> {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        places.entry(issuer.to_owned()).or_default().clone()
    }
}

async fn discover(issuer: &str, asking: &Asking<'_>) -> Result<Known> {
    let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let document: Document = fetch(&Url::parse(&address).map_err(failed)?, asking).await?;
    if document.issuer != issuer {
        return Err(failed(format!("the document names the issuer {:?}, not {issuer:?}", document.issuer)));
    }
    let keys = fetch(&document.jwks_uri, asking).await?;
    Ok(Known {
        document: Arc::new(document),
        keys: Arc::new(keys),
        asked_at: asking.now,
        keys_asked_at: asking.now,
    })
}

async fn fetch<T: DeserializeOwned>(url: &Url, asking: &Asking<'_>) -> Result<T> {
    let request = Request::get(url.as_str()).header(header::ACCEPT, "application/json");
    let request = request.body(Vec::new()).map_err(failed)?;
    let answer = asking.outbound.send(request, asking.terms).await.map_err(unavailable)?;
    if !answer.status().is_success() {
        return Err(unavailable(format!("the provider answered {}", answer.status())));
    }
    serde_json::from_slice(answer.body()).map_err(failed)
}
