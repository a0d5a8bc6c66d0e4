//! The instance.

use std::{path::Path, sync::Arc};

use axum::Router;
use hathor_audit::Audit;
use hathor_blob::Blobs;
use hathor_bus::Bus;
use hathor_core::{Clock, Ids, Secret, Timestamp};
use hathor_db::testing::TestDb;
use hathor_edge::{EdgeLimits, Shutdown};
use hathor_jobs::{Queue, Registry, Runner};
use hathor_mail::Mail;
use hathor_media::Cage;
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::OnceCell};

use super::{Persona, settle::settle};
use crate::{
    Config, Ctx, Feature, Routes,
    ctx::{Keys, Parts},
    kept::Kept,
    limits::Limits,
    middleware::{self, App},
    outbound::Outbound,
    viewer::Role,
};

/// An instance on a socket of its own. Dropped, it is gone with its folder and its database.
pub struct TestApp {
    /// The house.
    pub ctx: Ctx,
    base: String,
    features: fn() -> Vec<Feature>,
    folder: TempDir,
    db: Arc<TestDb>,
}

/// A configuration for stories: cheap passwords, fixed secrets.
pub fn config() -> Config {
    let mut config = Config::default();
    config.auth.secret = Some(Secret::new("the secret of stories, for tokens and cursors"));
    config.media.secret = Some(Secret::new("the secret of stories, for links to media"));
    config.auth.argon2_memory_kib = 64;
    config.auth.argon2_iterations = 1;
    // everybody in a story comes from one address, and faster than people
    config.limits.login.burst = 0;
    config.limits.code.burst = 0;
    config.limits.account.count = 1_000;
    config
}

impl TestApp {
    /// An instance of `features` on `db`.
    pub async fn new(db: TestDb, features: fn() -> Vec<Feature>) -> Self {
        Self::with(db, features, |_| {}).await
    }

    /// An instance whose configuration `change` has changed.
    pub async fn with(db: TestDb, features: fn() -> Vec<Feature>, change: impl FnOnce(&mut Config)) -> Self {
        Self::on(Arc::new(db), features, None, change).await
    }

    async fn on(
        db: Arc<TestDb>,
        features: fn() -> Vec<Feature>,
        bus: Option<Bus>,
        change: impl FnOnce(&mut Config),
    ) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config();
        config.blobs.url = Some(format!("file:{}", folder.path().join("blobs").display()));
        config.uploads.dir = Some(folder.path().join("uploads"));
        config.mail.url = Some(format!("outbox:{}", folder.path().join("outbox").display()));
        change(&mut config);
        let ctx = Box::pin(build(config, &db, bus)).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        tokio::spawn(hathor_edge::serve(
            listener,
            app(&ctx, features()),
            EdgeLimits::default(),
            ctx.stopping.clone(),
        ));
        Self { ctx, base, features, folder, db }
    }

    /// Where it is.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Where it writes.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its database.
    pub fn db(&self) -> &TestDb {
        &self.db
    }

    /// Someone who has not signed in.
    pub fn anon(&self) -> Persona {
        Persona::new(self.base.clone())
    }

    /// Someone who has just signed up.
    pub async fn fan(&self, username: &str) -> Persona {
        let mut persona = self.anon();
        persona.sign_up(username).await;
        persona
    }

    /// Someone who has just signed up, to upload.
    pub async fn artist(&self, username: &str) -> Persona {
        self.fan(username).await
    }

    /// Someone with an account and a signed-in device, both written straight into the tables: for houses whose features
    /// cannot sign anybody up.
    pub async fn settle(&self, username: &str, role: Role) -> Persona {
        let mut persona = self.anon();
        (persona.id, persona.token) = settle(&self.ctx, username, role).await;
        persona
    }

    /// The letters it has sent, oldest first, as they lie in its outbox.
    pub fn mails(&self) -> Vec<String> {
        let Mail::Outbox(outbox) = &self.ctx.mail else { return Vec::new() };
        let letters = outbox.letters().expect("an outbox");
        letters.iter().map(|path| std::fs::read_to_string(path).expect("a letter")).collect()
    }

    /// Does every job that is due, and those that come of it.
    pub async fn run_jobs(&self) {
        let registry =
            (self.features)().into_iter().map(|feature| feature.jobs).fold(Registry::new(), Registry::and);
        let runner = Runner::new(
            self.ctx.db.clone(),
            self.ctx.jobs.clone(),
            self.ctx.clone(),
            registry,
            hathor_jobs::Config::default(),
        );
        runner.drain().await.expect("the queue answers");
    }
}

/// As many instances as there are buses, on one database: the nodes of a fleet.
pub async fn fleet<const N: usize>(
    db: TestDb,
    features: fn() -> Vec<Feature>,
    buses: [Bus; N],
) -> [TestApp; N] {
    let db = Arc::new(db);
    let mut nodes = Vec::new();
    for bus in buses {
        nodes.push(TestApp::on(Arc::clone(&db), features, Some(bus), |_| {}).await);
    }
    nodes.try_into().ok().expect("a node for each bus")
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.ctx.stopping.begin();
    }
}

async fn build(config: Config, db: &TestDb, bus: Option<Bus>) -> Ctx {
    let blobs = Blobs::open(config.blobs.url.as_deref().unwrap_or_default(), None).await.expect("blobs");
    let mail = config.mail.url.as_deref().unwrap_or_default();
    let mail =
        Mail::open(mail, &config.mail.from, config.mail.password.as_ref(), None).expect("a way out for mail");
    let ids = Ids::Random;
    let now = Clock::System.now();
    // the clock stands still, a little after now, so that stories tell the same each time
    let clock = Clock::held(Timestamp::from_micros(now.micros()));
    let keys = Keys::open(&config, db, now).await.expect("keys");
    Ctx::new(Parts {
        audit: Audit::new(&keys.data),
        keys,
        limits: Limits::new(&config.limits),
        db: db.handle(),
        blobs,
        mail,
        bus: bus.unwrap_or_else(|| Bus::memory(ids.next(now))),
        jobs: Queue::new(clock.clone(), ids.clone()),
        clock,
        ids,
        cage: cage().await,
        kept: Kept::default(),
        standing: Arc::default(),
        outbound: Outbound::default(),
        started_at: now,
        stopping: Shutdown::new(),
        config,
    })
}

/// Proved once, shared by all stories of a process.
async fn cage() -> Cage {
    static CAGE: OnceCell<Cage> = OnceCell::const_new();
    CAGE.get_or_init(|| async { Cage::bubblewrap().await.expect("bubblewrap holds") }).await.clone()
}

fn app(ctx: &Ctx, features: Vec<Feature>) -> App {
    let mut routes = Router::new();
    let mut media = None;
    for feature in features {
        routes = feature.routes.into_iter().map(Routes::answered).fold(routes, Router::merge);
        media = media.or(feature.media);
    }
    middleware::surround(ctx, routes, media)
}
