//! A process of its own for the tests: works on `note` jobs until its input ends, then stops gracefully.
//!
//! `worker <url> <slots> <lease in ms>`

use std::{
    io::{Read, Write},
    time::Duration,
};

use hathor_core::{Clock, Ids};
use hathor_db::{Db, Options};
use hathor_jobs::{Config, Queue, Registry, Runner};

#[path = "../tests/note/mod.rs"]
mod note;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().collect();
    let [_, url, slots, lease] = words.as_slice() else {
        return Err("worker <url> <slots> <lease in ms>".into());
    };
    let db = Db::open(url, &Options { patience: Duration::from_secs(10), ..Options::default() })?;
    note::create_tables(&db).await?;
    let config = Config {
        slots: slots.parse()?,
        lease: Duration::from_millis(lease.parse()?),
        poll: Duration::from_millis(50),
        ..Config::default()
    };
    let queue = Queue::new(Clock::System, Ids::Random);
    let registry = Registry::new().job::<note::Note>();
    let working = Runner::new(db.clone(), queue, db, registry, config).start();
    writeln!(std::io::stdout(), "working")?;
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    working.stop(Duration::from_secs(30)).await;
    Ok(())
}
