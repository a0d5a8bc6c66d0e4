//! The demo library: `serve --demo`, `hathor demo` and `hathor demo --remove`.
//!
//! It comes in as anybody's music would, through the public API. What is there already is not sent again, so that a fill
//! that was cut off goes on where it stopped. It knows its own by the addresses of its accounts.

mod fill;
mod guest;
mod remove;
mod sound;
mod store;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use hathor_core::{Secret, random};
use hathor_demo::releases::Artist;
use hathor_edge::{EdgeLimits, serve};
use hathor_identity::accounts::{self, Account};
use hathor_kit::{Ctx, NodeRole};
use tokio::{net::TcpListener, task::JoinSet};

use super::{block_on, say};
use crate::{
    cli::Instance,
    features,
    house::{self, Plan, STOP, Trouble},
    worker,
};

/// `hathor demo`: fills, or with `remove` empties, while no server runs on the folder.
pub fn run(instance: Instance, remove: bool) -> Result<(), Trouble> {
    let plan = Plan::make(&instance.data, instance.config)?;
    // only fails when a provider is installed already, which is as good
    let _ = rustls::crypto::ring::default_provider().install_default();
    let folder = folder(&plan.data);
    block_on(async {
        let ctx = house::build(plan.config).await?;
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|e| Trouble::new("demo", e))?;
        let address = listener.local_addr().map_err(|e| Trouble::new("demo", e))?;
        let mut loops = JoinSet::new();
        loops.spawn(worker::work(&ctx));
        let house = features::app(&ctx, NodeRole::ALL);
        loops.spawn(serve(listener, house, EdgeLimits::default(), ctx.stopping.clone()));
        let outcome = if remove {
            remove::remove(&ctx, &base(address), &folder).await
        } else {
            fill::fill(&ctx, &base(address), &folder).await
        };
        ctx.stopping.begin();
        let ended = async { while loops.join_next().await.is_some() {} };
        // a job that is cut off here runs again at the next start
        let _ = tokio::time::timeout(STOP, ended).await;
        outcome?;
        say(if remove { "the demo library is gone" } else { "the demo library is there" });
        Ok(())
    })
}

/// `serve --demo`: fills an empty instance while it serves. Trouble is told in the log and keeps nobody from listening.
pub async fn beside_the_server(ctx: Ctx, address: SocketAddr, data: PathBuf) {
    let folder = folder(&data);
    let work = async {
        if wanted(&ctx, &folder).await? {
            tracing::info!("filling the empty instance with the demo library");
            fill::fill(&ctx, &base(address), &folder).await?;
            tracing::info!("the demo library is there");
        }
        Ok::<(), Trouble>(())
    };
    tokio::select! {
        () = ctx.stopping.begun() => {}
        outcome = work => if let Err(trouble) = outcome {
            tracing::warn!(error.message = %trouble, "the demo library is not complete; the next start goes on");
        }
    }
}

/// Whether there is something to fill: an instance without music, or one that was being filled.
async fn wanted(ctx: &Ctx, folder: &Path) -> Result<bool, Trouble> {
    if filled(folder).exists() || removed(folder).exists() {
        return Ok(false);
    }
    for artist in &hathor_demo::releases::ARTISTS {
        if account(ctx, artist).await?.is_some() {
            return Ok(true);
        }
    }
    store::is_without_tracks(&ctx.db).await.map_err(|e| Trouble::new("demo", e))
}

fn folder(data: &Path) -> PathBuf {
    data.join("demo")
}

/// There once everything is in.
fn filled(folder: &Path) -> PathBuf {
    folder.join("filled")
}

/// There once the library was taken out, so that the next `serve --demo` does not bring it back.
fn removed(folder: &Path) -> PathBuf {
    folder.join("removed")
}

fn mark(file: &Path) -> Result<(), Trouble> {
    let made = file.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(file, ""));
    made.map_err(|e| Trouble::new(&file.display().to_string(), e))
}

/// Removes a mark; one that is not there is as good.
fn unmark(file: &Path) {
    let _ = std::fs::remove_file(file);
}

/// Where a listener is reached from this machine.
fn base(address: SocketAddr) -> String {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

fn email(artist: &Artist) -> String {
    format!("{}@demo.invalid", artist.username)
}

/// The demo account of `artist`: somebody else may have the name, nobody else has the address.
async fn account(ctx: &Ctx, artist: &Artist) -> Result<Option<Account>, Trouble> {
    accounts::find(ctx, &email(artist)).await.map_err(|e| Trouble::new(artist.username, e))
}

/// A password that nobody ever sees.
fn password() -> Secret {
    Secret::new(random::token())
}
