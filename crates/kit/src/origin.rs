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

/// Refuses a call from a foreign page. A call without `Origin` is no page's and passes unless `required`.
pub fn own_page(config: &Config, headers: &HeaderMap, required: bool) -> Result<()> {
    let foreign_site =
        headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    let allowed = match headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or("null")) {
        None => !required || headers.contains_key("sec-fetch-site"),
        Some(origin) => {
            is_own(config, headers, origin) || config.http.cors_origins.iter().any(|o| o == origin)
        }
    };
    let listed = headers
        .get(header::ORIGIN)
        .is_some_and(|o| config.http.cors_origins.iter().any(|c| c.as_bytes() == o.as_bytes()));
    if allowed && (!foreign_site || listed) { Ok(()) } else { Err(Code::ForeignOrigin.into()) }
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
        assert!(own_page(&config, &headers, false).is_ok());
        assert!(own_page(&config, &headers, true).is_err());
        headers.insert(header::ORIGIN, "http://localhost:8080".parse().unwrap());
        assert!(own_page(&config, &headers, true).is_ok());
        headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert!(own_page(&config, &headers, true).is_err());
        headers.remove("sec-fetch-site");
        headers.insert(header::ORIGIN, "http://evil.example".parse().unwrap());
        assert!(own_page(&config, &headers, false).is_err());
    }
}
