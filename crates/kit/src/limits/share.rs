//! What was paid on one node is drawn on all: news of payments over the bus.
//!
//! Nobody waits for it, and losing it loses precision only. Payments that few make and that each count, such as tries to
//! sign in, are told at once; all others are gathered for a quarter of a second, so that a thousand calls of the API are one
//! message.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use hathor_bus::{Bus, Event};
use hathor_core::Clock;
use serde::{Deserialize, Serialize};
use tokio::{sync::Notify, time::interval};

use super::{Budget, Limits, Payer, Speed, Subject, bucket::locked};

/// What the news are called.
const TOPIC: &str = "limits.paid";
/// How long payments that are not urgent are gathered.
const GATHER: Duration = Duration::from_millis(250);
/// Payers in one message.
const MOST: usize = 500;
/// Payers that wait to be told of; more than that in a quarter of a second are not told.
const WAITING: usize = 50_000;

/// Payments of this node that others have not heard of. Empty while nobody listens.
#[derive(Default)]
pub(super) struct Outgoing {
    open: AtomicBool,
    news: Mutex<Gathered>,
    urgent: Notify,
}

#[derive(Default)]
struct Gathered {
    paid: HashMap<(Budget, Payer), u32>,
    tried: Vec<Tried>,
}

/// One message.
#[derive(Debug, Default, Serialize, Deserialize)]
struct News {
    paid: Vec<(Budget, Payer, u32)>,
    tried: Vec<Tried>,
}

/// A try of a secret, or a right one after which those before are forgotten.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Tried {
    subject: Subject,
    payer: Payer,
    right: bool,
}

impl Outgoing {
    pub(super) fn spent(&self, budget: Budget, payer: Payer) {
        if !self.open.load(Ordering::Relaxed) {
            return;
        }
        let mut news = locked(&self.news);
        if news.paid.len() < WAITING {
            *news.paid.entry((budget, payer)).or_default() += 1;
        }
        drop(news);
        if budget.speed() == Speed::Now {
            self.urgent.notify_one();
        }
    }

    pub(super) fn tried(&self, subject: Subject, payer: Payer, right: bool) {
        if !self.open.load(Ordering::Relaxed) {
            return;
        }
        let mut news = locked(&self.news);
        if news.tried.len() < WAITING {
            news.tried.push(Tried { subject, payer, right });
        }
        drop(news);
        self.urgent.notify_one();
    }

    /// Everything that was gathered, in messages of a good size.
    fn take(&self) -> Vec<News> {
        let Gathered { paid, tried } = std::mem::take(&mut *locked(&self.news));
        let paid: Vec<_> = paid.into_iter().map(|((budget, payer), count)| (budget, payer, count)).collect();
        let payments = paid.chunks(MOST).map(|paid| News { paid: paid.to_vec(), tried: Vec::new() });
        let tries = tried.chunks(MOST).map(|tried| News { paid: Vec::new(), tried: tried.to_vec() });
        payments.chain(tries).collect()
    }
}

/// Tells other nodes what was paid here and draws what was paid there, for ever. Returns at once where this process is alone.
pub async fn share(limits: &Limits, bus: &Bus, clock: &Clock) {
    if matches!(bus, Bus::Memory(_)) {
        return;
    }
    let mut heard = bus.subscribe(TOPIC);
    let mut gathered = interval(GATHER);
    limits.outgoing.open.store(true, Ordering::Relaxed);
    loop {
        tokio::select! {
            event = heard.next() => limits.hear(&event, bus, clock),
            _ = gathered.tick() => limits.tell(bus),
            () = limits.outgoing.urgent.notified() => limits.tell(bus),
        }
    }
}

impl Limits {
    fn tell(&self, bus: &Bus) {
        for news in self.outgoing.take() {
            bus.publish(TOPIC, &news);
        }
    }

    /// What was missed is missed: a bucket that is too full for a while hurts nobody.
    fn hear(&self, event: &Event, bus: &Bus, clock: &Clock) {
        let Event::Message(message) = event else { return };
        if message.node == bus.node() {
            return;
        }
        let News { paid, tried } = match message.json() {
            Ok(news) => news,
            Err(error) => {
                tracing::warn!(%error, "another node tells of payments in words that this one does not know");
                return;
            }
        };
        let now = clock.now();
        for (budget, payer, count) in paid {
            self.buckets.of(budget, payer).draw(payer, count, now);
        }
        for Tried { subject, payer, right } in tried {
            if right {
                self.tries.forgive(subject, payer);
            } else {
                self.tries.count(subject, payer, now);
            }
        }
    }
}
