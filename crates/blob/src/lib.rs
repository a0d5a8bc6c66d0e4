//! Hathor blob.
