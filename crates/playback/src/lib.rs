//! Hathor playback.
