//! App keys: secrets by which programs act for a person, each with a name and with scopes, each revocable by itself.
//!
//! A secret is shown once. It is found by its SHA-256; a sealed copy lies beside it, since players of the Subsonic kind sign
//! with the secret itself ([`secrets`]). What a key opens is decided for every request in [`hathor_kit::app_keys`]. Keys
//! outlive a change of the password; whoever takes an account back ends them with [`revoke_all`].

mod model;
mod routes;
mod service;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use model::Known;
pub use service::{revoke_all, secrets};

pub(crate) use routes::router;
