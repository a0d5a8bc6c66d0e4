//! The role `worker`: the loop that does the jobs, and the ear for work that other nodes announce.

use hathor_bus::Event;
use hathor_jobs::{Config, Runner};
use hathor_kit::Ctx;

use crate::{
    features,
    house::{JOB_NEWS, STOP},
};

/// Works until the process is asked to stop, then lets what runs finish within [`STOP`].
pub fn work(ctx: &Ctx) -> impl Future<Output = ()> + Send + use<> {
    let runner = Runner::new(ctx.db.clone(), ctx.jobs.clone(), ctx.clone(), features::jobs(), config(ctx));
    let ctx = ctx.clone();
    async move {
        let working = runner.start();
        tokio::select! {
            () = ctx.stopping.begun() => {}
            () = listen(&ctx) => {}
        }
        working.stop(STOP).await;
    }
}

fn config(ctx: &Ctx) -> Config {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let slots = if ctx.config.jobs.slots == 0 { cores } else { ctx.config.jobs.slots };
    Config {
        slots,
        lease: std::time::Duration::from_secs(ctx.config.jobs.lease_s.into()),
        ..Config::default()
    }
}

async fn listen(ctx: &Ctx) {
    let mut news = ctx.bus.subscribe(JOB_NEWS);
    loop {
        if let Event::Message(message) = news.next().await
            && let Ok(news) = message.json()
        {
            ctx.jobs.hear(news);
        }
    }
}
