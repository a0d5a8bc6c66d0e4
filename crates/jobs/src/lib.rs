//! Hathor jobs.
