//! Hathor server.
