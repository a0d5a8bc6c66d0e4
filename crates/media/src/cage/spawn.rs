//! The one thread that starts caged processes.
//!
//! "Die with parent" follows the *thread* that forked, so a process started from a pool's thread
//! is killed when that thread retires. This thread lives as long as the [`super::Cage`].

use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use tokio::{
    process::{Child, Command},
    runtime::Handle,
    sync::oneshot,
};

#[derive(Debug)]
pub struct Spawner {
    orders: Sender<Order>,
}

#[derive(Debug)]
struct Order {
    command: Command,
    runtime: Handle,
    answer: oneshot::Sender<io::Result<Child>>,
}

impl Spawner {
    /// Starts the thread.
    pub fn start() -> io::Result<Self> {
        let (orders, inbox) = channel();
        thread::Builder::new().name("cage".into()).spawn(move || serve(&inbox))?;
        Ok(Self { orders })
    }

    /// Starts `command`; its pipes belong to the calling runtime.
    pub async fn spawn(&self, command: Command) -> io::Result<Child> {
        let (answer, started) = oneshot::channel();
        let order = Order { command, runtime: Handle::current(), answer };
        self.orders.send(order).map_err(io::Error::other)?;
        started.await.map_err(io::Error::other)?
    }
}

fn serve(inbox: &Receiver<Order>) {
    for Order { mut command, runtime, answer } in inbox {
        let _inside = runtime.enter();
        // an unanswered child is dropped here, which kills it
        drop(answer.send(command.spawn()));
    }
}
