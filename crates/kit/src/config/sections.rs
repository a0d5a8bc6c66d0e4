//! The sections. Times end in `_s` or `_ms`, sizes in `_bytes`.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf};

use hathor_core::Secret;
use serde::{Deserialize, Serialize};
use url::Url;

use super::providers::ProviderConfig;

/// Listeners and the edge.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpConfig {
    /// Where the public listener binds.
    pub listen: SocketAddr,
    /// Where metrics and health are told; off when absent.
    pub internal_listen: Option<SocketAddr>,
    /// The address people type, for links and for judging `Origin`.
    pub public_url: Option<Url>,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<ipnet::IpNet>,
    /// Other pages that may call the API, as exact origins.
    pub cors_origins: Vec<String>,
    /// Open connections in all.
    pub max_connections: usize,
    /// Open connections of one address.
    pub max_connections_per_ip: usize,
}

impl HttpConfig {
    /// Where people find us, for links in letters: the address they type or, where none is set, the listener seen from
    /// this machine. Never what a request's `Host` says, which its sender chooses.
    pub fn home(&self) -> String {
        if let Some(url) = &self.public_url {
            return url.as_str().trim_end_matches('/').to_owned();
        }
        let ip = self.listen.ip();
        if ip.is_loopback() || ip.is_unspecified() {
            return format!("http://localhost:{}", self.listen.port());
        }
        format!("http://{}", self.listen)
    }
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            internal_listen: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            cors_origins: Vec::new(),
            max_connections: 10_000,
            max_connections_per_ip: 256,
        }
    }
}

/// Where the truth lives.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite:PATH` or `postgres://…`; a SQLite file in the data folder when absent.
    #[serde(skip_serializing)]
    pub url: Option<Secret>,
    /// Connections to PostgreSQL.
    pub max_connections: usize,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self { url: None, max_connections: 16 }
    }
}

/// Where files live.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BlobsConfig {
    /// `file:PATH` or `s3://bucket/prefix?endpoint=…&region=…`; a folder in the data folder when absent.
    pub url: Option<String>,
    /// Access key of the S3 server.
    #[serde(skip_serializing)]
    pub s3_access_key: Option<Secret>,
    /// Secret key of the S3 server.
    #[serde(skip_serializing)]
    pub s3_secret_key: Option<Secret>,
}

/// How nodes tell each other news.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BusConfig {
    /// `memory:` or `redis://…`.
    #[serde(skip_serializing)]
    pub url: Option<Secret>,
}

/// How letters get to people.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailConfig {
    /// `outbox:/folder`, `smtp://user@host:port` or `smtps://…`; a folder in the data folder when absent.
    pub url: Option<String>,
    /// Who letters come from: an address, or `Name <address>`.
    pub from: String,
    /// The password of the user in `url`.
    #[serde(skip_serializing)]
    pub password: Option<Secret>,
    /// A file of certificates (PEM) of an authority of one's own, that the mail server's may come from, too.
    pub tls_ca_file: Option<PathBuf>,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self { url: None, from: "Hathor <hathor@localhost>".to_owned(), password: None, tls_ca_file: None }
    }
}

/// Accounts and tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuthConfig {
    /// Signs access tokens and cursors. Made at the first start when absent.
    #[serde(skip_serializing)]
    pub secret: Option<Secret>,
    /// The secret before this one: its tokens stay good until they expire.
    #[serde(skip_serializing)]
    pub previous_secret: Option<Secret>,
    /// Life of an access token; 900 at most.
    pub access_ttl_s: u32,
    /// A device not seen for so long is signed out.
    pub refresh_idle_s: u32,
    /// A device is signed out after so long in any case.
    pub refresh_absolute_s: u32,
    /// For so long after a rotation the old cookie gets the same successor again.
    pub refresh_grace_s: u32,
    /// Whether strangers may sign up.
    pub registration: Registration,
    /// Who may invite.
    pub invites: Inviters,
    /// How old one must be to sign up, in years; 0 asks nobody for a date of birth.
    pub minimum_age: u32,
    /// For so long after somebody proved who they are they may change what guards the account.
    pub fresh_s: u32,
    /// Whether people must prove that an address is theirs.
    pub verify_email: VerifyEmail,
    /// Memory of one password hash.
    pub argon2_memory_kib: u32,
    /// Rounds of one password hash.
    pub argon2_iterations: u32,
    /// Allows signing in over plain HTTP from other machines. The refresh cookie then travels unprotected.
    pub allow_plain_http: bool,
    /// Who else may say who somebody is, by id.
    pub providers: BTreeMap<String, ProviderConfig>,
}

hathor_core::text_enum! {
    /// Who may sign up.
    pub enum Registration {
        /// Anyone.
        Open = "open",
        /// Whoever brings an invitation.
        Invite = "invite",
        /// Nobody.
        Closed = "closed",
    }
}

