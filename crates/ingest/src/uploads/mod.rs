//! Uploads: multipart bodies streamed to disk while they are hashed, told apart by their content, never by their names.
//!
//! Several files at once; each is taken or refused by itself. Nothing of a request that breaks off stays behind.

mod receive;
pub(crate) mod routes;
mod service;
