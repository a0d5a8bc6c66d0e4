//! The kit every feature is built with: `Ctx`, who is asking, problems, pages, budgets and the value a feature is.
//!
//! Read [`feature`] for what a feature is, [`ctx`] for what it may reach, [`middleware`] for what happens around each request.

pub mod app_keys;
pub mod came;
pub mod config;
pub mod ctx;
pub mod error;
pub mod events;
pub mod extract;
pub mod feature;
pub mod fresh;
pub mod intake;
pub mod kept;
pub mod keys;
pub mod limits;
pub mod links;
pub mod middleware;
pub mod origin;
pub mod outbound;
pub mod page;
pub mod picture;
pub mod policy;
mod sound;
pub mod standing;
#[cfg(feature = "testing")]
pub mod testing;
pub mod viewer;
pub mod words;

pub use config::Config;
pub use ctx::Ctx;
pub use error::{Error, Result};
pub use extract::{Json, Path, Query};
pub use feature::{Feature, MediaLane, NodeRole, Routes};
pub use page::{Page, PageParams};
pub use viewer::{Admin, Device, Fresh, MaybeViewer, Moderator, Scopes, Verified, Viewer};

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] =
    &[keys::STATEMENTS, standing::STATEMENTS, app_keys::STATEMENTS];
