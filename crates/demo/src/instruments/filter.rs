//! A soft low-pass of two poles that may move while it sounds.

use crate::{math::sine, sound::RATE};

#[derive(Default)]
pub struct LowPass {
    first: f32,
    second: f32,
    gains: [f32; 3],
}

impl LowPass {
    /// Moves the edge to `hertz`.
    pub fn tune(&mut self, hertz: f32) {
        let turns = (hertz / RATE as f32).clamp(0.0005, 0.4) / 2.0;
        let slope = sine(turns) / sine(turns + 0.25);
        let first = 1.0 / (1.0 + slope * (slope + 1.25));
        self.gains = [first, slope * first, slope * slope * first];
    }

    pub fn pass(&mut self, input: f32) -> f32 {
        let [a, b, c] = self.gains;
        let rest = input - self.second;
        let band = a * self.first + b * rest;
        let low = self.second + b * self.first + c * rest;
        self.first = 2.0 * band - self.first;
        self.second = 2.0 * low - self.second;
        low
    }
}
