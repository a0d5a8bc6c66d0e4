//! The little of ISO base media that our own renditions need: find the segments, set two fields.

mod boxes;
mod index;
mod patch;

pub use index::{Index, read_index};
pub use patch::patch;
