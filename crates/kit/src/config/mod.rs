//! What an operator may set: one struct per section, environment over file over defaults.
//!
//! [`load`] reads, [`check`] judges. Nothing else in the house reads the environment.

pub mod check;
pub mod limits;
pub mod load;
pub mod providers;
mod secrets;
pub mod sections;

use serde::{Deserialize, Serialize};

pub use load::{LoadError, Sources};
pub use secrets::{AUTH, MEDIA, draw_secret, replace_secret, settle_secrets};

hathor_core::text_enum! {
    /// How strict the house is with its operator.
    #[derive(Default)]
    pub enum Mode {
        /// At home: what is missing is made.
        #[default]
        Standard = "standard",
        /// On the open internet: weak, default or repeated secrets are refused.
        Production = "production",
    }
}

/// Everything that can be set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// `standard` or `production`.
    pub mode: Mode,
    /// Listeners and the edge.
    pub http: sections::HttpConfig,
    /// Where the truth lives.
    pub database: sections::DatabaseConfig,
    /// Where files live.
    pub blobs: sections::BlobsConfig,
    /// How nodes tell each other news.
    pub bus: sections::BusConfig,
    /// How letters get to people.
    pub mail: sections::MailConfig,
    /// Accounts and tokens.
    pub auth: sections::AuthConfig,
    /// Request budgets.
    pub limits: limits::LimitsConfig,
    /// What may be sent to us.
    pub uploads: sections::UploadsConfig,
    /// Signed links, renditions and the cage.
    pub media: sections::MediaConfig,
    /// The durable queue.
    pub jobs: sections::JobsConfig,
    /// What is written down about who did what.
    pub audit: sections::AuditConfig,
    /// What is written down about requests.
    pub log: sections::LogConfig,
}

impl Config {
    /// Whether people must prove that an address is theirs before they may do more than listen.
    pub fn must_verify(&self) -> bool {
        match self.auth.verify_email {
            sections::VerifyEmail::Always => true,
            sections::VerifyEmail::Never => false,
            sections::VerifyEmail::Auto => self.mail.url.as_ref().is_some_and(|url| url.starts_with("smtp")),
        }
    }
}
