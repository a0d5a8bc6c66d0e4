//! What proves who somebody is beside a password: codes of an app, codes on paper, passkeys.
//!
//! An app ([`totp`]) and a passkey ([`webauthn`]) follow a password: [`gate`] stands between a proved account and its
//! session, and hands out a challenge where the account asks for more. A passkey is also enough alone, since it knows
//! its person. Codes on paper ([`recovery`]) replace either once. [`proof`] judges all three, for the gate and for those
//! who prove themselves once more; [`manage`] is where their owner adds and removes them.
//!
//! Nobody is locked out by somebody else: wrong codes count only behind a right password, and neither passkeys nor codes
//! on paper, which nobody can guess, ever wait. Read [`gate`] first.

mod ceremony;
mod gate;
mod jobs;
mod manage;
mod model;
mod proof;
mod recovery;
mod routes;
mod store;
#[cfg(test)]
mod tests;
mod totp;
mod webauthn;

use hathor_db::Statement;
use hathor_kit::Config;

pub(crate) use gate::admit;
pub(crate) use jobs::ForgetSteps;
pub(crate) use manage::void_all;
pub(crate) use model::{Challenge, FactorKind, PasskeyProof, Proof, SecondStep, SignIn};
pub(crate) use proof::{Outcome, prove_again};
pub(crate) use routes::router;

/// The statements of this folder.
pub(crate) const STATEMENTS: [&[Statement]; 4] =
    [store::STATEMENTS, store::codes::STATEMENTS, store::keys::STATEMENTS, store::steps::STATEMENTS];

/// Whether browsers can make passkeys for the address that the operator set.
pub(crate) fn has_passkeys(config: &Config) -> bool {
    webauthn::Site::of(config).is_some()
}
