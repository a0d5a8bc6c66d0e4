//! Where a request comes from: the client's address behind the proxies we trust, and the page that sent it.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::{Extensions, HeaderMap, header};
use hathor_core::Code;

use crate::{Config, Result};

/// The client's address, put into each request by [`crate::middleware`].
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// The client's address of this request.
pub fn client(extensions: &Extensions) -> IpAddr {
    extensions.get::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0)
}

/// Walks `X-Forwarded-For` from the right, past the proxies of `trusted`, to the first address that is not ours.
pub fn behind_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[ipnet::IpNet]) -> IpAddr {
    let ours = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    if !ours(&peer) {
        return peer;
    }
    let named: Vec<IpAddr> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map_while(|word| word.trim().parse().ok())
        .collect();
    named.iter().rev().copied().find(|address| !ours(address)).unwrap_or(peer)
}

/// The address as it is logged: cut to /24 or /48, so that a log names a network and no person.
pub fn shortened(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// What a call has to show about the page it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing, since it brings no cookie: without `Origin` it is no page's. A foreign page is refused all the same.
    IfPage,
    /// That it comes from our page: a browser sends its cookies along whoever asks.
    Page,
    /// The same with `Sec-Fetch-Site`, which browsers send on every connection that nobody can listen to.
    FetchedByPage,
}

/// Refuses a call from a foreign page, or one that does not show what `proof` asks for.
pub fn own_page(config: &Config, headers: &HeaderMap, proof: Proof) -> Result<()> {
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null"));
    let listed = origin.is_some_and(|origin| config.http.cors_origins.iter().any(|o| o == origin));
    let right_origin = origin.map_or(proof == Proof::IfPage, |o| listed || is_own(config, headers, o));
    let right_site = match headers.get("sec-fetch-site") {
        None => proof != Proof::FetchedByPage,
        Some(site) => listed || site == "same-origin" || site == "none",
    };
    if right_origin && right_site { Ok(()) } else { Err(Code::ForeignOrigin.into()) }
}

fn is_own(config: &Config, headers: &HeaderMap, origin: &str) -> bool {
    if let Some(public) = &config.http.public_url {
        return public.origin().ascii_serialization() == origin;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let site = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    host.is_some() && site == host
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), value.parse().unwrap())])
    }

    #[test]
    fn only_trusted_proxies_may_name_the_client() {
        let trusted: Vec<ipnet::IpNet> = vec!["10.0.0.0/8".parse().unwrap()];
        let client: IpAddr = "203.0.113.7".parse().unwrap();
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        assert_eq!(behind_proxies(proxy, &forwarded("1.2.3.4, 203.0.113.7, 10.0.0.2"), &trusted), client);
        assert_eq!(behind_proxies(client, &forwarded("1.2.3.4"), &trusted), client);
        assert_eq!(behind_proxies(proxy, &forwarded("nonsense"), &trusted), proxy);
        assert_eq!(behind_proxies(proxy, &HeaderMap::new(), &trusted), proxy);
    }

    #[test]
    fn logs_name_networks_and_no_person() {
        assert_eq!(shortened("203.0.113.7".parse().unwrap()), "203.0.113.0/24");
        assert_eq!(shortened("2001:db8:1:2::3".parse().unwrap()), "2001:db8:1::/48");
    }

    #[test]
    fn a_foreign_page_is_refused_and_no_page_passes() {
        let config = Config::default();
        let mut headers = HeaderMap::from_iter([(header::HOST, "localhost:8080".parse().unwrap())]);
        assert!(own_page(&config, &headers, Proof::IfPage).is_ok());
        assert!(own_page(&config, &headers, Proof::Page).is_err());
        headers.insert("sec-fetch-site", "same-origin".parse().unwrap());
        assert!(own_page(&config, &headers, Proof::Page).is_err(), "one of both is not enough");
        headers.insert(header::ORIGIN, "http://localhost:8080".parse().unwrap());
        assert!(own_page(&config, &headers, Proof::FetchedByPage).is_ok());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert!(own_page(&config, &headers, Proof::IfPage).is_err());
        headers.remove("sec-fetch-site");
        assert!(own_page(&config, &headers, Proof::Page).is_ok());
        assert!(own_page(&config, &headers, Proof::FetchedByPage).is_err());
        headers.insert(header::ORIGIN, "http://evil.example".parse().unwrap());
        assert!(own_page(&config, &headers, Proof::IfPage).is_err());
    }

    #[test]
    fn a_page_that_the_operator_listed_may_call_from_its_own_site() {
        let mut config = Config::default();
        config.http.cors_origins = vec!["https://app.example".to_owned()];
        let headers = HeaderMap::from_iter([
            (header::HOST, "music.example".parse().unwrap()),
            (header::ORIGIN, "https://app.example".parse().unwrap()),
            ("sec-fetch-site".parse().unwrap(), "cross-site".parse().unwrap()),
        ]);
        assert!(own_page(&config, &headers, Proof::FetchedByPage).is_ok());
        assert!(own_page(&Config::default(), &headers, Proof::IfPage).is_err());
    }
}
