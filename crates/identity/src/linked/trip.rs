//! A trip: somebody goes to a provider and comes back. What comes back counts only in the browser that left.
//!
//! The browser keeps one secret in a cookie for its trips; a trip's state is public and random. Nonce and PKCE verifier
//! are derived from both, so the table holds only hashes: who reads it can finish nobody's trip.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::{Secret, random};
use hathor_token::secret_hash;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Characters of a secret: 256 bits.
const SECRET: usize = 43;

/// A trip that is under way.
#[derive(Clone, Debug)]
pub(super) struct Trip {
    browser: Secret,
    state: String,
}

impl Trip {
    /// A new trip of the browser that shows `cookie`, or of a new one. Tabs may be on their way at the same time.
    pub(super) fn begin(cookie: Option<&str>) -> Self {
        let browser = cookie.filter(|text| is_secret(text)).map_or_else(random::token, str::to_owned);
        Self { browser: Secret::new(browser), state: random::token() }
    }

    /// The trip that ends with `state` in the browser that shows `cookie`, if there can be one.
    pub(super) fn end(cookie: Option<&str>, state: Option<&str>) -> Option<Self> {
        let (cookie, state) = (cookie.filter(|text| is_secret(text))?, state.filter(|text| is_secret(text))?);
        Some(Self { browser: Secret::new(cookie), state: state.to_owned() })
    }

    /// What the cookie holds.
    pub(super) fn browser(&self) -> &str {
        self.browser.reveal()
    }

    pub(super) fn state(&self) -> &str {
        &self.state
    }

    pub(super) fn browser_hash(&self) -> [u8; 32] {
        secret_hash(self.browser.reveal())
    }

    pub(super) fn state_hash(&self) -> [u8; 32] {
        secret_hash(&self.state)
    }

    /// What the provider must repeat in its token.
    pub(super) fn nonce(&self) -> String {
        self.derived(b"nonce ")
    }

    /// What proves to the provider that the code comes back from where it was asked for (RFC 7636).
    pub(super) fn verifier(&self) -> String {
        self.derived(b"pkce ")
    }

    fn derived(&self, purpose: &[u8]) -> String {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(self.browser.reveal().as_bytes()).expect("any length");
        mac.update(purpose);
        mac.update(self.state.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }
}

fn is_secret(text: &str) -> bool {
    text.len() == SECRET && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_left_comes_back_and_nothing_else_does() {
        let left = Trip::begin(None);
        let back = Trip::end(Some(left.browser()), Some(left.state())).unwrap();
        assert_eq!((left.nonce(), left.verifier()), (back.nonce(), back.verifier()));
        assert_eq!(left.verifier().len(), 43);
        for wrong in [None, Some(""), Some("x"), Some("../../etc/passwd"), Some(&*"ä".repeat(43))] {
            assert!(
                Trip::end(wrong, Some(left.state())).is_none()
                    && Trip::end(Some(left.browser()), wrong).is_none()
            );
        }
    }

    #[test]
    fn two_trips_of_one_browser_share_its_cookie_and_no_secret() {
        let one = Trip::begin(None);
        let two = Trip::begin(Some(one.browser()));
        assert_eq!(one.browser(), two.browser());
        assert_ne!(one.state(), two.state());
        assert_ne!(one.nonce(), two.nonce());
        assert_ne!(one.nonce(), one.verifier());
        assert_ne!(Trip::begin(Some("planted")).browser(), "planted");
    }
}
