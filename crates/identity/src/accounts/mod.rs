//! People with an account: what they are called, what they may do, how they prove who they are.
//!
//! [`model`] says which names, addresses and passwords there can be; [`service`] makes and changes accounts.

pub mod model;
mod service;
mod store;

pub use model::NewAccount;
pub use service::{GeneratedAdmin, create, ensure_admin, find, remove, set_password, set_role};
pub(crate) use service::{prove, register, rename};
pub use store::Account;
pub(crate) use store::{STATEMENTS, by_id, read};
