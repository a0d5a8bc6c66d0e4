//! Hathor token.
