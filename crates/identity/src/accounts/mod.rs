//! People with an account: what they are called, what they may do, how they prove who they are.
//!
//! [`model`] says which names, addresses and passwords there can be, `names` which of them look alike. [`newcomers`] come
//! from outside and are judged by the rules of the house (`age`, invitations); [`service`] makes and changes accounts for
//! the operator and proves who somebody is; [`verified`] is about the moment an address is proved; [`password`] changes
//! one's own.

mod age;
mod attempt;
pub mod model;
mod names;
pub(crate) mod newcomers;
pub(crate) mod noted;
mod password;
mod service;
mod store;
mod verified;
pub(crate) mod ways;

pub(crate) use attempt::Attempt;
pub use model::NewAccount;
pub(crate) use password::{change_password, judged as judged_password, replace_password};
pub use service::{GeneratedAdmin, create, ensure_admin, find, remove, set_password, set_role};
pub(crate) use service::{prove, taken};
pub use store::Account;
pub(crate) use store::{STATEMENTS, by_id, email_key, email_taken, hold, read, set_email};
pub(crate) use verified::{Owner, changed_after, first_verified};
pub(crate) use ways::ways_in;

/// Tells every node that what `user` may do has changed, or that their sessions have ended. Call it after the commit.
pub fn changed(ctx: &hathor_kit::Ctx, user: hathor_core::UserId) {
    hathor_kit::standing::account_changed(ctx, user);
}
