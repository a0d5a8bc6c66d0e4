//! Whether an ID token may be believed (OpenID Connect Core 1.0, 3.1.3.7).

use std::time::Duration;

use chrono::{DateTime, Utc};
use hathor_core::Timestamp;
use openidconnect::{
    AccessToken, AccessTokenHash, ClaimsVerificationError, ClientId, IssuerUrl, Nonce,
    SignatureVerificationError,
    core::{
        CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKeySet,
        CoreJwsSigningAlgorithm as Alg,
    },
};

use super::model::Said;

/// How far apart two clocks may be.
const SKEW: Duration = Duration::from_mins(1);
/// The longest name that is looked at.
const LONGEST_NAME: usize = 400;

/// Only signatures that the provider alone can make: no `none`, and no secret that we share with it.
const ALGORITHMS: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// Why a token is not believed.
#[derive(Debug)]
pub(super) enum Doubt {
    /// It names a key that we have not seen: there may be new ones.
    UnknownKey,
    /// It is wrong.
    Wrong(String),
}

/// What a token must fit.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a IssuerUrl,
    pub(super) client: &'a ClientId,
    pub(super) keys: &'a CoreJsonWebKeySet,
    pub(super) nonce: &'a Nonce,
    pub(super) access_token: &'a AccessToken,
    pub(super) now: Timestamp,
}

impl Expected<'_> {
    /// What `token` says of somebody, if all of it holds.
    pub(super) fn judge(&self, token: &CoreIdToken) -> Result<Said, Doubt> {
        let verifier = self.verifier();
        let claims = token.claims(&verifier, self.nonce).map_err(|error| doubt(&error))?;
        self.same_access_token(token, claims, &verifier)?;
        if claims.authorized_party().is_some_and(|party| party != self.client) {
            return Err(Doubt::Wrong("it was made for another client (azp)".to_owned()));
        }
        Ok(said(claims))
    }

    fn verifier(&self) -> CoreIdTokenVerifier<'_> {
        let (early, late) = (moment(self.now - SKEW), moment(self.now + SKEW));
        CoreIdTokenVerifier::new_public_client(self.client.clone(), self.issuer.clone(), self.keys.clone())
            .set_allowed_algs(ALGORITHMS)
            .set_time_fn(move || early)
            .set_issue_time_verifier_fn(move |issued| {
                if issued <= late { Ok(()) } else { Err("it was issued in the future".to_owned()) }
            })
    }

    /// The access token that came along belongs to this token, where it says so (3.1.3.8).
    fn same_access_token(
        &self,
        token: &CoreIdToken,
        claims: &CoreIdTokenClaims,
        verifier: &CoreIdTokenVerifier<'_>,
    ) -> Result<(), Doubt> {
        let Some(expected) = claims.access_token_hash() else { return Ok(()) };
        let wrong = |error: &dyn std::fmt::Display| Doubt::Wrong(error.to_string());
        let algorithm = token.signing_alg().map_err(|e| wrong(&e))?;
        let key = token.signing_key(verifier).map_err(|e| wrong(&e))?;
        let hash = AccessTokenHash::from_token(self.access_token, algorithm, key).map_err(|e| wrong(&e))?;
        if hash == *expected { Ok(()) } else { Err(Doubt::Wrong("at_hash is another token's".to_owned())) }
    }
}

fn doubt(error: &ClaimsVerificationError) -> Doubt {
    match error {
        ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey) => {
            Doubt::UnknownKey
        }
        // messages of the other kinds repeat claims of a stranger, but no secret
        other => Doubt::Wrong(other.to_string()),
    }
}

fn said(claims: &CoreIdTokenClaims) -> Said {
    let name = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
    Said {
        subject: claims.subject().as_str().to_owned(),
        email: claims.email().map(|email| email.as_str().to_owned()),
        verified: claims.email_verified() == Some(true),
        login: claims.preferred_username().map(|login| login.as_str().to_owned()),
        name: name.filter(|name| name.len() <= LONGEST_NAME).map(str::to_owned),
    }
}

fn moment(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.micros()).unwrap_or_default()
}
