//! Keys, scales, chords, and how one chord moves to the next.

/// Which seven notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Bright.
    Major,
    /// Dark.
    Minor,
    /// Dark with a bright sixth.
    Dorian,
    /// Bright with a soft seventh.
    Mixolydian,
    /// Bright with a raised fourth.
    Lydian,
}

impl Mode {
    /// Semitones above the tonic.
    pub fn steps(self) -> [i32; 7] {
        match self {
            Self::Major => [0, 2, 4, 5, 7, 9, 11],
            Self::Minor => [0, 2, 3, 5, 7, 8, 10],
            Self::Dorian => [0, 2, 3, 5, 7, 9, 10],
            Self::Mixolydian => [0, 2, 4, 5, 7, 9, 10],
            Self::Lydian => [0, 2, 4, 6, 7, 9, 11],
        }
    }
}

/// A tonic and its mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Semitones above C.
    pub tonic: i32,
    /// Which seven notes.
    pub mode: Mode,
}

impl Key {
    /// The pitch of a scale step: 0 is the tonic at or above middle C, 7 the one above, -7 the one below.
    pub fn pitch(self, step: i32) -> i32 {
        60 + self.tonic + 12 * step.div_euclid(7) + self.mode.steps()[step.rem_euclid(7) as usize]
    }

    /// Whether `pitch` belongs to the key.
    pub fn holds(self, pitch: i32) -> bool {
        self.mode.steps().contains(&(pitch - self.tonic).rem_euclid(12))
    }

    /// The pitch classes of the seventh chord on scale step `root`, the root first.
    pub fn chord(self, root: i32) -> [i32; 4] {
        [0, 2, 4, 6].map(|third| self.pitch(root + third).rem_euclid(12))
    }
}

/// The voicing of `classes` around `centre` that moves the hand of `before` least.
pub fn lead(before: Option<[i32; 4]>, classes: [i32; 4], centre: i32) -> [i32; 4] {
    let mut best = (i32::MAX, [0; 4]);
    for turn in 0..4 {
        for floor in centre - 12..=centre {
            let voicing = stack(classes, turn, floor);
            let middle = voicing.iter().sum::<i32>() / 4;
            let motion = before.map_or(0, |before| motion(before, voicing));
            let cost = 2 * motion + (middle - centre).abs();
            if cost < best.0 {
                best = (cost, voicing);
            }
        }
    }
    best.1
}

/// Semitones that all voices travel together.
pub fn motion(from: [i32; 4], to: [i32; 4]) -> i32 {
    from.iter().zip(to).map(|(from, to)| (from - to).abs()).sum()
}

/// `classes` from their `turn`-th one upwards, each just above the one before, the first at or above `floor`.
fn stack(classes: [i32; 4], turn: usize, floor: i32) -> [i32; 4] {
    let mut last = floor - 1;
    let mut voicing = [0; 4];
    for (place, pitch) in voicing.iter_mut().enumerate() {
        let class = classes[(turn + place) % 4];
        *pitch = last + 1 + (class - last - 1).rem_euclid(12);
        last = *pitch;
    }
    voicing
}

#[cfg(test)]
mod tests {
    use super::*;

    const C: Key = Key { tonic: 0, mode: Mode::Major };

    #[test]
    fn scales_and_chords_are_the_known_ones() {
        assert_eq!([0, 2, 4, 7, -1].map(|step| C.pitch(step)), [60, 64, 67, 72, 59]);
        assert_eq!(C.chord(4), [7, 11, 2, 5]); // G7
        let d_dorian = Key { tonic: 2, mode: Mode::Dorian };
        assert_eq!(d_dorian.chord(0), [2, 5, 9, 0]); // Dm7
        assert!(C.holds(71) && !C.holds(70));
    }

    #[test]
    fn a_chord_moves_to_the_next_by_small_steps() {
        let mut hand = lead(None, C.chord(0), 64);
        for root in [3, 1, 4, 0, 5, 1, 4, 2, 5] {
            let next = lead(Some(hand), C.chord(root), 64);
            assert!(hand.iter().zip(next).all(|(from, to)| (from - to).abs() <= 4), "{hand:?} {next:?}");
            assert!(next.is_sorted() && next.iter().all(|pitch| C.holds(*pitch)));
            hand = next;
        }
    }
}
