//! How long to wait before another attempt.

use std::time::Duration;

/// Doubles with each attempt up to `most`, and is spread by a fifth either way, so that what failed together does not
/// come back together.
pub(crate) fn delay(first: Duration, most: Duration, attempt: i64) -> Duration {
    let doublings = u32::try_from(attempt.saturating_sub(1)).unwrap_or(0).min(20);
    let full = first.saturating_mul(1 << doublings).min(most);
    full.mul_f64(0.8 + 0.4 * unit())
}

/// A random number from 0 up to 1.
fn unit() -> f64 {
    f64::from(u16::from_be_bytes(hathor_core::random::bytes())) / 65_536.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_about_twice_the_last_until_the_most() {
        let (first, most) = (Duration::from_secs(1), Duration::from_mins(1));
        for attempt in 1..=5 {
            let full = 1 << (attempt - 1);
            let wait = delay(first, most, attempt).as_secs_f64();
            assert!(
                (0.8 * f64::from(full)..1.2 * f64::from(full)).contains(&wait),
                "attempt {attempt}: {wait}"
            );
        }
        assert!(delay(first, most, 40) <= most.mul_f64(1.2));
        assert!(delay(first, most, 0) >= Duration::from_millis(800));
    }

    #[test]
    fn waits_are_spread() {
        let waits: std::collections::HashSet<_> =
            (0..50).map(|_| delay(Duration::from_secs(1), Duration::MAX, 1)).collect();
        assert!(waits.len() > 30, "{}", waits.len());
    }
}
