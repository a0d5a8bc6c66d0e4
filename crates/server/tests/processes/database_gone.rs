//! A database that goes away for a while: asked, the server says so at once; whoever listens hears no gap.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use hathor_db::testing::all_required;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::house::{Guest, Server, client, free_port, song};

/// Longer than the five seconds for which the media lane trusts what it has read.
const GONE: Duration = Duration::from_secs(30);

/// A PostgreSQL of this test's own, which it may stop and start.
struct Postgres {
    bin: PathBuf,
    dir: tempfile::TempDir,
    port: u16,
    running: Option<Child>,
}

impl Postgres {
    /// `None` where it is not installed.
    async fn start() -> Option<Self> {
        let Some(bin) = newest_installed() else {
            assert!(!all_required(), "PostgreSQL is not installed");
            eprintln!("skipped: PostgreSQL is not installed");
            return None;
        };
        let dir = tempfile::tempdir().unwrap();
        let mut postgres = Self { bin, dir, port: free_port(), running: None };
        postgres.make_cluster();
        postgres.run().await;
        Some(postgres)
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("cluster")
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn make_cluster(&self) {
        fs::create_dir(self.data()).unwrap();
        if owned_by_root(self.dir.path()) {
            assert!(Command::new("chmod").arg("711").arg(self.dir.path()).status().unwrap().success());
            assert!(Command::new("chown").arg("postgres").arg(self.data()).status().unwrap().success());
        }
        let made = self
            .command("initdb")
            .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    }

    /// One of PostgreSQL's programs on this cluster. It refuses root, so there its own user runs it; it ends with us.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "INT"]);
        if owned_by_root(self.dir.path()) {
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
        }
        command.arg(self.bin.join(program)).arg("-D").arg(self.data()).stdin(Stdio::null());
        command
    }

    /// Starts it and waits until it answers.
    async fn run(&mut self) {
        let log = fs::File::create(self.dir.path().join("log")).unwrap();
        let child = self
            .command("postgres")
            .args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"])
            .args(["-c", "unix_socket_directories="])
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        self.running = Some(child);
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(20), "PostgreSQL does not start");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Stops at once, as a crash would: `pg_ctl stop -m immediate` sends the same signal.
    fn crash(&mut self) {
        let Some(mut child) = self.running.take() else { return };
        let told = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()));
        child.wait().unwrap();
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.crash();
    }
}

fn newest_installed() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    bins.filter(|bin| bin.join("initdb").exists()).max()
}

fn owned_by_root(path: &Path) -> bool {
    std::os::unix::fs::MetadataExt::uid(&fs::metadata(path).unwrap()) == 0
}

#[tokio::test(flavor = "multi_thread")]
async fn without_its_database_the_server_says_so_at_once_and_plays_on() {
    let Some(mut postgres) = Postgres::start().await else { return };
    let dir = tempfile::tempdir().unwrap();
    let url = postgres.url();
    let server = Server::start_with(&dir.path().join("data"), &[], &[("DATABASE_URL", &url)]).await;
    let nina = server.sign_up("nina").await;
    let bytes = song(5);
    let heard = nina.upload("heard.flac", bytes.clone()).await;
    nina.wait_until_ready(&heard).await;
    let link = nina.link(&heard).await;
    let busy = nina.upload("busy.flac", song(120)).await;
    wait_until_it_is_at_work(&nina, &busy).await;

    postgres.crash();
    let gone = Instant::now();
    while gone.elapsed() < GONE {
        assert_told_at_once(&server, &nina, &heard).await;
        let answer = client().get(&link).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200, "a minted link plays on after {:?}", gone.elapsed());
        assert_eq!(answer.bytes().await.unwrap(), bytes);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    postgres.run().await;
    let back = Instant::now();
    while !is_well(&server).await {
        assert!(
            back.elapsed() < Duration::from_secs(5),
            "not well 5 s after its database: {}",
            server.said()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    nina.wait_until_ready(&busy).await;
    assert_eq!(nina.hear(&heard).await, bytes);
}

async fn wait_until_it_is_at_work(guest: &Guest, id: &str) {
    for _ in 0..200 {
        match guest.get(&format!("/api/tracks/{id}")).await["state"].as_str() {
            Some("transcoding") => return,
            Some("ready" | "failed") | None => break,
            Some(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    panic!("its work was not caught in the middle");
}

async fn assert_told_at_once(server: &Server, guest: &Guest, id: &str) {
    let login = json!({ "login": "nina", "password": "a long phrase of theirs" });
    let asked = [
        guest.request(Method::GET, &format!("/api/tracks/{id}")),
        guest.request(Method::GET, "/api/tracks"),
        client().post(format!("{}/api/auth/login", server.base)).json(&login),
    ];
    for request in asked {
        let (status, problem) = within_a_second(request).await;
        assert_eq!((status, problem["code"].as_str()), (503, Some("unavailable")), "{problem}");
    }
    let (status, health) = within_a_second(client().get(format!("{}/api/health", server.base))).await;
    assert_eq!((status, health["status"].as_str()), (503, Some("degraded")), "{health}");
    assert_eq!(health["checks"]["database"]["status"], "unhealthy", "{health}");
    assert_eq!(health["checks"]["blobs"]["status"], "healthy", "{health}");
    assert_eq!(client().get(format!("{}/ready", server.base)).send().await.unwrap().status().as_u16(), 503);
}

async fn within_a_second(request: RequestBuilder) -> (u16, Value) {
    let start = Instant::now();
    let answer = request.send().await.unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "{} took {:?}", answer.url(), start.elapsed());
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn is_well(server: &Server) -> bool {
    let health = client().get(format!("{}/api/health", server.base)).send().await.unwrap();
    let ready = client().get(format!("{}/ready", server.base)).send().await.unwrap();
    health.status().is_success() && ready.status().is_success()
}
