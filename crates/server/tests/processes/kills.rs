//! Killed again and again, in the middle of whatever it does.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use crate::house::{Guest, Server, song};

/// The moments are the same in each run.
const SEED: u64 = 0x00c0_ffee_4a74_686f;
const SETTINGS: &[(&str, &str)] = &[("HATHOR_JOBS__LEASE_S", "2")];
/// Lengths of the songs, in seconds: short ones end between two kills, the long one does not.
const LENGTHS: [u32; 3] = [3, 6, 40];

/// Five, or as many as a soak asks for.
#[expect(clippy::disallowed_methods, reason = "tests have no config loader")]
fn rounds() -> usize {
    std::env::var("HATHOR_SOAK_KILLS").map_or(5, |count| count.parse().expect("a number of kills"))
}

/// xorshift: the same moments from the same seed.
struct Moments(u64);

impl Moments {
    fn next(&mut self) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        Duration::from_millis(100 + self.0 % 1_200)
    }
}

/// What was acknowledged: track and the length of its song.
type Acknowledged = Arc<Mutex<HashMap<String, usize>>>;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_moment_of_a_kill_nothing_acknowledged_is_lost_and_nothing_is_half_there() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let songs: Arc<Vec<Vec<u8>>> = Arc::new(LENGTHS.iter().map(|seconds| song(*seconds)).collect());
    let (acknowledged, mut moments) = (Acknowledged::default(), Moments(SEED));
    let mut server = Server::start_with(&data, &[], SETTINGS).await;
    let mut nina = server.sign_up("nina").await;
    let mut ended = 0;
    for _ in 0..rounds() {
        let sending =
            tokio::spawn(send_until_it_dies(nina.at(&server), Arc::clone(&songs), Arc::clone(&acknowledged)));
        tokio::time::sleep(moments.next()).await;
        ended += kill_with_all_its_children(server).await;
        sending.await.unwrap();
        server = Server::start_with(&data, &[], SETTINGS).await;
        nina = nina.at(&server);
    }
    assert!(ended > 0, "no kill has hit a child process");
    judge(&nina, &acknowledged.lock().unwrap().clone(), &songs, &data).await;
}

/// Sends one of each song, as long as it is answered.
async fn send_until_it_dies(nina: Guest, songs: Arc<Vec<Vec<u8>>>, acknowledged: Acknowledged) {
    for (n, bytes) in songs.iter().enumerate() {
        match nina.try_upload(&format!("{n}.flac"), bytes.clone()).await {
            Ok((202, answer)) => {
                let id = answer["tracks"][0]["id"].as_str().unwrap().to_owned();
                acknowledged.lock().unwrap().insert(id, n);
            }
            Ok(other) => panic!("{other:?}"),
            Err(_) => return,
        }
    }
}

/// Everything acknowledged is there; and all that is there becomes ready and plays whole, once.
async fn judge(nina: &Guest, acknowledged: &HashMap<String, usize>, songs: &[Vec<u8>], data: &Path) {
    let tracks = nina.tracks().await;
    let there: Vec<&str> = tracks.iter().filter_map(|track| track["id"].as_str()).collect();
    for id in acknowledged.keys() {
        assert!(there.contains(&id.as_str()), "{id} was acknowledged and is gone (seed {SEED})");
    }
    for id in there {
        nina.wait_until_ready(id).await;
        let heard = nina.hear(id).await;
        match acknowledged.get(id) {
            Some(n) => assert_eq!(heard, songs[*n], "{id} plays as it was sent (seed {SEED})"),
            None => assert!(songs.contains(&heard), "{id} is half there (seed {SEED})"),
        }
        wait_for_one_set(&data.join("blobs/tracks").join(id).join("stream")).await;
    }
}

/// What killed runs have put in place goes with a job that the last run leaves to the queue.
async fn wait_for_one_set(streams: &Path) {
    let start = Instant::now();
    loop {
        let sets = fs::read_dir(streams).unwrap().count();
        if sets == 1 {
            return;
        }
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{sets} sets of {} (seed {SEED})",
            streams.display()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// SIGKILL; how many children it had, all of which must end with it.
async fn kill_with_all_its_children(server: Server) -> usize {
    // it must not start another while they are counted
    let pid = server.child.id();
    assert!(Command::new("kill").args(["-STOP", &pid.to_string()]).status().unwrap().success());
    let children = descendants(pid);
    server.kill();
    let start = Instant::now();
    while children.iter().any(|(pid, started)| start_of(*pid).is_some_and(|(_, now)| now == *started)) {
        assert!(start.elapsed() < Duration::from_secs(2), "children outlive their server: {children:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    children.len()
}

/// Processes below `root`, with the moment each was started, since numbers are given again.
fn descendants(root: u32) -> Vec<(u32, u64)> {
    let all: HashMap<u32, (u32, u64)> =
        fs::read_dir("/proc").unwrap().flatten().filter_map(|entry| numbered(&entry)).collect();
    let below = |pid: u32| {
        let mut at = pid;
        while let Some((parent, _)) = all.get(&at) {
            if *parent == root {
                return true;
            }
            at = *parent;
        }
        false
    };
    all.iter().filter(|(pid, _)| below(**pid)).map(|(pid, (_, started))| (*pid, *started)).collect()
}

fn numbered(entry: &fs::DirEntry) -> Option<(u32, (u32, u64))> {
    let pid = entry.file_name().to_str()?.parse().ok()?;
    Some((pid, start_of(pid)?))
}

/// Parent and start of a process that has not ended.
fn start_of(pid: u32) -> Option<(u32, u64)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ended = matches!(*fields.first()?, "Z" | "X");
    Some((fields.get(1)?.parse().ok()?, fields.get(19)?.parse().ok()?)).filter(|_| !ended)
}
