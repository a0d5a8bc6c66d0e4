//! What holds for blobs in a folder alone.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::{
    fs::{self, File, FileTimes},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use bytes::Bytes;
use hathor_blob::{Blobs, Error, Key};
use tempfile::TempDir;

async fn open(folder: &Path) -> Blobs {
    Blobs::open(&format!("file:{}", folder.display()), None).await.unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn nobody_else_on_the_machine_reads_our_blobs() {
    let desk = TempDir::new().unwrap();
    let root = desk.path().join("data/blobs");
    let blobs = open(&root).await;
    let upload = desk.path().join("upload");
    fs::write(&upload, "music").unwrap();
    fs::set_permissions(&upload, fs::Permissions::from_mode(0o666)).unwrap();
    blobs.put_file(&Key::new("originals/ab/one").unwrap(), &upload).await.unwrap();
    blobs.put_bytes(&Key::new("peaks/ab/one").unwrap(), Bytes::from_static(b"peaks")).await.unwrap();
    for folder in ["", ".tmp", "originals", "originals/ab", "peaks/ab"] {
        assert_eq!(mode(&root.join(folder)), 0o700, "{folder}");
    }
    for file in ["originals/ab/one", "peaks/ab/one"] {
        assert_eq!(mode(&root.join(file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_file_from_another_file_system_is_copied_in() {
    let (here, there) = (TempDir::new().unwrap(), TempDir::new_in("/dev/shm").unwrap());
    let differ = fs::metadata(here.path()).unwrap().dev() != fs::metadata(there.path()).unwrap().dev();
    assert!(differ, "this story needs /dev/shm and the temporary folder on two file systems");
    let upload = there.path().join("upload");
    fs::write(&upload, "music").unwrap();
    let blobs = open(here.path()).await;
    let key = Key::new("one").unwrap();
    blobs.put_file(&key, &upload).await.unwrap();
    assert_eq!(blobs.get_bytes(&key, 99).await.unwrap(), "music");
    assert!(!upload.exists());
    assert!(fs::read_dir(blobs.temp_dir().unwrap()).unwrap().next().is_none(), "no part is left");
}

#[tokio::test]
async fn a_failed_put_leaves_nothing_behind() {
    let desk = TempDir::new().unwrap();
    let blobs = open(desk.path()).await;
    blobs.put_bytes(&Key::new("a").unwrap(), Bytes::from_static(b"a blob")).await.unwrap();
    let below_a_blob = Key::new("a/b").unwrap();
    assert!(blobs.put_bytes(&below_a_blob, Bytes::from_static(b"x")).await.is_err());
    assert!(fs::read_dir(blobs.temp_dir().unwrap()).unwrap().next().is_none());
}

#[tokio::test]
async fn opening_sweeps_what_a_killed_process_left_a_day_ago() {
    let desk = TempDir::new().unwrap();
    let temp = desk.path().join(".tmp");
    fs::create_dir_all(temp.join("doomed/below")).unwrap();
    for name in ["old.part", "young.part"] {
        fs::write(temp.join(name), "half").unwrap();
    }
    let old = FileTimes::new().set_modified(UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    for name in ["old.part", "doomed"] {
        File::open(temp.join(name)).unwrap().set_times(old).unwrap();
    }
    open(desk.path()).await;
    let left: Vec<_> = fs::read_dir(&temp).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["young.part"]);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_unhealthy() {
    let desk = TempDir::new().unwrap();
    let blobs = open(&desk.path().join("blobs")).await;
    fs::remove_dir_all(desk.path().join("blobs")).unwrap();
    assert!(blobs.health().await.is_err());
}

#[tokio::test]
async fn other_addresses_are_refused() {
    for url in ["", "file:", "file://", "/plain/path", "ftp://host/folder", "s3://bucket"] {
        assert!(matches!(Blobs::open(url, None).await, Err(Error::Config(_))), "{url}");
    }
}

#[test]
fn a_full_disk_is_told_apart() {
    for kind in [std::io::ErrorKind::StorageFull, std::io::ErrorKind::QuotaExceeded] {
        assert!(matches!(Error::from(std::io::Error::from(kind)), Error::StorageFull));
    }
}
