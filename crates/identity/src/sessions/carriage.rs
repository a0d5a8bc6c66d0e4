//! How the refresh cookie travels: its name and flags by the safety of the connection, and whether it may travel at all.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, Uri, header, request::Parts, uri::Authority};
use hathor_core::{Code, Timestamp};
use hathor_edge::Peer;
use hathor_kit::{Config, Error, Result, error::seconds_until};

use super::Opened;

/// What an operator is told whose guests sign in over plain HTTP.
const HINT: &str = "this address is plain HTTP, so anybody on the way could read passwords; set http.public_url \
    (HATHOR_HTTP__PUBLIC_URL) to an https:// address and put a TLS proxy before Hathor, or accept the risk in a network \
    you trust with HATHOR_AUTH__ALLOW_PLAIN_HTTP=true";

/// Seconds a device is known by its cookie: 400 days, the most that browsers allow.
const DEVICE_S: u64 = 400 * 86_400;

/// The kind of connection the cookie travels on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carriage {
    /// Over TLS.
    Https,
    /// Within one machine.
    Localhost,
    /// Over plain HTTP in a network that the operator trusts.
    Lan,
}

impl Carriage {
    /// The kind of connection that a request came on; refused where a password could be read on the way.
    pub(crate) fn of(config: &Config, parts: &Parts) -> Result<Self> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        if is_https(config, &parts.headers, peer) {
            return Ok(Self::Https);
        }
        if host(&parts.headers, &parts.uri).is_some_and(is_localhost) {
            return Ok(Self::Localhost);
        }
        if config.auth.allow_plain_http {
            return Ok(Self::Lan);
        }
        Err(Error::new(Code::InsecureTransport).with_detail(HINT))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Https => "__Host-rt",
            Self::Localhost => "rt",
            Self::Lan => "rt-lan",
        }
    }

    /// What the cookie is called that a device is known by.
    const fn device_name(self) -> &'static str {
        match self {
            Self::Https => "__Host-device",
            Self::Localhost => "device",
            Self::Lan => "device-lan",
        }
    }

    /// The refresh cookie's value among those of a request.
    pub(crate) fn read(self, headers: &HeaderMap) -> Option<&str> {
        cookie(headers, self.name())
    }

    /// The device cookie's value.
    pub(crate) fn read_device(self, headers: &HeaderMap) -> Option<&str> {
        cookie(headers, self.device_name())
    }

    /// What somebody who has just signed in is to keep: the refresh cookie first.
    pub(crate) fn cookies(self, opened: &Opened, now: Timestamp) -> Result<Vec<HeaderValue>> {
        let refresh = self.keep(opened.refresh.reveal(), seconds_until(now, opened.until))?;
        let device = opened.device.as_ref().map(|device| self.keep_device(device.reveal())).transpose()?;
        let mut cookies: Vec<HeaderValue> = std::iter::once(refresh).chain(device).collect();
        for cookie in &mut cookies {
            cookie.set_sensitive(true);
        }
        Ok(cookies)
    }

    /// It comes along from other sites too, as from a provider that signs people in.
    fn keep_device(self, value: &str) -> Result<HeaderValue> {
        let (name, secure) = (self.device_name(), self.secure());
        let cookie = format!("{name}={value}; HttpOnly{secure}; SameSite=Lax; Path=/; Max-Age={DEVICE_S}");
        HeaderValue::try_from(cookie).map_err(Error::internal)
    }

    fn secure(self) -> &'static str {
        if self == Self::Https { "; Secure" } else { "" }
    }

    /// Tells the client to keep `value` for `seconds`.
    pub(crate) fn keep(self, value: &str, seconds: u64) -> Result<HeaderValue> {
        let (name, secure) = (self.name(), self.secure());
        let cookie = format!("{name}={value}; HttpOnly{secure}; SameSite=Strict; Path=/; Max-Age={seconds}");
        HeaderValue::try_from(cookie).map_err(Error::internal)
    }

    /// Tells the client to forget the cookie.
    pub(crate) fn forget(self) -> Result<HeaderValue> {
        self.keep("", 0)
    }
}

