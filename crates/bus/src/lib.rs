//! Hathor bus.
