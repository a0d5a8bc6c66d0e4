//! What the stories share.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use hathor_media::{Cage, Container, Plan, Probe, Quality, Rendered, probe, render};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// The binary that offers the hidden sub-command `cage`.
pub const EXE: &str = env!("CARGO_BIN_EXE_hathor-cage");

/// The usual cage.
pub async fn cage() -> Cage {
    static CAGE: OnceCell<Cage> = OnceCell::const_new();
    CAGE.get_or_init(async || Cage::bubblewrap().await.unwrap()).await.clone()
}

/// Both kinds of walls.
pub async fn both() -> [Cage; 2] {
    static LANDLOCK: OnceCell<Cage> = OnceCell::const_new();
    let landlock = LANDLOCK.get_or_init(async || Cage::landlock(Path::new(EXE)).await.unwrap()).await;
    [cage().await, landlock.clone()]
}

pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes `bytes` to a file of its own.
pub fn file(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

/// Probes `source` and renders it to `qualities`, in a folder that goes with the value.
pub async fn rendered(source: &Path, qualities: &[Quality]) -> (TempDir, Rendered) {
    let cage = cage().await;
    let facts = probe(&cage, source).await.unwrap_or_else(|error| panic!("{}: {error:?}", source.display()));
    let plan = Plan { renditions: qualities.to_vec(), ..Plan::streaming(&facts) };
    let out = folder();
    let rendered = render(&cage, source, out.path(), &plan, |_| {}).await;
    let rendered = rendered.unwrap_or_else(|error| panic!("{}: {error:?}", source.display()));
    (out, rendered)
}

/// A probe that knows no tags.
pub fn nothing_known() -> Probe {
    Probe {
        container: Container::Mp3,
        codec: "mp3".into(),
        sample_rate: 44_100,
        channels: 2,
        bit_depth: None,
        bit_rate: None,
        duration: None,
        duration_exact: false,
        has_picture: false,
        tags: BTreeMap::new(),
    }
}

/// One tool's standard output and complaints.
pub fn output(program: &str, words: &[&str]) -> (String, String) {
    let output = Command::new(program).args(words).output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// A process: its id, its parent's, its name and whether it is dead but not buried.
struct Process {
    pid: u32,
    parent: u32,
    name: String,
    dead: bool,
}

fn processes() -> Vec<Process> {
    let folders = fs::read_dir("/proc").unwrap().flatten();
    let stats = folders.filter_map(|folder| fs::read_to_string(folder.path().join("stat")).ok());
    stats.filter_map(|stat| parse(&stat)).collect()
}

/// `123 (na me) S 1 …`
fn parse(line: &str) -> Option<Process> {
    let (start, rest) = line.rsplit_once(')')?;
    let (pid, name) = start.split_once(" (")?;
    let mut rest = rest.split_whitespace();
    let dead = rest.next()? == "Z";
    Some(Process { pid: pid.parse().ok()?, parent: rest.next()?.parse().ok()?, name: name.to_owned(), dead })
}

/// Children, grandchildren and so on of the process `root` that are alive, with their names.
pub fn descendants(root: u32) -> Vec<(u32, String)> {
    let all = processes();
    let mut family = vec![root];
    let mut at = 0;
    while at < family.len() {
        let parent = family[at];
        family.extend(all.iter().filter(|each| each.parent == parent).map(|each| each.pid));
        at += 1;
    }
    let mine = all.into_iter().filter(|each| each.pid != root && !each.dead && family.contains(&each.pid));
    mine.map(|each| (each.pid, each.name)).collect()
}

/// Whether the process lives.
pub fn lives(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok();
    stat.and_then(|stat| parse(&stat)).is_some_and(|process| !process.dead)
}

/// Waits up to twenty seconds until `done`.
pub async fn until(what: &str, mut done: impl FnMut() -> bool) {
    for _ in 0..400 {
        if done() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("this never came about: {what}");
}

/// An hour of silence as WAV that takes no room on the disk, yet keeps ffmpeg busy for long.
pub fn long_silence(folder: &TempDir) -> PathBuf {
    const LEN: u32 = 8000 * 3600;
    let mut wav = Vec::from(*b"RIFF");
    wav.extend((36 + LEN).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data");
    wav.extend(LEN.to_le_bytes());
    let path = file(folder, "long.wav", &wav);
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(u64::from(LEN) + 44).unwrap();
    path
}
