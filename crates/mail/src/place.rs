//! Where mail goes, as the configuration tells it.

use std::{net::IpAddr, path::PathBuf};

use percent_encoding::percent_decode_str;
use url::Url;

use crate::Error;

/// Where mail goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// Into a folder.
    Outbox(PathBuf),
    /// To a mail server.
    Server(Server),
}

/// A mail server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server {
    /// Its name, or its IP address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Who signs in there; nobody does when absent.
    pub user: Option<String>,
    /// How the connection is protected.
    pub security: Security,
}

/// How the connection to a mail server is protected. Mail never leaves the machine unprotected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS after `STARTTLS`; a server without it gets nothing.
    StartTls,
    /// None: the server is on this machine.
    Loopback,
}

const WHAT_IS_RIGHT: &str =
    "is outbox:/folder, smtp://user@host:587 or smtps://user@host:465, with the password in mail.password";

impl Place {
    /// Reads an address of the configuration.
    pub fn parse(url: &str) -> Result<Self, Error> {
        if let Some(folder) = url.strip_prefix("outbox:") {
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            return if folder.is_empty() { wrong() } else { Ok(Self::Outbox(folder.into())) };
        }
        let Ok(url) = Url::parse(url) else { return wrong() };
        let bare = url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
            && matches!(url.path(), "" | "/");
        let Some(host) = url.host_str().filter(|host| bare && !host.is_empty()) else { return wrong() };
        let host = host.trim_matches(['[', ']']).to_owned();
        let (security, usual_port) = match url.scheme() {
            "smtps" => (Security::Tls, 465),
            "smtp" if is_loopback(&host) => (Security::Loopback, 587),
            "smtp" => (Security::StartTls, 587),
            _ => return wrong(),
        };
        let user = percent_decode_str(url.username()).decode_utf8_lossy().into_owned();
        let user = (!user.is_empty()).then_some(user);
        Ok(Self::Server(Server { host, port: url.port().unwrap_or(usual_port), user, security }))
    }
}

fn wrong<T>() -> Result<T, Error> {
    Err(Error::Config(WHAT_IS_RIGHT))
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> Server {
        match Place::parse(url) {
            Ok(Place::Server(server)) => server,
            other => panic!("{url}: {other:?}"),
        }
    }

    #[test]
    fn a_folder_may_be_written_in_two_ways() {
        for url in ["outbox:/var/mail", "outbox:///var/mail"] {
            assert_eq!(Place::parse(url).unwrap(), Place::Outbox("/var/mail".into()));
        }
    }

    #[test]
    fn a_server_has_a_port_a_user_and_protection_that_fit() {
        let relay = server("smtp://nina%40example.org@relay.example");
        assert_eq!((relay.host.as_str(), relay.port), ("relay.example", 587));
        assert_eq!((relay.user.as_deref(), relay.security), (Some("nina@example.org"), Security::StartTls));
        let relay = server("smtps://relay.example");
        assert_eq!((relay.port, relay.user, relay.security), (465, None, Security::Tls));
    }

    #[test]
    fn only_this_machine_may_do_without_protection() {
        for url in ["smtp://localhost:25", "smtp://127.0.0.1:25", "smtp://[::1]:25"] {
            assert_eq!((server(url).security, server(url).port), (Security::Loopback, 25), "{url}");
        }
        for url in ["smtp://localhost.example", "smtp://10.0.0.1", "smtp://0.0.0.0", "smtp://[fe80::1]"] {
            assert_eq!(server(url).security, Security::StartTls, "{url}");
        }
    }

    #[test]
    fn an_address_that_says_something_else_is_no_place() {
        let wrong = [
            "",
            "outbox:",
            "smtp:",
            "smtp://",
            "relay.example",
            "http://relay.example",
            "smtp://u:pass@relay.example",
            "smtp://relay.example/path",
            "smtp://relay.example?tls=none",
            "smtp://relay.example:99999",
        ];
        for url in wrong {
            assert!(matches!(Place::parse(url), Err(Error::Config(_))), "{url}");
        }
    }
}
