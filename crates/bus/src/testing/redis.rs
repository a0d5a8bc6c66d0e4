//! A Redis of one story alone, which may be killed.

use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use redis::{Client, Value, aio::MultiplexedConnection};
use tempfile::TempDir;

use super::{eventually, needs, node};
use crate::Bus;

/// A Redis on a port of its own that forgets everything when it ends. It ends with this.
#[derive(Debug)]
pub struct Redis {
    port: u16,
    desk: TempDir,
    process: Child,
}

impl Redis {
    /// `None`, said aloud, where Redis is not installed.
    pub async fn start() -> Option<Self> {
        let desk = TempDir::new().expect("a folder for redis");
        let port = free_port();
        let process = needs(spawn(port, &desk).ok(), "redis-server is not installed")?;
        let redis = Self { port, desk, process };
        redis.is_up().await;
        Some(redis)
    }

    /// The bus of the node with this number.
    pub async fn node(&self, number: u128) -> Bus {
        Bus::open(&self.url(), node(number)).await.expect("the url reads")
    }

    /// With SIGKILL.
    pub fn kill(&mut self) {
        self.process.kill().expect("redis can be killed");
        self.process.wait().expect("redis ends");
    }

    /// After [`Redis::kill`], on the same port.
    pub async fn restart(&mut self) {
        self.process = spawn(self.port, &self.desk).expect("redis starts again");
        self.is_up().await;
    }

    /// Sends it a signal, such as `STOP`.
    pub fn signal(&self, name: &str) {
        let status =
            Command::new("kill").args([&format!("-{name}"), &self.process.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// What it answers to a command.
    pub async fn command(&self, words: &str) -> Value {
        let mut line = self.line().await.expect("redis is up");
        let mut words = words.split(' ');
        let mut command = redis::cmd(words.next().expect("a command has a name"));
        for word in words {
            command.arg(word);
        }
        command.query_async(&mut line).await.expect("redis knows the command")
    }

    async fn is_up(&self) {
        eventually("redis is up", async || self.line().await.is_ok()).await;
    }

    async fn line(&self) -> redis::RedisResult<MultiplexedConnection> {
        Client::open(self.url())?.get_multiplexed_async_connection().await
    }

    fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has a number").port()
}

fn spawn(port: u16, desk: &TempDir) -> std::io::Result<Child> {
    Command::new("redis-server")
        .args([
            "--port",
            &port.to_string(),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
        ])
        .arg(desk.path())
        .stdout(Stdio::null())
        .spawn()
}
