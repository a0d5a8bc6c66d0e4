//! The servers we compare ourselves with.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use crate::Failure;
use crate::machine::{SERVER_CORE, Server, pinned};

/// A server that listens.
#[derive(Debug)]
pub struct Peer {
    pub server: Server,
    pub address: SocketAddr,
    /// The database server that works for it alone; ended after it.
    pub database: Option<Server>,
}

impl Peer {
    /// Waits until the server takes connections.
    pub fn new(mut server: Server, address: SocketAddr, name: &str) -> Result<Self, Failure> {
        let listens = || TcpStream::connect(address).is_ok();
        server.wait(name, Duration::from_secs(30), listens)?;
        Ok(Self { server, address, database: None })
    }

    /// Seconds of CPU it has used, its database server included.
    pub fn cpu_seconds(&self) -> f64 {
        self.servers().map(Server::cpu_seconds).sum()
    }

    /// Its memory in MB (2^20), its database server included.
    pub fn pss_mb(&self) -> f64 {
        self.servers().map(Server::pss_mb).sum()
    }

    fn servers(&self) -> impl Iterator<Item = &Server> {
        [&self.server].into_iter().chain(&self.database)
    }
}

/// An address nobody listens on.
pub fn free_address() -> Result<SocketAddr, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// nginx as Debian ships it, one worker, with sendfile and without any check of who asks.
pub fn nginx(scratch: &Path, folder: &Path) -> Result<Peer, Failure> {
    let address = free_address()?;
    let scratch = scratch.join("nginx");
    fs::create_dir_all(&scratch)?;
    let config = scratch.join("nginx.conf");
    fs::write(&config, nginx_config(&scratch, folder, address))?;
    let mut command = pinned(SERVER_CORE, Path::new("nginx"));
    command.arg("-p").arg(&scratch).arg("-c").arg(&config);
    let server = Server::start(command, &scratch.join("log"))
        .map_err(|error| format!("{error} (apt-get install nginx-light)"))?;
    Peer::new(server, address, "nginx")
}

fn nginx_config(scratch: &Path, folder: &Path, address: SocketAddr) -> String {
    let (scratch, folder) = (scratch.display(), folder.display());
    let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
    format!(
        "{user} daemon off; worker_processes 1; pid {scratch}/pid; error_log stderr;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; sendfile on; tcp_nopush off; keepalive_requests 1000000000;
            types {{ audio/wav wav; }}
            client_body_temp_path {scratch}/body; proxy_temp_path {scratch}/proxy;
            fastcgi_temp_path {scratch}/fastcgi; uwsgi_temp_path {scratch}/uwsgi; scgi_temp_path {scratch}/scgi;
            server {{ listen {address}; root {folder}; }}
        }}"
    )
}

/// The edge's example: our lane with nothing above it.
pub fn lane(program: &Path, scratch: &Path, folder: &Path) -> Result<Peer, Failure> {
    let address = free_address()?;
    let mut command = pinned(SERVER_CORE, program);
    command.arg(folder).arg(address.to_string());
    let server = Server::start(command, &scratch.join("lane.log"))?;
    Peer::new(server, address, "the example lane (cargo build --release -p hathor-edge --example lane)")
}
