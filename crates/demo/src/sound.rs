//! Sound as it is while it is made: two rows of numbers.

/// Samples a second.
pub const RATE: u32 = 44_100;

/// Two channels in floating point.
#[derive(Clone, Debug)]
pub struct Stereo {
    /// Left and right.
    pub sides: [Vec<f32>; 2],
}

impl Stereo {
    /// Silence of `frames`.
    pub fn silence(frames: usize) -> Self {
        Self { sides: [vec![0.0; frames], vec![0.0; frames]] }
    }

    /// Adds one frame where there is room.
    pub fn add(&mut self, frame: usize, left: f32, right: f32) {
        let [lefts, rights] = &mut self.sides;
        if let (Some(l), Some(r)) = (lefts.get_mut(frame), rights.get_mut(frame)) {
            *l += left;
            *r += right;
        }
    }
}

/// Two channels as they are written: left and right in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stem(pub Vec<i16>);

/// How much of a sound goes left and right; -1 is all left.
pub fn pan(place: f32) -> [f32; 2] {
    [crate::math::sine(0.125 - place * 0.125), crate::math::sine(0.125 + place * 0.125)]
}