hathor_core::text_enum! {
    /// Who may invite.
    pub enum Inviters {
        /// Administrators.
        Admins = "admins",
        /// Every person, a few a day.
        Everyone = "everyone",
    }
}

hathor_core::text_enum! {
    /// Whether people must prove that an address is theirs.
    pub enum VerifyEmail {
        /// Where letters go to a mail server.
        Auto = "auto",
        /// Everywhere.
        Always = "always",
        /// Nowhere.
        Never = "never",
    }
}

impl Default for AuthConfig {
    fn default() -> Self {
        Self {
            secret: None,
            previous_secret: None,
            access_ttl_s: 300,
            refresh_idle_s: 30 * 86_400,
            refresh_absolute_s: 90 * 86_400,
            refresh_grace_s: 20,
            registration: Registration::Open,
            invites: Inviters::Admins,
            minimum_age: 0,
            fresh_s: 600,
            verify_email: VerifyEmail::Auto,
            argon2_memory_kib: 19_456,
            argon2_iterations: 2,
            allow_plain_http: false,
            providers: BTreeMap::new(),
        }
    }
}

/// What may be sent to us.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UploadsConfig {
    /// The largest file taken.
    pub max_file_bytes: u64,
    /// Files one request may hold.
    pub max_files: usize,
    /// Where files land while they arrive; `uploads` in the data folder when absent. Put it on the file system of `blobs`.
    pub dir: Option<PathBuf>,
}

impl Default for UploadsConfig {
    fn default() -> Self {
        Self { max_file_bytes: 512 << 20, max_files: 200, dir: None }
    }
}

/// Signed links, renditions and the cage.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MediaConfig {
    /// Signs media links. Made at the first start when absent.
    #[serde(skip_serializing)]
    pub secret: Option<Secret>,
    /// The secret before this one.
    #[serde(skip_serializing)]
    pub previous_secret: Option<Secret>,
    /// A CDN or media host that links point at.
    pub public_url: Option<Url>,
    /// Life of a link; 600 at most.
    pub link_ttl_s: u32,
    /// What ffmpeg runs in.
    pub cage: CageChoice,
}

hathor_core::text_enum! {
    /// What ffmpeg runs in.
    pub enum CageChoice {
        /// Bubblewrap, else Landlock, else the start is refused.
        Auto = "auto",
        /// Nothing: a hostile file may then read the machine. Refused in production.
        None = "none",
    }
}

impl Default for MediaConfig {
    fn default() -> Self {
        Self {
            secret: None,
            previous_secret: None,
            public_url: None,
            link_ttl_s: 600,
            cage: CageChoice::Auto,
        }
    }
}

/// The durable queue.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JobsConfig {
    /// Jobs at once; 0 is one per core.
    pub slots: usize,
    /// A worker that is silent for so long has lost its job.
    pub lease_s: u32,
}

impl Default for JobsConfig {
    fn default() -> Self {
        Self { slots: 0, lease_s: 30 }
    }
}

/// What is written down about who did what.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AuditConfig {
    /// Days for which addresses, devices and changes can be read; 0 keeps them for ever. What happened stays.
    pub keep_days: u32,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { keep_days: 365 }
    }
}

/// What is written down about requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// `error`, `warn`, `info`, `debug`, `trace`, or a filter such as `info,hathor_jobs=debug`.
    pub level: String,
    /// `auto` is `pretty` on a terminal and `json` elsewhere.
    pub format: LogFormat,
    /// Also writes `combined.log` and `error.log` here, a file a day.
    pub dir: Option<PathBuf>,
    /// Days that these files are kept.
    pub keep_days: usize,
    /// Writes whole client addresses instead of their networks.
    pub full_ip: bool,
}

hathor_core::text_enum! {
    /// The shape of a log line.
    pub enum LogFormat { Auto = "auto", Pretty = "pretty", Json = "json" }
}

impl Default for LogConfig {
    fn default() -> Self {
        Self { level: "info".to_owned(), format: LogFormat::Auto, dir: None, keep_days: 14, full_ip: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_find_us_where_the_operator_says_or_where_we_listen() {
        let mut http = HttpConfig::default();
        for (listen, home) in [
            ("127.0.0.1:8080", "http://localhost:8080"),
            ("0.0.0.0:3000", "http://localhost:3000"),
            ("192.168.1.5:80", "http://192.168.1.5:80"),
            ("[fd00::5]:8080", "http://[fd00::5]:8080"),
        ] {
            http.listen = listen.parse().unwrap();
            assert_eq!(http.home(), home);
        }
        http.public_url = Some("https://music.example/".parse().unwrap());
        assert_eq!(http.home(), "https://music.example");
    }
}
