//! Proofs: secrets that go out by mail and come back, which shows who reads that mailbox.
//!
//! A proof's life: made with its letter, in one transaction · used once, within its time, or voided when what it was for is
//! settled · swept away a day later. The table keeps hashes; the letter alone has the secret. [`model`] says how they are
//! made, [`verify`] what proves an address, [`reset`] what gives somebody who forgot the password another one, [`change`]
//! how an account comes to another address.

mod change;
mod jobs;
mod model;
mod reset;
mod routes;
mod store;
mod verify;

pub(crate) use jobs::{ForgetProofs, SendReset};
pub(crate) use model::Purpose;
pub(crate) use routes::router;
pub(crate) use store::{STATEMENTS, void, void_all};
pub(crate) use verify::ask_to_verify;
