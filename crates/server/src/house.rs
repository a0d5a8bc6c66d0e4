//! Puts the house together: opens what the configuration names, in the order that lets a bad start fail early and cleanly.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::{DirBuilderExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use hathor_audit::Audit;
use hathor_blob::{Blobs, S3Credentials};
use hathor_bus::Bus;
use hathor_core::{Clock, Ids, Secret};
use hathor_db::{Db, Options};
use hathor_edge::Shutdown;
use hathor_jobs::{News, Queue};
use hathor_kit::{
    Config, Ctx,
    config::{self, Sources, sections::CageChoice},
    ctx::{Keys, Parts},
    kept::Kept,
    limits::Limits,
};
use hathor_mail::Mail;
use hathor_media::Cage;

/// Why a command could not do its work: sentences for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct Trouble(pub Vec<String>);

impl Trouble {
    /// `what` was tried, and `why` it failed.
    pub fn new(what: &str, why: impl std::fmt::Display) -> Self {
        Self(vec![format!("{what}: {why}")])
    }
}

/// A configuration that was read and judged, and the folder that holds what it leaves open.
pub struct Plan {
    /// The configuration, complete.
    pub config: Config,
    /// The data folder.
    pub data: PathBuf,
}

impl Plan {
    /// Reads the configuration, makes the data folder and the secrets in it, and refuses what is wrong: all of it at once.
    pub fn make(data: &Path, file: Option<PathBuf>) -> Result<Self, Trouble> {
        let mut config = read(data, file)?;
        private_folder(data).map_err(|e| Trouble::new(&data.display().to_string(), e))?;
        let data = data.canonicalize().map_err(|e| Trouble::new(&data.display().to_string(), e))?;
        config::settle_secrets(&mut config, &data).map_err(|e| Trouble::new("secrets", e))?;
        let problems = config::check::problems(&config);
        if !problems.is_empty() {
            return Err(Trouble(problems));
        }
        config
            .database
            .url
            .get_or_insert_with(|| Secret::new(format!("sqlite:{}", data.join("hathor.db").display())));
        config.blobs.url.get_or_insert_with(|| format!("file:{}", data.join("blobs").display()));
        config.bus.url.get_or_insert_with(|| Secret::new("memory:"));
        config.mail.url.get_or_insert_with(|| format!("outbox:{}", data.join("outbox").display()));
        config.uploads.dir.get_or_insert_with(|| data.join("uploads"));
        Ok(Self { config, data })
    }
}

/// Reads the configuration without touching anything. `hathor.toml` in the data folder is read when no file is named.
pub fn read(data: &Path, file: Option<PathBuf>) -> Result<Config, Trouble> {
    let usual = data.join("hathor.toml");
    let file = file.or_else(|| usual.exists().then_some(usual));
    config::load::load(&Sources::of_this_process(file)).map_err(|problems| Trouble(problems.0))
}

/// For its owner alone, whatever the umask.
fn private_folder(path: &Path) -> std::io::Result<()> {
    if !path.exists() {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Opens the database the configuration names.
pub fn open_db(config: &Config) -> Result<Db, Trouble> {
    let url = config.database.url.as_ref().map_or("", Secret::reveal);
    let options = Options { connections: config.database.max_connections, ..Options::default() };
    Db::open(url, &options).map_err(|e| Trouble::new("database", e))
}

/// Opens everything, brings the database to the newest migration, and puts the house together.
pub async fn build(config: Config) -> Result<Ctx, Trouble> {
    let db = open_db(&config)?;
    // the cage's proof takes the longest, and needs none of the others
    let (migrated, blobs, cage) = tokio::join!(db.migrate_up(), open_blobs(&config), find_cage(&config));
    migrated.map_err(|e| Trouble::new("migrations", e))?;
    let (blobs, cage, mail) = (blobs?, cage?, open_mail(&config)?);
    let ids = Ids::Random;
    let clock = Clock::System;
    let now = clock.now();
    let bus_url = config.bus.url.as_ref().map_or("memory:", Secret::reveal);
    let bus = Bus::open(bus_url, ids.next(now)).await.map_err(|e| Trouble::new("bus", e))?;
    let keys = Keys::open(&config, &db, now).await.map_err(|e| Trouble(vec![e.to_string()]))?;
    Ok(Ctx::new(Parts {
        audit: Audit::new(&keys.data),
        keys,
        limits: Limits::new(&config.limits),
        jobs: queue(&clock, &ids, &bus),
        db,
        blobs,
        bus,
        mail,
        clock,
        ids,
        cage,
        kept: Kept::default(),
        standing: Arc::default(),
        outbound: hathor_kit::outbound::Outbound::default(),
        started_at: now,
        stopping: Shutdown::new(),
        config,
    }))
}

/// The topic on which nodes tell each other of work.
pub const JOB_NEWS: &str = "jobs.news";

/// A queue whose news travel over the bus.
fn queue(clock: &Clock, ids: &Ids, bus: &Bus) -> Queue {
    let bus = bus.clone();
    Queue::new(clock.clone(), ids.clone()).announcing(move |news: News| bus.publish(JOB_NEWS, &news))
}

async fn open_blobs(config: &Config) -> Result<Blobs, Trouble> {
    let url = config.blobs.url.as_deref().unwrap_or_default();
    let credentials = config.blobs.s3_access_key.clone().zip(config.blobs.s3_secret_key.clone());
    let credentials = credentials.map(|(access_key, secret_key)| S3Credentials { access_key, secret_key });
    Blobs::open(url, credentials.as_ref()).await.map_err(|e| Trouble::new("blobs", e))
}

fn open_mail(config: &Config) -> Result<Mail, Trouble> {
    let url = config.mail.url.as_deref().unwrap_or_default();
    let (password, authority) = (config.mail.password.as_ref(), config.mail.tls_ca_file.as_deref());
    Mail::open(url, &config.mail.from, password, authority).map_err(|e| Trouble::new("mail", e))
}

/// Proves the cage with a file that tries to get out of it.
pub async fn find_cage(config: &Config) -> Result<Cage, Trouble> {
    match config.media.cage {
        CageChoice::None => Cage::open_for_development().map_err(|e| Trouble::new("media.cage", e)),
        CageChoice::Auto => {
            let me = std::env::current_exe().map_err(|e| Trouble::new("media.cage", e))?;
            Cage::detect(&me).await.map_err(|e| Trouble::new("media.cage", e))
        }
    }
}

/// Whether what renders works in the cage. It takes longer to start than all of us.
pub async fn try_ffmpeg(cage: &Cage) -> Result<(), Trouble> {
    cage.works().await.map_err(|e| Trouble::new("ffmpeg", e))
}

/// How long a stop may take.
pub const STOP: Duration = Duration::from_secs(30);
