//! One budget's token buckets, as GCRA: of a bucket only the moment is kept at which it will be full again.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

use hathor_core::Timestamp;

use super::Payer;
use crate::config::limits::Rate;

/// Payers are spread over so many locks.
const SHARDS: usize = 16;

/// The buckets of one budget.
pub(super) struct Bucket {
    rate: Rate,
    /// Nanoseconds that one token takes to come back.
    each: i64,
    /// Nanoseconds that an empty bucket takes to be full.
    depth: i64,
    spread: RandomState,
    /// When each payer's bucket is full again, in nanoseconds since 1970.
    full_at: [Mutex<HashMap<Payer, i64>>; SHARDS],
}

/// How a payment went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// So many could follow at once.
    Yes { remaining: u32 },
    /// There will be a token in so many seconds.
    No { wait: u64 },
}

impl Bucket {
    pub(super) fn new(rate: Rate) -> Self {
        let count = i64::from(rate.count.max(1));
        let each = (i64::from(rate.seconds) * 1_000_000_000 / count).max(1);
        let depth = each * i64::from(rate.at_once());
        let full_at = std::array::from_fn(|_| Mutex::default());
        Self { rate, each, depth, spread: RandomState::new(), full_at }
    }

    pub(super) const fn rate(&self) -> Rate {
        self.rate
    }

    /// Takes one token, if there is one.
    pub(super) fn pay(&self, payer: Payer, now: Timestamp) -> Paid {
        let now = nanos(now);
        let mut shard = self.shard(payer);
        let full_at = shard.entry(payer).or_insert(now);
        // a clock that was set back must not keep anybody waiting longer than an empty bucket does
        let spent = (*full_at - now).clamp(0, self.depth);
        let after = spent + self.each;
        if after > self.depth {
            return Paid::No { wait: seconds(after - self.depth) };
        }
        *full_at = now + after;
        Paid::Yes { remaining: u32::try_from((self.depth - after) / self.each).unwrap_or(u32::MAX) }
    }

    /// Draws what was paid elsewhere; below empty it does not go.
    pub(super) fn draw(&self, payer: Payer, tokens: u32, now: Timestamp) {
        let now = nanos(now);
        let mut shard = self.shard(payer);
        let full_at = shard.entry(payer).or_insert(now);
        let spent = (*full_at - now).max(0).saturating_add(self.each.saturating_mul(tokens.into()));
        *full_at = now + spent.min(self.depth);
    }

    /// Puts one token back.
    pub(super) fn give_back(&self, payer: Payer) {
        if let Some(full_at) = self.shard(payer).get_mut(&payer) {
            *full_at -= self.each;
        }
    }

    pub(super) fn forget_the_full(&self, now: Timestamp) {
        let now = nanos(now);
        for shard in &self.full_at {
            let mut shard = locked(shard);
            shard.retain(|_, full_at| *full_at > now);
            shard.shrink_to_fit();
        }
    }

    fn shard(&self, payer: Payer) -> MutexGuard<'_, HashMap<Payer, i64>> {
        let at = usize::try_from(self.spread.hash_one(payer) % SHARDS as u64).unwrap_or(0);
        locked(&self.full_at[at])
    }
}

/// Nothing that holds these locks can panic half-way, so a poisoned one is still whole.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) const fn nanos(at: Timestamp) -> i64 {
    at.micros().saturating_mul(1_000)
}

/// Whole seconds, rounded up.
pub(super) fn seconds(nanos: i64) -> u64 {
    u64::try_from(nanos).unwrap_or(0).div_ceil(1_000_000_000).max(1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_700_000_000_000_000);

    fn payer() -> Payer {
        Payer::of([203, 0, 113, 7].into())
    }

    /// How many payments go through at `now`.
    fn payments(bucket: &Bucket, now: Timestamp) -> usize {
        (0..1_000).take_while(|_| matches!(bucket.pay(payer(), now), Paid::Yes { .. })).count()
    }

    #[test]
    fn a_burst_goes_at_once_and_the_rest_at_the_rate() {
        let bucket = Bucket::new(Rate { count: 100, seconds: 900, burst: 20 });
        assert_eq!(payments(&bucket, NOW), 20);
        assert_eq!(bucket.pay(payer(), NOW), Paid::No { wait: 9 });
        assert_eq!(payments(&bucket, NOW + Duration::from_secs(27)), 3);
        assert_eq!(payments(&bucket, NOW + Duration::from_hours(1)), 20);
    }

    #[test]
    fn what_others_paid_is_missing_here_and_never_more_than_all() {
        let bucket = Bucket::new(Rate::new(10, 10));
        bucket.draw(payer(), 4, NOW);
        assert_eq!(payments(&bucket, NOW), 6);
        bucket.draw(payer(), 1_000_000, NOW);
        assert_eq!(payments(&bucket, NOW), 0);
        assert_eq!(payments(&bucket, NOW + Duration::from_secs(10)), 10);
    }

    #[test]
    fn what_is_given_back_can_be_paid_again() {
        let bucket = Bucket::new(Rate::new(1, 60));
        assert_eq!(payments(&bucket, NOW), 1);
        bucket.give_back(payer());
        assert_eq!(payments(&bucket, NOW), 1);
    }

    #[test]
    fn a_clock_that_was_set_back_costs_no_more_than_an_empty_bucket() {
        let bucket = Bucket::new(Rate::new(10, 10));
        assert_eq!(payments(&bucket, NOW), 10);
        let before = NOW - Duration::from_hours(24);
        assert_eq!(bucket.pay(payer(), before), Paid::No { wait: 1 });
    }

    #[test]
    fn who_owes_nothing_is_forgotten() {
        let bucket = Bucket::new(Rate::new(10, 10));
        payments(&bucket, NOW);
        bucket.forget_the_full(NOW);
        assert_eq!(bucket.full_at.iter().map(|shard| locked(shard).len()).sum::<usize>(), 1);
        bucket.forget_the_full(NOW + Duration::from_secs(10));
        assert_eq!(bucket.full_at.iter().map(|shard| locked(shard).len()).sum::<usize>(), 0);
    }
}
