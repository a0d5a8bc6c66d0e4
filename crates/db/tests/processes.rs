//! What takes a process of its own to see: the lock on a file, and the syncs of its commits.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use hathor_db::{Db, Options, testing::all_required};

/// The example `writer`, which cargo builds along with the tests unless it was asked for one test only.
fn writer() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().parent().unwrap().join("examples/writer");
    if !path.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "-q", "-p", "hathor-db", "--example", "writer"])
            .status();
        assert!(built.unwrap().success());
    }
    path
}

fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("hathor.db").display())
}

fn wait_for(word: &str, output: &mut BufReader<ChildStdout>) {
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    assert_eq!(line.trim(), word);
}

fn start(folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(writer())
        .args([&url(folder), "1", "3"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    (child, output)
}

#[tokio::test]
async fn a_file_belongs_to_one_process_until_it_ends_even_by_kill() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, mut output) = start(folder.path());
    wait_for("open", &mut output);
    wait_for("done", &mut output);

    let error = Db::open(&url(folder.path()), &Options::default()).err().unwrap().to_string();
    assert!(error.contains("another process has") && error.contains("use PostgreSQL"), "{error}");

    child.kill().unwrap();
    child.wait().unwrap();
    let db = Db::open(&url(folder.path()), &Options::default()).unwrap();
    db.health().await.unwrap();
}

/// How many syncs `callers` cost that write `each` rows.
fn syncs(callers: i64, each: i64) -> i64 {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("strace");
    let mut trace = Command::new("strace");
    trace.args(["-f", "-c", "-e", "trace=fsync,fdatasync", "-o"]).arg(&report).arg(writer());
    trace.args([url(folder.path()), callers.to_string(), each.to_string()]);
    assert!(trace.stdin(Stdio::null()).stdout(Stdio::null()).status().unwrap().success());
    let report = std::fs::read_to_string(report).unwrap();
    let calls = |line: &str| line.split_whitespace().nth(3).and_then(|calls| calls.parse::<i64>().ok());
    report.lines().filter(|l| l.ends_with("fsync") || l.ends_with("fdatasync")).filter_map(calls).sum()
}

#[test]
fn a_write_alone_costs_one_sync_and_thirty_two_callers_share_theirs() {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        assert!(!all_required(), "strace must be installed");
        println!("skipped: strace is not installed");
        return;
    }
    let opening = syncs(1, 0);
    let alone = syncs(1, 200) - opening;
    assert!((200..=210).contains(&alone), "200 writes alone cost {alone} syncs");
    let together = syncs(32, 25) - opening;
    assert!((1..80).contains(&together), "800 writes of 32 callers cost {together} syncs");
}
