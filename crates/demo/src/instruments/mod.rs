//! What sounds.

pub mod drums;
mod filter;
pub mod patches;
pub mod tone;
