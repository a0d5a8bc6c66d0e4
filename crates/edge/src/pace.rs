//! The slowest a body may come.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep};

/// Judges a sender by the time it made us wait, so a handler that reads slowly is never held against its client.
///
/// A sender has credit, counted in time and full at first: waiting for it uses credit up, each byte earns as much
/// as it may take at the slowest rate, and more than a window is never kept. One without credit is too slow.
#[derive(Debug)]
pub(crate) struct Pace {
    window: Duration,
    nanos_per_byte: u64,
    credit: Duration,
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
}

impl Pace {
    pub(crate) fn new(bytes_per_second: u64, window: Duration) -> Self {
        let nanos_per_byte = 1_000_000_000 / bytes_per_second.max(1);
        Self { window, nanos_per_byte, credit: window, waiting: None }
    }

    /// Bytes came; ends the present wait.
    pub(crate) fn came(&mut self, bytes: u64) {
        if let Some((since, _)) = self.waiting.take() {
            self.credit = self.credit.saturating_sub(since.elapsed());
        }
        let earned = Duration::from_nanos(bytes.saturating_mul(self.nanos_per_byte));
        self.credit = self.credit.saturating_add(earned).min(self.window);
    }

    /// Nothing has come yet; ready when the credit is used up.
    pub(crate) fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let credit = self.credit;
        let (_, alarm) = self.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(credit))));
        alarm.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use tokio::time::timeout;

    use super::*;

    /// Whether a sender of `bytes` every `gap` is cut within five minutes, by a pace of 1 KB/s over 10 s.
    async fn is_cut(bytes: u64, gap: Duration) -> bool {
        let mut pace = Pace::new(1024, Duration::from_secs(10));
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_mins(5) {
            if timeout(gap, poll_fn(|cx| pace.poll_too_slow(cx))).await.is_ok() {
                return true;
            }
            pace.came(bytes);
        }
        false
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_drips_is_cut_and_a_slow_steady_one_is_not() {
        assert!(is_cut(1, Duration::from_secs(1)).await);
        assert!(is_cut(900, Duration::from_secs(1)).await);
        assert!(!is_cut(1100, Duration::from_secs(1)).await);
        assert!(!is_cut(9 * 1024, Duration::from_secs(8)).await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_fast_start_does_not_pay_for_dripping_later() {
        let mut pace = Pace::new(1024, Duration::from_secs(10));
        assert!(timeout(Duration::from_secs(1), poll_fn(|cx| pace.poll_too_slow(cx))).await.is_err());
        pace.came(100_000_000);
        let begin = Instant::now();
        poll_fn(|cx| pace.poll_too_slow(cx)).await;
        assert!(begin.elapsed() < Duration::from_secs(11));
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_that_does_not_read_is_not_the_clients_fault() {
        let mut pace = Pace::new(1024, Duration::from_secs(10));
        pace.came(1);
        sleep(Duration::from_mins(1)).await;
        assert!(timeout(Duration::from_secs(9), poll_fn(|cx| pace.poll_too_slow(cx))).await.is_err());
    }
}
