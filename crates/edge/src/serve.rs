//! The accept loop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::answer::BUSY;
use crate::census::Census;
use crate::connection::House;
use crate::front::App;
use crate::{EdgeLimits, Shutdown};

/// After an accept that failed for want of file descriptors or memory.
const CATCH_BREATH: Duration = Duration::from_millis(100);

/// Serves `app`, which a router is too, until `shutdown` begins, then lets requests in flight finish for at most `limits.shutdown`.
///
/// Sockets that were upgraded (`WebSocket`) belong to those who upgraded them, and are not waited for.
pub async fn serve(listener: TcpListener, app: impl App, limits: EdgeLimits, shutdown: Shutdown) {
    let census = Census::new(&limits);
    let limits = Arc::new(limits);
    let house = House { app, limits: Arc::clone(&limits), shutdown: shutdown.clone() };
    let mut guests = JoinSet::new();
    let mut closing = std::pin::pin!(shutdown.begun());
    loop {
        tokio::select! {
            biased;
            () = &mut closing => break,
            Some(left) = guests.join_next() => note_panic(left),
            accepted = listener.accept() => match accepted {
                Ok((tcp, peer)) => welcome(&house, &census, &mut guests, tcp, peer),
                Err(failed) => pause(&failed).await,
            },
        }
    }
    drop(listener);
    let farewell = async {
        while let Some(left) = guests.join_next().await {
            note_panic(left);
        }
    };
    if timeout(limits.shutdown, farewell).await.is_err() {
        tracing::warn!(connections.open = guests.len(), "connections were cut at the shutdown deadline");
        guests.shutdown().await;
    }
}

fn welcome(
    house: &House<impl App>,
    census: &Arc<Census>,
    guests: &mut JoinSet<()>,
    tcp: TcpStream,
    peer: SocketAddr,
) {
    let Some(seat) = census.admit(peer.ip()) else {
        // whoever does not read it sees a closed connection, which says the same
        let _ = tcp.try_write(BUSY.as_bytes());
        return;
    };
    // fails only on a socket that is closed already
    let _ = tcp.set_nodelay(true);
    guests.spawn(house.clone().receive(tcp, peer, seat));
}

async fn pause(failed: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    if !matches!(failed.kind(), ConnectionAborted | ConnectionReset | Interrupted) {
        tracing::error!(error = %failed, "connections cannot be accepted");
        tokio::time::sleep(CATCH_BREATH).await;
    }
}

fn note_panic(left: Result<(), tokio::task::JoinError>) {
    if let Err(error) = left.map_err(|error| error.to_string()) {
        tracing::error!(error, "a connection's task failed");
    }
}
