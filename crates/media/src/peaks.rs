//! The outline of a track: 1800 peaks, whatever its length, in fixed memory.

/// How many peaks a track has.
pub const PEAKS: usize = 1800;

/// At most so many cells are kept; when they are full, neighbours merge.
const CELLS: usize = 65_536;

/// Collects the largest amplitude per cell of frames; cells widen as the track grows, so that
/// twelve hours take as little memory as a minute.
#[derive(Debug)]
pub struct Outline {
    cells: Vec<f32>,
    width: u64,
    frames: u64,
}

impl Outline {
    /// Nothing heard yet.
    pub fn new() -> Self {
        Self { cells: Vec::with_capacity(CELLS), width: 16, frames: 0 }
    }

    /// Adds one frame whose loudest channel has the absolute value `level`.
    pub fn add(&mut self, level: f32) {
        if self.frames.is_multiple_of(self.width) {
            self.open_cell();
        }
        self.frames += 1;
        if let Some(cell) = self.cells.last_mut() {
            *cell = cell.max(level);
        }
    }

    fn open_cell(&mut self) {
        if self.cells.len() == CELLS {
            self.cells = self.cells.chunks(2).map(loudest).collect();
            self.width *= 2;
        }
        self.cells.push(0.0);
    }

    /// The 1800 peaks, 255 being full scale.
    pub fn peaks(&self) -> [u8; PEAKS] {
        let cells = self.cells.len();
        std::array::from_fn(|at| {
            let start = at * cells / PEAKS;
            let end = ((at + 1) * cells).div_ceil(PEAKS).max(start + 1);
            as_byte(loudest(self.cells.get(start..end.min(cells)).unwrap_or_default()))
        })
    }
}

fn loudest(levels: &[f32]) -> f32 {
    levels.iter().copied().fold(0.0, f32::max)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is clamped to 0..=255"
)]
fn as_byte(level: f32) -> u8 {
    (level * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_in_the_middle_shows_in_the_middle_whatever_the_length() {
        for frames in [44_100_u64, 44_101, 5_000_000, 40_000_003] {
            let mut outline = Outline::new();
            (0..frames).for_each(|frame| outline.add(if frame == frames / 2 { 1.0 } else { 0.1 }));
            let peaks = outline.peaks();
            let loud: Vec<usize> = (0..PEAKS).filter(|&at| peaks[at] == 255).collect();
            assert!(!loud.is_empty() && loud.len() <= 2, "{frames}: {loud:?}");
            assert!(loud.iter().all(|at| at.abs_diff(PEAKS / 2) <= 1), "{frames}: {loud:?}");
            assert!(peaks.iter().all(|&peak| peak == 255 || peak == 26), "{frames}");
            assert!(outline.cells.len() <= CELLS);
        }
    }

    #[test]
    fn silence_and_nothing_are_flat() {
        assert_eq!(Outline::new().peaks(), [0; PEAKS]);
        let mut outline = Outline::new();
        (0..100).for_each(|_| outline.add(0.0));
        assert_eq!(outline.peaks(), [0; PEAKS]);
    }
}
