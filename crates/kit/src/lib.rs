//! Hathor kit.
