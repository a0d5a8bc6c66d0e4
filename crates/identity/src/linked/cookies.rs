//! The two cookies of signing in elsewhere: one for trips (`oauth`), one for who has come back and is not yet in
//! (`pending`). Both by the rules of the refresh cookie, and brief.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use hathor_kit::{Error, Result};

use crate::sessions::carriage::{self, Carriage};

/// How long a trip may take, and how long its cookie lives.
pub(super) const TRIP: Duration = Duration::from_mins(10);
/// How long a newcomer may take to choose a name.
pub(super) const PENDING: Duration = Duration::from_mins(15);

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Crumb {
    /// Comes along when a provider sends somebody back, so it is `Lax`.
    Trip,
    /// Only for calls of our own page.
    Pending,
}

impl Crumb {
    const fn name(self, carriage: Carriage) -> &'static str {
        match (self, carriage) {
            (Self::Trip, Carriage::Https) => "__Host-oauth",
            (Self::Trip, Carriage::Localhost) => "oauth",
            (Self::Trip, Carriage::Lan) => "oauth-lan",
            (Self::Pending, Carriage::Https) => "__Host-pending",
            (Self::Pending, Carriage::Localhost) => "pending",
            (Self::Pending, Carriage::Lan) => "pending-lan",
        }
    }

    /// Its value among the cookies of a request.
    pub(super) fn read(self, carriage: Carriage, headers: &HeaderMap) -> Option<&str> {
        carriage::cookie(headers, self.name(carriage)).filter(|value| !value.is_empty())
    }

    /// Tells the browser to keep `value` for its time.
    pub(super) fn keep(self, carriage: Carriage, value: &str) -> Result<HeaderValue> {
        let life = match self {
            Self::Trip => TRIP,
            Self::Pending => PENDING,
        };
        self.write(carriage, value, life)
    }

    /// Tells the browser to forget it.
    pub(super) fn forget(self, carriage: Carriage) -> Result<HeaderValue> {
        self.write(carriage, "", Duration::ZERO)
    }

    fn write(self, carriage: Carriage, value: &str, life: Duration) -> Result<HeaderValue> {
        let secure = if carriage == Carriage::Https { "; Secure" } else { "" };
        let same_site = match self {
            Self::Trip => "Lax",
            Self::Pending => "Strict",
        };
        let (name, seconds) = (self.name(carriage), life.as_secs());
        let cookie =
            format!("{name}={value}; HttpOnly{secure}; SameSite={same_site}; Path=/; Max-Age={seconds}");
        let mut cookie = HeaderValue::try_from(cookie).map_err(Error::internal)?;
        cookie.set_sensitive(true);
        Ok(cookie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_are_as_strict_as_their_way_allows() {
        let text = |cookie: Result<HeaderValue>| cookie.unwrap().to_str().unwrap().to_owned();
        assert_eq!(
            text(Crumb::Trip.keep(Carriage::Https, "v")),
            "__Host-oauth=v; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=600"
        );
        assert_eq!(
            text(Crumb::Pending.keep(Carriage::Localhost, "v")),
            "pending=v; HttpOnly; SameSite=Strict; Path=/; Max-Age=900"
        );
        assert_eq!(
            text(Crumb::Pending.forget(Carriage::Lan)),
            "pending-lan=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
    }
}
