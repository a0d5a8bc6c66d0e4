//! Who is asking: accounts, the devices signed in to them, and the tokens both get.
//!
//! * [`accounts`]: people, their names and passwords; what the command line does with them.
//! * [`sessions`]: a signed-in device from its first refresh cookie to its end.
//! * [`passwords`]: Argon2id on a bounded number of threads, and the words nobody may use.
//!
//! A session's life: opened by a sign-up or sign-in · renewed by `POST /api/auth/refresh`, each time under a new
//! cookie · ended by signing out, by a changed password, by a stolen cookie used twice, or by time. Deliberately absent:
//! the access token's check, which is `kit`'s for every request. Read [`sessions`] first.

pub mod accounts;
mod jobs;
mod mails;
pub mod passwords;
mod routes;
pub mod sessions;
#[cfg(test)]
mod tests;

use hathor_kit::{Feature, NodeRole};

pub use accounts::{Account, GeneratedAdmin, NewAccount};

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[accounts::STATEMENTS, sessions::STATEMENTS];

/// Signing up, in and out, and one's own profile.
pub fn feature() -> Feature {
    Feature { routes: vec![(NodeRole::Auth, routes::router())], jobs: jobs::registry(), ..Feature::default() }
}
