//! Signed-in devices. A session lives under a chain of refresh cookies, each made of the one before it.
//!
//! The client holds the cookie, the table its hash, and the server the key that makes a cookie's successor. So a cookie
//! that was just rotated away gets the *same* successor again (tabs race, answers get lost), although nothing that could
//! be used is stored. A cookie that is older than that was copied: whoever shows it ends the session for both.
//!
//! [`refresh`] is the cookie's value, [`carriage`] its name and flags, [`service`] opens and renews, [`ending`] ends,
//! [`known`] tells a device that was here before from one that was not, [`device`] says what it is called, [`step_up`]
//! is for those who prove once more who they are.
//!
//! Whatever ends a session or changes what its account may do is felt by every node at once, see
//! [`hathor_kit::standing`].

pub(crate) mod carriage;
pub(crate) mod device;
mod ending;
mod known;
mod refresh;
mod routes;
mod service;
pub(crate) mod step_up;
mod store;

pub(crate) use ending::{end, end_all, end_by_cookie, end_others};
pub(crate) use routes::router;
pub use service::EndReason;
pub(crate) use service::{Opened, Opening, open, renew};
pub(crate) use store::{STATEMENTS, forget, forget_devices};
