//! Who is asking: accounts, the devices signed in to them, and the tokens both get.
//!
//! * [`accounts`]: people, their names and passwords; what the command line does with them.
//! * [`admin`]: what administrators do to the accounts of others.
//! * [`sessions`]: a signed-in device from its first refresh cookie to its end.
//! * [`app_keys`]: secrets by which programs act for a person.
//! * [`profile`]: what people tell of themselves, the name they go by, and leaving.
//! * [`passwords`]: Argon2id on a bounded number of threads, and the words nobody may use.
//! * [`trail`]: who did what, for administrators.
//!
//! A session's life: opened by a sign-up or sign-in · renewed by `POST /api/auth/refresh`, each time under a new
//! cookie · ended by signing out, by a changed password, by a stolen cookie used twice, or by time. Deliberately absent:
//! the access token's check, which is `kit`'s for every request. Read [`sessions`] first.

pub mod accounts;
pub mod admin;
pub mod app_keys;
mod factors;
mod invites;
mod jobs;
pub mod letters;
mod linked;
mod mails;
pub mod passwords;
pub mod profile;
mod proofs;
mod routes;
pub mod sessions;
#[cfg(test)]
mod tests;
pub mod trail;

use hathor_kit::{Feature, NodeRole, Routes};

pub use accounts::{Account, GeneratedAdmin, NewAccount};

/// The statements of this crate.
pub const STATEMENTS: &[&[hathor_db::Statement]] = &[
    accounts::STATEMENTS,
    accounts::ways::STATEMENTS,
    invites::STATEMENTS,
    linked::STATEMENTS,
    profile::STATEMENTS,
    proofs::STATEMENTS,
    sessions::STATEMENTS,
    admin::STATEMENTS,
    app_keys::store::STATEMENTS,
    trail::STATEMENTS,
    factors::STATEMENTS[0],
    factors::STATEMENTS[1],
    factors::STATEMENTS[2],
    factors::STATEMENTS[3],
];

/// Signing up, in and out, and one's own profile.
pub fn feature() -> Feature {
    Feature {
        routes: vec![Routes::of(NodeRole::Auth, routes::router)],
        jobs: jobs::registry(),
        ..Feature::default()
    }
}
