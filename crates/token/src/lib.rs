//! The kinds of token Hathor hands out, and the keys behind them.
//!
//! * [`AccessKeys`]: the five-minute JWT that says who is calling.
//! * [`refresh`]: the opaque secret in the cookie, of which we keep only a hash.
//! * [`MediaKeys`]: the signature in a media URL, checked on every range request.
//!
//! All keys are derived from one instance secret ([`Ring::derive`]), each for one purpose, so a token of one kind
//! can never pass as another. What is kept encrypted is sealed ([`Sealer`]) under a key that outlives the secret. Deliberately absent: the wall clock (`now` is passed in), storage, and HTTP.
//! Read [`ring`] first.

pub mod access;
pub mod app_key;
pub mod media;
pub mod refresh;
pub mod ring;
pub mod sealer;
pub mod secret_hash;

pub use access::{AccessClaims, AccessError, AccessKeys};
pub use app_key::{app_key_secret, is_app_key};
pub use media::{Class, MediaGrant, MediaKeys, Refused};
pub use refresh::refresh_secret;
pub use ring::{Key, Ring, ring_derive};
pub use sealer::{DataKey, Sealer, Unopenable};
pub use secret_hash::secret_hash;
