//! Hathor edge.
