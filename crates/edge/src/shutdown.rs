//! The one switch that ends a process politely.

use tokio::sync::watch;

/// A handle that is cloned into everything that has to stop; whoever holds one may begin the shutdown.
#[derive(Clone, Debug)]
pub struct Shutdown(watch::Sender<bool>);

impl Shutdown {
    /// A handle that has not been used yet.
    pub fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    /// Asks everything that holds a clone to finish; a second call changes nothing.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Whether [`Self::begin`] has been called.
    pub fn has_begun(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until [`Self::begin`] is called.
    pub fn begun(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut switch = self.0.subscribe();
        let sender = self.0.clone();
        async move {
            // the sender lives in this future, so waiting can only end by the switch
            let _ = switch.wait_for(|begun| *begun).await;
            drop(sender);
        }
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}
