//! What a call may do.

use std::time::Duration;

use url::{Host, Url};

use super::{Network, OutboundError};

/// What a call may do: where it may go, for how long, and how much it may bring back.
#[derive(Clone, Debug)]
pub struct Terms {
    network: Network,
    ports: Vec<u16>,
    pub(super) most_bytes: usize,
    pub(super) within: Duration,
    pub(super) redirects: Redirects,
}

/// How far a call without a body lets itself be sent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirects {
    /// To the same scheme, host and port.
    SameOrigin,
    /// To any address that the terms admit; what says who we are stays behind.
    Anywhere,
}

impl Terms {
    /// Public addresses over TLS on its port; 10 s, 10 MB.
    pub fn internet() -> Self {
        Self::of(Network::Internet, vec![443])
    }

    /// For a host that the operator named in the configuration: private addresses and plain HTTP as well.
    pub fn own_network() -> Self {
        Self::of(Network::Own, vec![80, 443])
    }

    fn of(network: Network, ports: Vec<u16>) -> Self {
        Self {
            network,
            ports,
            most_bytes: 10 << 20,
            within: Duration::from_secs(10),
            redirects: Redirects::SameOrigin,
        }
    }

    /// Admits the ports of `urls` too.
    #[must_use]
    pub fn and_ports_of<'a>(mut self, urls: impl IntoIterator<Item = &'a Url>) -> Self {
        self.ports.extend(urls.into_iter().filter_map(Url::port_or_known_default));
        self
    }

    /// Takes no larger answer.
    #[must_use]
    pub const fn at_most(mut self, bytes: usize) -> Self {
        self.most_bytes = bytes;
        self
    }

    /// Waits no longer.
    #[must_use]
    pub const fn within(mut self, time: Duration) -> Self {
        self.within = time;
        self
    }

    /// Lets itself be sent on so far.
    #[must_use]
    pub const fn following(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    pub(super) const fn network(&self) -> Network {
        self.network
    }

    /// Judges all of an address but what its name resolves to.
    pub(super) fn judge(&self, url: &Url) -> Result<(), OutboundError> {
        let refuse = |why: &str| Err(OutboundError::Refused(why.to_owned()));
        match (url.scheme(), self.network) {
            ("https", _) | ("http", Network::Own) => {}
            _ => return refuse("its scheme"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a name or a password");
        }
        if !url.port_or_known_default().is_some_and(|port| self.ports.contains(&port)) {
            return refuse("its port");
        }
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(v4.into()),
            Some(Host::Ipv6(v6)) => Some(v6.into()),
            Some(Host::Domain(_)) => None,
            None => return refuse("it names no host"),
        };
        if literal.is_some_and(|address| !self.network.admits(address)) {
            return refuse("its network");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(terms: &Terms, url: &str) -> bool {
        terms.judge(&url.parse().unwrap()).is_ok()
    }

    #[test]
    fn the_internet_is_reached_over_tls_on_its_port() {
        let terms = Terms::internet();
        for url in [
            "https://id.example/a?b=c",
            "https://id.example:443/",
            "https://1.1.1.1/",
            "https://[2606:4700::1]/",
        ] {
            assert!(admits(&terms, url), "{url}");
        }
        for url in [
            "http://id.example/",
            "https://id.example:8443/",
            "https://nina:secret@id.example/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "ftp://id.example/",
            "file:///etc/passwd",
            "data:text/plain,x",
        ] {
            assert!(!admits(&terms, url), "{url}");
        }
        let issuer: Url = "https://id.example:8443/".parse().unwrap();
        assert!(admits(&Terms::internet().and_ports_of([&issuer]), "https://id.example:8443/token"));
    }

    #[test]
    fn an_own_network_may_be_private_and_plain() {
        let terms = Terms::own_network();
        assert!(admits(&terms, "http://keycloak/") && admits(&terms, "https://192.168.1.5/"));
        assert!(!admits(&terms, "http://169.254.169.254/") && !admits(&terms, "http://192.168.1.5:6379/"));
    }
}