/// The value of the cookie called `wanted`.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let texts = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = texts.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).map(|(_, value)| value)
}

/// The operator's word counts most, then that of a proxy the operator trusts.
fn is_https(config: &Config, headers: &HeaderMap, peer: Option<IpAddr>) -> bool {
    if let Some(public) = &config.http.public_url {
        return public.scheme() == "https";
    }
    let trusted = peer
        .is_some_and(|peer| config.http.trusted_proxies.iter().any(|net| net.contains(&peer.to_canonical())));
    let forwarded = headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
    trusted && forwarded
}

/// The name the client called us by: HTTP/2 has it in the address, HTTP/1 in a header.
fn host<'a>(headers: &'a HeaderMap, uri: &'a Uri) -> Option<&'a str> {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    named.or_else(|| uri.authority().map(Authority::as_str))
}

fn is_localhost(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::http::Request;

    use super::*;

    fn parts(peer: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = Request::builder().uri("/api/auth/login");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        parts.extensions.insert(Peer(SocketAddr::new(peer.parse().unwrap(), 4711)));
        parts
    }

    fn of(config: &Config, headers: &[(&str, &str)]) -> Result<Carriage, Code> {
        Carriage::of(config, &parts("10.0.0.1", headers)).map_err(|e| e.code)
    }

    #[test]
    fn localhost_needs_no_tls_and_another_machine_does() {
        let config = Config::default();
        for host in ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"] {
            assert_eq!(of(&config, &[("host", host)]), Ok(Carriage::Localhost), "{host}");
        }
        for host in ["nas:8080", "192.168.1.7", "localhost.evil.example", "127.0.0.1.evil.example:80", ""] {
            assert_eq!(of(&config, &[("host", host)]), Err(Code::InsecureTransport), "{host}");
        }
        let refused = Carriage::of(&config, &parts("10.0.0.1", &[("host", "nas:8080")])).unwrap_err();
        assert!(refused.detail.unwrap().contains("HATHOR_AUTH__ALLOW_PLAIN_HTTP=true"));
    }

    #[test]
    fn a_trusted_network_has_a_cookie_of_its_own() {
        let mut config = Config::default();
        config.auth.allow_plain_http = true;
        assert_eq!(of(&config, &[("host", "nas:8080")]), Ok(Carriage::Lan));
        assert_eq!(Carriage::Lan.name(), "rt-lan");
    }

    #[test]
    fn the_public_address_decides_and_only_a_trusted_proxy_is_believed() {
        let forwarded = [("host", "music.example"), ("x-forwarded-proto", "https")];
        let mut config = Config::default();
        assert_eq!(of(&config, &forwarded), Err(Code::InsecureTransport));
        config.http.trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
        assert_eq!(of(&config, &forwarded), Ok(Carriage::Https));
        config.http.public_url = Some("http://music.example".parse().unwrap());
        assert_eq!(of(&config, &forwarded), Err(Code::InsecureTransport));
        config.http.public_url = Some("https://music.example".parse().unwrap());
        assert_eq!(of(&config, &[("host", "music.example")]), Ok(Carriage::Https));
    }

    #[test]
    fn the_cookie_is_as_strict_as_its_connection_allows() {
        let cookie = Carriage::Https.keep("v", 60).unwrap();
        assert_eq!(cookie, "__Host-rt=v; HttpOnly; Secure; SameSite=Strict; Path=/; Max-Age=60");
        assert_eq!(
            Carriage::Localhost.forget().unwrap(),
            "rt=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0"
        );
        let headers = parts("10.0.0.1", &[("cookie", "a=b; rt=one.two; __Host-rt=three")]).headers;
        assert_eq!(Carriage::Localhost.read(&headers), Some("one.two"));
        assert_eq!(Carriage::Https.read(&headers), Some("three"));
        assert_eq!(Carriage::Lan.read(&headers), None);
    }
}
