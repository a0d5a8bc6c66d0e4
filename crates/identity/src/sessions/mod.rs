//! Signed-in devices. A session lives under a chain of refresh cookies, each made of the one before it.
//!
//! The client holds the cookie, the table its hash, and the server the key that makes a cookie's successor. So a cookie
//! that was just rotated away gets the *same* successor again (tabs race, answers get lost), although nothing that could
//! be used is stored. A cookie that is older than that was copied: whoever shows it ends the session for both.
//!
//! [`refresh`] is the cookie's value, [`carriage`] its name and flags, [`service`] the rules.

pub(crate) mod carriage;
mod refresh;
mod service;
mod store;

pub use service::EndReason;
pub(crate) use service::{Opened, end, end_all, end_by_cookie, open, renew};
pub(crate) use store::{STATEMENTS, forget};
