//! What was answered is on the disk, not only on its way there: a kill cannot tell, counting syncs can.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use hathor_db::testing::all_required;

use crate::house::{HATHOR, Server, song};

/// Every sync of a server, as strace writes them down before the server goes on.
struct Syncs(PathBuf);

impl Syncs {
    /// The lines so far that name a file like `part`.
    fn of(&self, part: &str) -> usize {
        let lines = fs::read_to_string(&self.0).unwrap_or_default();
        lines.lines().filter(|line| line.contains(part) && line.trim_end().ends_with("= 0")).count()
    }
}

/// A server under strace, without workers: then only requests write. `None` where there is no strace.
async fn traced(dir: &Path) -> Option<(Server, Syncs)> {
    let usable = Command::new("strace").args(["-o", "/dev/null", "true"]).status();
    if !usable.is_ok_and(|status| status.success()) {
        assert!(!all_required(), "strace cannot be used");
        eprintln!("skipped: strace cannot be used");
        return None;
    }
    let log = dir.join("syncs");
    let mut command = Command::new("strace");
    // -D: the child is the server itself, and strace ends with it
    command.args(["-D", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o"]).arg(&log).arg(HATHOR);
    let server = Server::start_by(command, &dir.join("data"), &["--roles", "auth,catalog,ingest"], &[]).await;
    Some((server, Syncs(log)))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_and_an_upload_are_on_the_disk_before_they_are_answered() {
    let dir = tempfile::tempdir().unwrap();
    let Some((server, syncs)) = traced(dir.path()).await else { return };
    let quiet = syncs.of("hathor.db-wal");
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(syncs.of("hathor.db-wal"), quiet, "nobody writes unasked, or the story proves nothing");

    let nina = server.sign_up("nina").await;
    let signed_up = syncs.of("hathor.db-wal");
    assert!(signed_up > quiet, "a sign-up was answered before its sync");

    let id = nina.upload("a.flac", song(1)).await;
    assert!(syncs.of("hathor.db-wal") > signed_up, "an upload was answered before its rows were synced");
    assert!(syncs.of("/.tmp/upload-") > 0, "an upload was answered before its file was synced");
    assert!(syncs.of(&format!("/tracks/{id}")) > 0, "an upload was answered before its name was synced");
}
