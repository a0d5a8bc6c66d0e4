//! PostgreSQL servers of our own: made for one run, on the core of the server they work for.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Failure;
use crate::machine::{SERVER_CORE, Server, pinned};
use crate::peers::free_address;

/// What every server here gets: enough memory to hold all, no work that comes and goes between rounds.
const SETTINGS: &[&str] = &[
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=50",
    "shared_buffers=128MB",
    "autovacuum=off",
    "fsync=off",
];

/// A PostgreSQL with one empty database.
#[derive(Debug)]
pub struct Postgres {
    pub server: Server,
    pub url: String,
    bin: PathBuf,
}

impl Postgres {
    /// Makes one in a folder of `scratch`, which its user must be able to enter.
    pub fn start(scratch: &Path, name: &str) -> Result<Self, Failure> {
        let (bin, data, port) = (programs()?, scratch.join(name), free_address()?.port());
        make_folder(&data)?;
        let mut init = as_owner(Command::new("env"), &bin.join("initdb"));
        init.arg("-D").arg(&data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]);
        finish(init.arg("--no-sync"))?;
        let mut command = as_owner(pinned(SERVER_CORE, Path::new("env")), &bin.join("postgres"));
        command.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        let mut server = Server::start(command, &scratch.join(format!("{name}.log")))?;
        let mut ready = Command::new(bin.join("pg_isready"));
        ready.args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()]);
        let answers = || ready.status().is_ok_and(|status| status.success());
        server.wait("PostgreSQL", Duration::from_secs(30), answers)?;
        let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
        Ok(Self { server, url, bin })
    }

    /// Does at once what PostgreSQL does by itself after a while: counts what the tables hold.
    pub fn settle(&self) -> Result<(), Failure> {
        let mut psql = Command::new(self.bin.join("psql"));
        finish(psql.args(["-q", "-d", &self.url, "-c", "vacuum analyze"])).map(drop)
    }
}

/// The newest that Debian has installed.
fn programs() -> Result<PathBuf, Failure> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.map(|version| version.path()).max_by_key(number);
    Ok(newest.ok_or("there is no PostgreSQL (apt-get install postgresql)")?.join("bin"))
}

/// `start` running `program`, which refuses to be root, as its own user.
fn as_owner(mut start: Command, program: &Path) -> Command {
    if rustix::process::geteuid().is_root() {
        start.args(["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]);
    }
    start.arg(program);
    start
}

fn make_folder(data: &Path) -> Result<(), Failure> {
    let mut install = Command::new("install");
    install.args(["-d", "-m", "700"]);
    if rustix::process::geteuid().is_root() {
        install.args(["-o", "postgres"]);
    }
    finish(install.arg(data)).map(drop)
}

/// Runs a command to its end; returns what it said.
pub fn finish(command: &mut Command) -> Result<String, Failure> {
    let done = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if !done.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}
