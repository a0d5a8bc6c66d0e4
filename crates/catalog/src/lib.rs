//! Hathor catalog.
