//! Hathor media.
