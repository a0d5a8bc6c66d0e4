//! The local half: who listens in this process, and a mailbox for each.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::sync::Notify;

use crate::NodeId;

/// Messages a mailbox holds before the oldest are lost.
pub const MAILBOX: usize = 256;

/// One piece of news.
#[derive(Clone, Debug)]
pub struct Message {
    /// What it is about, such as `track.018f…`.
    pub topic: Arc<str>,
    /// The news as JSON.
    pub payload: Bytes,
    /// Who told it.
    pub node: NodeId,
}

impl Message {
    /// Reads the payload.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.payload)
    }
}

/// What a subscriber sees.
#[derive(Clone, Debug)]
pub enum Event {
    /// News.
    Message(Message),
    /// So many messages before the next one were lost, since this subscriber was slow: read the truth again.
    Lagged(u64),
    /// Messages of other nodes may have been lost before this, since Redis was away: read the truth again.
    Restored,
}

/// Delivers messages to the subscribers of this process, without a task and without waiting.
pub struct Hub {
    node: NodeId,
    listeners: Mutex<HashMap<Box<str>, Vec<Arc<Mailbox>>>>,
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").field("node", &self.node).finish_non_exhaustive()
    }
}

impl Hub {
    /// A hub with no listeners.
    pub fn new(node: NodeId) -> Self {
        Self { node, listeners: Mutex::default() }
    }

    /// The node this hub belongs to.
    pub const fn node(&self) -> NodeId {
        self.node
    }

    /// Delivers news of this node.
    pub fn publish(&self, topic: &str, payload: Bytes) {
        self.deliver(&Message { topic: topic.into(), payload, node: self.node });
    }

    /// Puts `message` into the mailbox of everyone whose prefix it has.
    pub fn deliver(&self, message: &Message) {
        let listeners = locked(&self.listeners);
        for end in (0..=message.topic.len()).filter(|at| message.topic.is_char_boundary(*at)) {
            for mailbox in listeners.get(&message.topic[..end]).into_iter().flatten() {
                mailbox.put(Event::Message(message.clone()));
            }
        }
    }

    /// Tells everyone that messages of other nodes may be missing.
    pub fn restored(&self) {
        for mailbox in locked(&self.listeners).values().flatten() {
            mailbox.put(Event::Restored);
        }
    }

    /// Listens to every topic that begins with `prefix`.
    pub fn subscribe(self: &Arc<Self>, prefix: &str) -> Subscription {
        let mailbox = Arc::new(Mailbox::default());
        locked(&self.listeners).entry(prefix.into()).or_default().push(Arc::clone(&mailbox));
        Subscription { hub: Arc::clone(self), prefix: prefix.into(), mailbox }
    }

    fn leave(&self, prefix: &str, mailbox: &Arc<Mailbox>) {
        let mut listeners = locked(&self.listeners);
        if let Some(mailboxes) = listeners.get_mut(prefix) {
            mailboxes.retain(|other| !Arc::ptr_eq(other, mailbox));
            if mailboxes.is_empty() {
                listeners.remove(prefix);
            }
        }
    }
}

/// A place in the audience; leaving it is dropping it.
pub struct Subscription {
    hub: Arc<Hub>,
    prefix: Box<str>,
    mailbox: Arc<Mailbox>,
}

impl Subscription {
    /// The next event, in order. Safe to cancel: an event is lost only to the one who received it.
    pub async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.mailbox.take() {
                return event;
            }
            self.mailbox.wake.notified().await;
        }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.leave(&self.prefix, &self.mailbox);
    }
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

/// A bounded queue with one reader; it loses its oldest, so that what is read after a gap is newer than the gap.
#[derive(Default)]
struct Mailbox {
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Default)]
struct Waiting {
    events: VecDeque<Event>,
    lost: u64,
}

impl Mailbox {
    fn put(&self, event: Event) {
        let mut waiting = locked(&self.waiting);
        if waiting.events.len() == MAILBOX {
            waiting.events.pop_front();
            waiting.lost += 1;
        }
        waiting.events.push_back(event);
        drop(waiting);
        self.wake.notify_one();
    }

    fn take(&self) -> Option<Event> {
        let mut waiting = locked(&self.waiting);
        match std::mem::take(&mut waiting.lost) {
            0 => waiting.events.pop_front(),
            lost => Some(Event::Lagged(lost)),
        }
    }
}

/// Nothing that holds these locks can panic half-way, so a poisoned one is still whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_listener_who_left_is_forgotten() {
        let hub = Arc::new(Hub::new(NodeId::from_uuid(Uuid::from_u128(1))));
        let (one, two) = (hub.subscribe("track."), hub.subscribe("track."));
        drop(one);
        assert_eq!(locked(&hub.listeners)["track."].len(), 1);
        drop(two);
        assert!(locked(&hub.listeners).is_empty());
    }
}
