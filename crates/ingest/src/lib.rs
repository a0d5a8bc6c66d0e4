//! Hathor ingest.
