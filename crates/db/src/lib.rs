//! Hathor db.
