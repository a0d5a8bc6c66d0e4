//! The drums by their numbers in General MIDI.

pub const KICK: i32 = 36;
pub const RIM: i32 = 37;
pub const SNARE: i32 = 38;
pub const HAT: i32 = 42;
pub const OPEN: i32 = 46;
pub const RIDE: i32 = 51;
pub const SHAKER: i32 = 70;
