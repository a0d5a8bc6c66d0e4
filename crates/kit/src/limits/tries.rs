//! Wrong tries of one account's secret: they delay, and never lock.
//!
//! They are counted per account *and network*, so that nobody can hold up the owner from elsewhere. From one network so many
//! an hour are free; each one after makes the next wait, twice as long as before, a quarter of an hour at most; as they are
//! forgotten one by one, patience comes to the same number an hour. A try that is refused while waiting is not counted, so the right password passes when the wait is over, whatever was sent meanwhile. When
//! many networks try one account, a network that is new to it gets one free try instead of ten: the owner's first is enough.

use std::{collections::HashMap, sync::Mutex};

use hathor_core::Timestamp;

use super::{
    Payer, Subject,
    bucket::{locked, nanos, seconds},
};
use crate::config::limits::Rate;

/// The first wait.
const FIRST_WAIT: i64 = 30 * 1_000_000_000;
/// No wait is longer.
const LONGEST_WAIT: i64 = 15 * 60 * 1_000_000_000;
/// From so many times what one network may, an account counts as attacked from many.
const CROWD: i64 = 5;

/// The wrong tries of now.
pub(super) struct Tries {
    /// Wrong tries of one network that cost nothing.
    free: i64,
    /// Nanoseconds after which one wrong try is forgotten.
    each: i64,
    networks: Mutex<HashMap<(Subject, Payer), Wrong>>,
    /// When all tries of an account, wherever from, will be forgotten.
    crowds: Mutex<HashMap<Subject, i64>>,
}

/// What one network got wrong.
#[derive(Clone, Copy, Debug)]
struct Wrong {
    /// When all of it will be forgotten.
    forgotten_at: i64,
    /// When it may try again.
    again_at: i64,
}

impl Tries {
    /// `rate`: the wrong tries of one network for one account that cost nothing.
    pub(super) fn new(rate: Rate) -> Self {
        let free = i64::from(rate.count.max(1));
        let each = (i64::from(rate.seconds) * 1_000_000_000 / free).max(1);
        Self { free, each, networks: Mutex::default(), crowds: Mutex::default() }
    }

    /// Counts a try as wrong, or says how many seconds this network has to wait. Counted before it is judged, or many at once
    /// would all be free.
    pub(super) fn begin(&self, subject: Subject, payer: Payer, now: Timestamp) -> Result<(), u64> {
        let moment = nanos(now);
        let wait = locked(&self.networks).get(&(subject, payer)).map_or(0, |wrong| wrong.again_at - moment);
        if wait > 0 {
            return Err(seconds(wait.min(LONGEST_WAIT)));
        }
        self.count(subject, payer, now);
        Ok(())
    }

    /// Counts a try that was begun, here or on another node.
    pub(super) fn count(&self, subject: Subject, payer: Payer, now: Timestamp) {
        let now = nanos(now);
        let free = self.free_of(subject, now);
        let mut networks = locked(&self.networks);
        let wrong = networks.entry((subject, payer)).or_insert(Wrong { forgotten_at: now, again_at: now });
        wrong.forgotten_at = wrong.forgotten_at.max(now).saturating_add(self.each);
        let count = rounded_up(wrong.forgotten_at - now, self.each);
        if count >= free {
            let doublings = u32::try_from(count - free).unwrap_or(u32::MAX).min(5);
            wrong.again_at = now + (FIRST_WAIT << doublings).min(LONGEST_WAIT);
        }
    }

    /// A try that was begun is not counted after all.
    pub(super) fn withdraw(&self, subject: Subject, payer: Payer, now: Timestamp) {
        let now = nanos(now);
        if let Some(wrong) = locked(&self.networks).get_mut(&(subject, payer)) {
            wrong.forgotten_at -= self.each;
            if rounded_up(wrong.forgotten_at - now, self.each) < self.free {
                wrong.again_at = now;
            }
        }
    }

    /// What this network got wrong is forgotten; what came from elsewhere is not.
    pub(super) fn forgive(&self, subject: Subject, payer: Payer) {
        locked(&self.networks).remove(&(subject, payer));
    }

