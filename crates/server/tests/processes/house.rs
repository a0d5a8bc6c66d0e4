//! A server process and someone who talks to it.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use reqwest::{Client, Method, RequestBuilder, multipart};
use serde_json::{Value, json};

/// The binary under test.
pub const HATHOR: &str = env!("CARGO_BIN_EXE_hathor");

/// A running `hathor serve`. Dropped, it is killed.
pub struct Server {
    pub child: Child,
    pub base: String,
    pub log: PathBuf,
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Server {
    /// Starts an embedded instance in `data`.
    pub async fn start(data: &Path) -> Self {
        Self::start_with(data, &[], &[]).await
    }

    /// Starts with more words and settings; returns once it is ready.
    pub async fn start_with(data: &Path, words: &[&str], env: &[(&str, &str)]) -> Self {
        Self::start_by(Command::new(HATHOR), data, words, env).await
    }

    /// Starts by a command that becomes the server.
    pub async fn start_by(mut command: Command, data: &Path, words: &[&str], env: &[(&str, &str)]) -> Self {
        let port = free_port();
        let log = data.with_extension(format!("{port}.log"));
        let out = File::create(&log).unwrap();
        let child = command
            .args(["serve", "--data"])
            .arg(data)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .args(words)
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(out)
            .spawn()
            .unwrap();
        let mut server = Self { child, base: format!("http://localhost:{port}"), log };
        server.wait_until_ready().await;
        server
    }

    async fn wait_until_ready(&mut self) {
        let until = Instant::now() + Duration::from_secs(60);
        let client = client();
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("it ended with {status}: {}", self.said());
            }
            if client
                .get(format!("{}/ready", self.base))
                .send()
                .await
                .is_ok_and(|answer| answer.status().is_success())
            {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("not ready after a minute: {}", self.said());
    }

    /// All it has printed.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// SIGKILL, as a power cut would end it.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; the exit status when it has ended.
    pub async fn stop(mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        for _ in 0..350 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("it did not stop within 35 s: {}", self.said());
    }

    /// Resident memory in KiB.
    pub fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Someone who has just signed up.
    pub async fn sign_up(&self, username: &str) -> Guest {
        let guest = Guest { client: client(), base: self.base.clone(), token: String::new() };
        let body = json!({ "username": username, "email": format!("{username}@example.org"), "password": "a long phrase of theirs" });
        guest.enter("/api/auth/register", &body).await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // ended already is as good
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().build().unwrap()
}

/// Someone with a token.
pub struct Guest {
    client: Client,
    base: String,
    token: String,
}

impl Guest {
    async fn enter(mut self, path: &str, body: &Value) -> Self {
        let answer: Value = self
            .client
            .post(format!("{}{path}", self.base))
            .json(body)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        self.token = answer["access_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        self
    }

    /// The same person at another server.
    pub fn at(&self, server: &Server) -> Self {
        Self { client: self.client.clone(), base: server.base.clone(), token: self.token.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Value {
        self.request(Method::GET, path).send().await.unwrap().json().await.unwrap()
    }

    /// Uploads a file; the new track's id.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> String {
        let (status, answer) = self.try_upload(name, bytes).await.unwrap();
        assert_eq!(status, 202, "{answer}");
        answer["tracks"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Sends a file; what was answered, if the server lives to answer.
    pub async fn try_upload(&self, name: &str, bytes: Vec<u8>) -> reqwest::Result<(u16, Value)> {
        let form =
            multipart::Form::new().part("file", multipart::Part::bytes(bytes).file_name(name.to_owned()));
        let answer = self.request(Method::POST, "/api/uploads").multipart(form).send().await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }

    /// Every track of theirs, in whatever state (up to a hundred).
    pub async fn tracks(&self) -> Vec<Value> {
        let page = self.get("/api/tracks?mine=true&limit=100").await;
        page["items"].as_array().unwrap_or_else(|| panic!("{page}")).clone()
    }

    /// Waits until the track is ready.
    pub async fn wait_until_ready(&self, id: &str) -> Value {
        for _ in 0..600 {
            let track = self.get(&format!("/api/tracks/{id}")).await;
            assert_ne!(track["state"], "failed", "{track}");
            if track["state"] == "ready" {
                return track;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("{id} is not ready after a minute");
    }

    /// Plays the original whole.
    pub async fn hear(&self, id: &str) -> Vec<u8> {
        let answer = self.client.get(self.link(id).await).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        answer.bytes().await.unwrap().to_vec()
    }

    /// A signed address of the original.
    pub async fn link(&self, id: &str) -> String {
        let play: Value = self
            .request(Method::POST, &format!("/api/tracks/{id}/play"))
            .json(&json!({}))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let url = play["url"].as_str().unwrap_or_else(|| panic!("{play}"));
        format!("{}{url}", self.base)
    }
}

/// Some seconds of two tones as a FLAC.
pub fn song(seconds: u32) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("song.flac");
    let graph = format!("aevalsrc='0.2*sin(440*2*PI*t)|0.2*sin(330*2*PI*t)':s=44100:d={seconds}");
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-f", "lavfi", "-i", &graph, "-c:a", "flac"])
        .arg(&out)
        .status()
        .unwrap();
    assert!(made.success());
    std::fs::read(out).unwrap()
}
