//! Hathor identity.