    pub(super) fn forget_the_old(&self, now: Timestamp) {
        let now = nanos(now);
        let mut networks = locked(&self.networks);
        networks.retain(|_, wrong| wrong.forgotten_at > now || wrong.again_at > now);
        networks.shrink_to_fit();
        drop(networks);
        let mut crowds = locked(&self.crowds);
        crowds.retain(|_, forgotten_at| *forgotten_at > now);
        crowds.shrink_to_fit();
    }

    /// Free tries of one network, after counting one more for the account as a whole.
    fn free_of(&self, subject: Subject, now: i64) -> i64 {
        let each = (self.each / CROWD).max(1);
        let mut crowds = locked(&self.crowds);
        let forgotten_at = crowds.entry(subject).or_insert(now);
        *forgotten_at = (*forgotten_at).max(now).saturating_add(each);
        let count = rounded_up(*forgotten_at - now, each);
        if count > self.free * CROWD { 1 } else { self.free }
    }
}

/// `span` in units of `each`, where a part counts as a whole.
const fn rounded_up(span: i64, each: i64) -> i64 {
    (span + each - 1).div_euclid(each)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

    fn tries() -> Tries {
        Tries::new(Rate::new(10, 3_600))
    }

    fn nina() -> Subject {
        Subject::of("login", "nina")
    }

    fn network(last: u8) -> Payer {
        Payer::of([203, 0, last / 200, last % 200].into())
    }

    #[test]
    fn each_wrong_try_after_the_tenth_waits_twice_as_long() {
        let (tries, mut now) = (tries(), NOW);
        for _ in 0..10 {
            assert_eq!(tries.begin(nina(), network(1), now), Ok(()));
        }
        for wait in [30, 60, 120, 240] {
            assert_eq!(tries.begin(nina(), network(1), now), Err(wait));
            now = now + Duration::from_secs(wait);
            assert_eq!(tries.begin(nina(), network(1), now), Ok(()), "the wait is over");
        }
    }

    #[test]
    fn a_refused_try_does_not_lengthen_the_wait() {
        let tries = tries();
        for _ in 0..10 {
            tries.begin(nina(), network(1), NOW).unwrap();
        }
        for second in 0..30 {
            assert_eq!(tries.begin(nina(), network(1), NOW + Duration::from_secs(second)), Err(30 - second));
        }
        assert_eq!(tries.begin(nina(), network(1), NOW + Duration::from_secs(30)), Ok(()));
    }

    #[test]
    fn nobody_elsewhere_can_hold_the_owner_up() {
        let tries = tries();
        for last in 2..=250 {
            for _ in 0..20 {
                let _ = tries.begin(nina(), network(last), NOW);
            }
        }
        assert_eq!(tries.begin(nina(), network(1), NOW), Ok(()), "her first try is free whoever attacks");
        tries.forgive(nina(), network(1));
        assert_eq!(tries.begin(nina(), network(1), NOW), Ok(()));
        assert_eq!(tries.begin(Subject::of("login", "omar"), network(2), NOW), Ok(()));
    }

    #[test]
    fn a_try_that_nobody_judged_does_not_count() {
        let tries = tries();
        for _ in 0..30 {
            assert_eq!(tries.begin(nina(), network(1), NOW), Ok(()));
            tries.withdraw(nina(), network(1), NOW);
        }
    }

    #[test]
    fn in_a_crowd_each_network_has_one_free_try() {
        let tries = tries();
        for last in 2..=60 {
            tries.begin(nina(), network(last), NOW).unwrap();
        }
        assert_eq!(tries.begin(nina(), network(61), NOW), Ok(()));
        assert_eq!(tries.begin(nina(), network(61), NOW), Err(30));
    }

    #[test]
    fn wrong_tries_are_forgotten_after_an_hour_and_at_once_after_a_right_one() {
        let tries = tries();
        for _ in 0..9 {
            tries.begin(nina(), network(1), NOW).unwrap();
        }
        tries.forgive(nina(), network(1));
        for _ in 0..10 {
            assert_eq!(tries.begin(nina(), network(1), NOW), Ok(()));
        }
        let later = NOW + Duration::from_hours(1);
        tries.forget_the_old(later);
        assert!(locked(&tries.networks).is_empty() && locked(&tries.crowds).is_empty());
    }
}
