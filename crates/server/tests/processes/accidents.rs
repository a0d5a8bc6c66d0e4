//! Killed, stopped, started twice.

use std::{process::Command, time::Duration};

use crate::house::{HATHOR, Server, song};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_kill_becomes_ready_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let settings = [("HATHOR_JOBS__LEASE_S", "2")];
    let server = Server::start_with(&data, &[], &settings).await;
    let nina = server.sign_up("nina").await;
    let bytes = song(60);
    let mut ids = Vec::new();
    for n in 0..3 {
        ids.push(nina.upload(&format!("{n}.flac"), bytes.clone()).await);
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    server.kill();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(ffmpegs_in(&data), 0, "no ffmpeg outlives its server");
    let server = Server::start_with(&data, &[], &settings).await;
    let nina = nina.at(&server);
    for id in &ids {
        nina.wait_until_ready(id).await;
        assert_eq!(nina.hear(id).await, bytes);
    }
    let sets = std::fs::read_dir(data.join("blobs/tracks").join(&ids[0]).join("stream")).unwrap().count();
    assert_eq!(sets, 1, "the effect exists once");
}

fn ffmpegs_in(data: &std::path::Path) -> usize {
    let all = Command::new("pgrep").args(["-fc", &format!("ffmpeg.*{}", data.display())]).output().unwrap();
    String::from_utf8_lossy(&all.stdout).trim().parse().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_server_on_the_same_folder_is_refused_with_a_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let _first = Server::start(&data).await;
    let second = Command::new(HATHOR)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("database") && said.len() < 400, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_lets_work_finish_and_exits_zero() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Server::start(&data).await;
    let nina = server.sign_up("nina").await;
    let mut news = nina.request(reqwest::Method::GET, "/api/events").send().await.unwrap();
    let id = nina.upload("a.flac", song(20)).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(server.stop().await.success());
    while let Ok(Some(_)) = news.chunk().await {}
    let server = Server::start(&data).await;
    assert_eq!(nina.at(&server).wait_until_ready(&id).await["progress"], 100);
}
