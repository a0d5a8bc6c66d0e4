//! A disk without room: what is there goes on, what is refused leaves nothing, and room is all that is missing.

use std::{
    fs::{self, File},
    io::Write,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use hathor_db::testing::all_required;
use reqwest::Method;
use serde_json::json;

use crate::house::{Guest, Server, client, song};

const SETTINGS: &[(&str, &str)] = &[("HATHOR_JOBS__LEASE_S", "2")];

/// A data folder that is a file system of its own, in memory. Dropped, it is gone.
struct SmallDisk {
    data: PathBuf,
    _dir: tempfile::TempDir,
}

impl SmallDisk {
    /// `None` for those who may not mount.
    fn mount(mebibytes: u32) -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        fs::create_dir(&data).unwrap();
        let options = format!("size={mebibytes}m,mode=0700");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(&data).output();
        if mounted.is_ok_and(|mount| mount.status.success()) {
            return Some(Self { data, _dir: dir });
        }
        assert!(!all_required(), "only root may mount the small disk of this story");
        eprintln!("skipped: only root may mount a small disk");
        None
    }

    fn filler(&self) -> PathBuf {
        self.data.join("filler")
    }

    /// Takes all room but `spare` bytes.
    fn fill(&self, spare: u64) {
        let mut file = File::options().create(true).append(true).open(self.filler()).unwrap();
        let block = [7_u8; 4096];
        while file.write_all(&block).is_ok() {}
        let full = file.metadata().unwrap().len();
        file.set_len(full.saturating_sub(spare)).unwrap();
    }

    fn make_room(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    /// Files and folders of requests and jobs that have not finished.
    fn unfinished(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data.join("blobs/.tmp")).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    /// Tracks that have files.
    fn kept(&self) -> usize {
        fs::read_dir(self.data.join("blobs/tracks")).unwrap().count()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // lazily, since what is being killed may still hold it
        let _ = Command::new("umount").arg("-l").arg(&self.data).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_uploads_plays_on_and_needs_no_restart() {
    let Some(disk) = SmallDisk::mount(32) else { return };
    let server = Server::start_with(&disk.data, &[], SETTINGS).await;
    let nina = server.sign_up("nina").await;
    let bytes = song(5);
    let id = nina.upload("first.flac", bytes.clone()).await;
    nina.wait_until_ready(&id).await;
    let mut large = b"fLaC".to_vec();
    large.resize(40 << 20, 7);
    assert_full(&nina, "large.flac", large).await;
    disk.fill(0);
    for _ in 0..3 {
        assert_full(&nina, "small.flac", bytes.clone()).await;
        assert_eq!(nina.hear(&id).await, bytes, "what is there plays on");
        assert_eq!(nina.tracks().await.len(), 1, "nothing is half there");
    }
    assert_eq!((disk.unfinished(), disk.kept()), (Vec::<PathBuf>::new(), 1));
    disk.make_room();
    let second = nina.upload("second.flac", bytes.clone()).await;
    nina.wait_until_ready(&second).await;
    assert_eq!(nina.hear(&second).await, bytes);
    assert_eq!(nina.tracks().await.len(), 2);
}

async fn assert_full(guest: &Guest, name: &str, bytes: Vec<u8>) {
    let (status, problem) = guest.try_upload(name, bytes).await.unwrap();
    assert_eq!((status, &problem["code"]), (507, &json!("storage_full")), "{name}: {problem}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_render_that_runs_out_of_room_ends_well_once_there_is_some() {
    let Some(disk) = SmallDisk::mount(64) else { return };
    let server = Server::start_with(&disk.data, &[], SETTINGS).await;
    let nina = server.sign_up("nina").await;
    let bytes = song(60);
    disk.fill(bytes.len() as u64 + (600 << 10));
    let id = nina.upload("a.flac", bytes.clone()).await;
    wait_until_it_says(&server, "\"reason\":\"storage_full\"").await;
    assert_eq!(client().get(format!("{}/ready", server.base)).send().await.unwrap().status().as_u16(), 200);
    assert_eq!(nina.hear(&id).await, bytes, "the original plays meanwhile");
    disk.make_room();
    wait_or_retry(&nina, &id).await;
    assert_eq!(nina.hear(&id).await, bytes);
    let sets = fs::read_dir(disk.data.join("blobs/tracks").join(&id).join("stream")).unwrap().count();
    assert_eq!(sets, 1, "only the run that ended well has left files");
    assert_eq!(disk.unfinished(), Vec::<PathBuf>::new());
}

async fn wait_until_it_says(server: &Server, words: &str) {
    let start = Instant::now();
    while !server.said().contains(words) {
        assert!(start.elapsed() < Duration::from_secs(20), "{}", server.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Until it is ready; what has failed for good was told to be worth another try.
async fn wait_or_retry(guest: &Guest, id: &str) {
    let path = format!("/api/tracks/{id}");
    for _ in 0..400 {
        let track = guest.get(&path).await;
        match track["state"].as_str() {
            Some("ready") => return,
            Some("failed") => {
                assert_eq!(track["failure"]["retryable"], true, "{track}");
                let again = guest.request(Method::POST, &format!("{path}/retry")).send().await.unwrap();
                assert_eq!(again.status().as_u16(), 202);
            }
            _ => {}
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{id} is not ready after 40 s");
}
