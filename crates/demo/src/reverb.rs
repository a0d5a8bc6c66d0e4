//! A room: eight damped echoes a side, smeared by four all-passes.

use crate::sound::Stereo;

const ECHOES: [usize; 8] = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const SMEARS: [usize; 4] = [556, 441, 341, 225];
/// The right side's lines are this much longer.
const SPREAD: usize = 23;

struct Echo {
    line: Vec<f32>,
    at: usize,
    dull: f32,
}

impl Echo {
    fn new(length: usize) -> Self {
        Self { line: vec![0.0; length], at: 0, dull: 0.0 }
    }

    fn turn(&mut self) {
        self.at += 1;
        if self.at == self.line.len() {
            self.at = 0;
        }
    }

    fn comb(&mut self, input: f32, keep: f32, damp: f32) -> f32 {
        let out = self.line[self.at];
        self.dull = out * (1.0 - damp) + self.dull * damp;
        // too faint to hear, and slow to compute with
        if self.dull.abs() < 1e-15 {
            self.dull = 0.0;
        }
        self.line[self.at] = input + self.dull * keep;
        self.turn();
        out
    }

    fn smear(&mut self, input: f32) -> f32 {
        let held = self.line[self.at];
        self.line[self.at] = input + held * 0.5;
        self.turn();
        held - input
    }
}

/// Adds the room's answer to `sound`; `size` 0 to 1, `amount` its level.
pub fn reverb(sound: &mut Stereo, size: f32, amount: f32) {
    let keep = 0.7 + 0.26 * size;
    let [left, right] = &mut sound.sides;
    let mut rooms = [0, SPREAD].map(|more| {
        (ECHOES.map(|length| Echo::new(length + more)), SMEARS.map(|length| Echo::new(length + more)))
    });
    for (l, r) in left.iter_mut().zip(right.iter_mut()) {
        let both = (*l + *r) * 0.015;
        for ((combs, smears), side) in rooms.iter_mut().zip([&mut *l, &mut *r]) {
            let echoes: f32 = combs.iter_mut().map(|comb| comb.comb(both, keep, 0.35)).sum();
            let room = smears.iter_mut().fold(echoes, |sound, smear| smear.smear(sound));
            *side += room * amount;
        }
    }
}
