//! The line a benchmark prints.

use serde_json::{Value, json};

/// What is good enough still passes when the machine had a bad day.
const SLACK: f64 = 0.2;

/// A figure of both sides, with what we promise about their ratio.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    pub ours: f64,
    pub theirs: f64,
    pub target: Target,
}

/// What a ratio should be.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// More is better.
    AtLeast(f64),
    /// Less is better.
    AtMost(f64),
    /// It is printed, and not judged.
    None,
}

impl Compared {
    fn ratio(&self) -> f64 {
        self.ours / self.theirs
    }

    /// Whether the target is met, slack included.
    pub fn passes(&self) -> bool {
        match self.target {
            Target::AtLeast(least) => self.ratio() >= least * (1.0 - SLACK),
            Target::AtMost(most) => self.ratio() <= most * (1.0 + SLACK),
            Target::None => true,
        }
    }

    /// As it is printed.
    pub fn json(&self) -> Value {
        let target = match self.target {
            Target::AtLeast(least) => json!({ "at_least": least }),
            Target::AtMost(most) => json!({ "at_most": most }),
            Target::None => Value::Null,
        };
        let (ours, theirs, ratio) = (short(self.ours), short(self.theirs), short(self.ratio()));
        json!({ "ours": ours, "theirs": theirs, "ratio": ratio, "target": target })
    }
}

/// Four digits are more than a measurement knows.
pub fn short(figure: f64) -> f64 {
    if figure == 0.0 || !figure.is_finite() {
        return figure;
    }
    let scale = 10_f64.powf(3.0 - figure.abs().log10().floor());
    (figure * scale).round() / scale
}

/// The middle one.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = figures.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// From the smallest to the largest, as a share of the middle one.
pub fn spread(figures: &[f64]) -> f64 {
    let (least, most) =
        figures.iter().fold((f64::MAX, f64::MIN), |(a, b), &figure| (a.min(figure), b.max(figure)));
    (most - least) / median(figures.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(ours: f64, target: Target) -> bool {
        Compared { ours, theirs: 100.0, target }.passes()
    }

    #[test]
    fn a_ratio_may_miss_its_target_by_a_fifth() {
        assert!(ratio(72.1, Target::AtLeast(0.9)) && !ratio(71.0, Target::AtLeast(0.9)));
        assert!(ratio(143.0, Target::AtMost(1.2)) && !ratio(145.0, Target::AtMost(1.2)));
        assert!(ratio(1.0, Target::None));
    }

    #[test]
    fn one_odd_round_moves_the_spread_and_not_the_median() {
        let rounds = [10.0, 11.0, 1000.0, 9.0, 10.0];
        assert!((median(rounds) - 10.0).abs() < 1e-9);
        assert!((spread(&rounds) - 99.1).abs() < 1e-9);
    }

    #[test]
    fn figures_are_printed_as_exactly_as_they_are_known() {
        assert!((short(123_456.0) - 123_500.0).abs() < 1e-6);
        assert!((short(0.912_345) - 0.9123).abs() < 1e-9);
    }
}
