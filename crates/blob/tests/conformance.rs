//! What every blob store promises, told once and run over a folder and over a bucket.
//!
//! The bucket is the one at `HATHOR_TEST_S3` (`tools/s3-server` with its default keys); each story gets a prefix
//! of its own. Without that variable the bucket's half is skipped aloud, or fails under `HATHOR_TEST_REQUIRE_ALL`.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::TryStreamExt;
use hathor_blob::{Blobs, Error, Key, S3Credentials};
use hathor_core::{Secret, random};
use tempfile::TempDir;

/// Each story becomes a test over a folder and one over a bucket.
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $story:ident($shelf:ident: &Shelf) $body:block)+) => {
        mod stories {
            use super::*;
            $(pub async fn $story($shelf: &Shelf) $body)+
        }
        mod folder {
            $($(#[$meta])* #[tokio::test] async fn $story() { super::stories::$story(&super::folder_shelf().await).await; })+
        }
        mod bucket {
            $($(#[$meta])* #[tokio::test] async fn $story() {
                if let Some(shelf) = super::bucket_shelf().await { super::stories::$story(&shelf).await; }
            })+
        }
    };
}

/// A store of one story's own, and a folder to bring files from.
struct Shelf {
    blobs: Blobs,
    desk: TempDir,
}

impl Shelf {
    fn file(&self, content: &[u8]) -> PathBuf {
        let path = self.desk.path().join("upload");
        std::fs::write(&path, content).unwrap();
        path
    }

    async fn put(&self, name: &str, content: &'static [u8]) {
        self.blobs.put_bytes(&key(name), Bytes::from_static(content)).await.unwrap();
    }

    async fn read(&self, name: &str, range: std::ops::Range<u64>) -> Result<Vec<u8>, Error> {
        let pieces = self.blobs.get_range(&key(name), range).await?;
        Ok(pieces.try_collect::<Vec<Bytes>>().await?.concat())
    }

    async fn names(&self, folder: Option<&str>, after: Option<&str>, limit: usize) -> Vec<String> {
        let (folder, after) = (folder.map(key), after.map(key));
        let page = self.blobs.list(folder.as_ref(), after.as_ref(), limit).await.unwrap();
        page.iter().map(|entry| entry.key.to_string()).collect()
    }
}

async fn folder_shelf() -> Shelf {
    let desk = TempDir::new().unwrap();
    let blobs = Blobs::open(&format!("file:{}", desk.path().join("blobs").display()), None).await.unwrap();
    Shelf { blobs, desk }
}

async fn bucket_shelf() -> Option<Shelf> {
    let Some(url) = variable("HATHOR_TEST_S3") else {
        assert!(variable("HATHOR_TEST_REQUIRE_ALL").is_none(), "HATHOR_TEST_S3 names no bucket");
        println!("skipped: HATHOR_TEST_S3 names no bucket");
        return None;
    };
    let mut url = url::Url::parse(&url).unwrap();
    url.set_path(&format!("/{:016x}", u64::from_be_bytes(random::bytes())));
    let keys =
        S3Credentials { access_key: Secret::new("hathor"), secret_key: Secret::new("hathor-test-secret") };
    let blobs = Blobs::open(url.as_str(), Some(&keys)).await.unwrap();
    Some(Shelf { blobs, desk: TempDir::new().unwrap() })
}

#[expect(clippy::disallowed_methods, reason = "tests learn here which servers are up")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn key(name: &str) -> Key {
    Key::new(name).unwrap()
}

/// Bytes that differ everywhere, so that a wrong offset shows.
fn pattern(length: u32) -> Vec<u8> {
    (0..length.div_ceil(4)).flat_map(u32::to_be_bytes).collect()
}

on_both! {
    async fn what_was_put_reads_back(shelf: &Shelf) {
        let put = shelf.blobs.put_bytes(&key("covers/ab/front.webp"), Bytes::from_static(b"a picture")).await.unwrap();
        assert_eq!(put.size, 9);
        assert_eq!(shelf.blobs.head(&key("covers/ab/front.webp")).await.unwrap(), Some(put));
        assert_eq!(shelf.blobs.get_bytes(&key("covers/ab/front.webp"), 9).await.unwrap(), "a picture");
    }

    async fn a_file_moves_in(shelf: &Shelf) {
        let content = pattern(100_000);
        let upload = shelf.file(&content);
        let put = shelf.blobs.put_file(&key("originals/one.flac"), &upload).await.unwrap();
        assert_eq!(put.size, 100_000);
        assert!(!upload.exists(), "it was moved, not copied");
        assert_eq!(shelf.blobs.get_bytes(&key("originals/one.flac"), 100_000).await.unwrap(), content);
    }

    async fn a_file_larger_than_one_part_arrives_whole(shelf: &Shelf) {
        let content = pattern(35 * 1024 * 1024);
        let upload = shelf.file(&content);
        let put = shelf.blobs.put_file(&key("originals/long.wav"), &upload).await.unwrap();
        assert_eq!(put.size, 35 * 1024 * 1024);
        assert!(!upload.exists());
        assert_eq!(shelf.blobs.head(&key("originals/long.wav")).await.unwrap(), Some(put));
        let copy = shelf.desk.path().join("copy");
        shelf.blobs.fetch(&key("originals/long.wav"), &copy).await.unwrap();
        assert!(std::fs::read(copy).unwrap() == content, "every byte is where it was");
    }

    async fn a_range_is_exact_and_cut_at_the_end(shelf: &Shelf) {
        shelf.put("a", b"0123456789").await;
        assert_eq!(shelf.read("a", 0..1).await.unwrap(), b"0");
        assert_eq!(shelf.read("a", 3..7).await.unwrap(), b"3456");
        assert_eq!(shelf.read("a", 9..10).await.unwrap(), b"9");
        assert_eq!(shelf.read("a", 8..99).await.unwrap(), b"89");
    }

    async fn a_range_behind_the_end_or_empty_is_refused(shelf: &Shelf) {
        shelf.put("a", b"0123456789").await;
        for range in [10..11, 500..600, 4..4] {
            assert!(matches!(shelf.read("a", range.clone()).await, Err(Error::OutOfRange)), "{range:?}");
        }
    }

    async fn an_empty_blob_is_a_blob(shelf: &Shelf) {
        shelf.put("silence", b"").await;
        assert_eq!(shelf.blobs.head(&key("silence")).await.unwrap().unwrap().size, 0);
        assert_eq!(shelf.blobs.get_bytes(&key("silence"), 0).await.unwrap(), "");
    }

    async fn what_is_not_there_is_not_found(shelf: &Shelf) {
        let nothing = key("originals/nothing.flac");
        assert_eq!(shelf.blobs.head(&nothing).await.unwrap(), None);
        assert!(matches!(shelf.blobs.get_range(&nothing, 0..1).await, Err(Error::NotFound)));
        assert!(matches!(shelf.blobs.get_bytes(&nothing, 1).await, Err(Error::NotFound)));
        let copy = shelf.desk.path().join("copy");
        assert!(matches!(shelf.blobs.fetch(&nothing, &copy).await, Err(Error::NotFound)));
        assert!(!copy.exists());
    }

    async fn a_blob_larger_than_the_limit_does_not_enter_memory(shelf: &Shelf) {
        shelf.put("a", b"0123456789").await;
        assert!(matches!(shelf.blobs.get_bytes(&key("a"), 9).await, Err(Error::TooLarge)));
    }

    async fn a_blob_below_a_blob_is_not_found(shelf: &Shelf) {
        shelf.put("a", b"leaf").await;
        assert_eq!(shelf.blobs.head(&key("a/b")).await.unwrap(), None);
    }

    async fn two_blobs_have_two_etags(shelf: &Shelf) {
        shelf.put("one", b"1111").await;
        shelf.put("two", b"2222").await;
        let one = shelf.blobs.head(&key("one")).await.unwrap().unwrap().etag;
        let two = shelf.blobs.head(&key("two")).await.unwrap().unwrap().etag;
        assert_ne!(one, two);
        for etag in [one, two] {
            assert!(etag.len() > 10 && etag.starts_with('"') && etag.ends_with('"'), "{etag} is strong");
        }
    }

    async fn a_job_that_runs_twice_may_put_twice(shelf: &Shelf) {
        shelf.put("hls/a/one.m4s", b"segment").await;
        shelf.put("hls/a/one.m4s", b"segment").await;
        assert_eq!(shelf.blobs.get_bytes(&key("hls/a/one.m4s"), 99).await.unwrap(), "segment");
    }

    async fn deleting_is_final_and_deleting_nothing_is_fine(shelf: &Shelf) {
        shelf.put("a", b"a").await;
        shelf.blobs.delete(&key("a")).await.unwrap();
        assert_eq!(shelf.blobs.head(&key("a")).await.unwrap(), None);
        shelf.blobs.delete(&key("a")).await.unwrap();
    }

    async fn a_folder_goes_with_all_below_and_nothing_beside_it(shelf: &Shelf) {
        for name in ["hls/a/1", "hls/a/b/2", "hls/a/b/c/3", "hls/ab/4", "hls/a.m3u8", "other/5"] {
            shelf.put(name, b"x").await;
        }
        shelf.blobs.delete_prefix(&key("hls/a")).await.unwrap();
        assert_eq!(shelf.names(None, None, 99).await, ["hls/a.m3u8", "hls/ab/4", "other/5"]);
        shelf.blobs.delete_prefix(&key("hls/a")).await.unwrap();
        shelf.put("hls/a/1", b"again").await;
        assert_eq!(shelf.blobs.get_bytes(&key("hls/a/1"), 9).await.unwrap(), "again");
    }

    async fn a_listing_pages_through_all_in_the_order_of_keys(shelf: &Shelf) {
        let ordered = ["a-b", "a.b", "a/b", "a/b.c/d", "a/b/c", "a0", "b/1", "b/2"];
        for name in ordered.iter().rev() {
            if *name != "a/b" {
                shelf.put(name, b"x").await;
            }
        }
        let stored: Vec<_> = ordered.into_iter().filter(|name| *name != "a/b").collect();
        assert_eq!(shelf.names(None, None, 99).await, stored);
        for size in 1..=4 {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page = shelf.names(None, after.as_deref(), size).await;
                assert!(page.len() <= size);
                let Some(last) = page.last() else { break };
                after = Some(last.clone());
                seen.extend(page);
            }
            assert_eq!(seen, stored, "pages of {size}");
        }
    }

    async fn a_listing_stays_in_its_folder_and_tells_sizes(shelf: &Shelf) {
        shelf.put("a/1", b"x").await;
        shelf.put("a/2/3", b"xyz").await;
        shelf.put("ab/1", b"x").await;
        let page = shelf.blobs.list(Some(&key("a")), None, 99).await.unwrap();
        let told: Vec<_> = page.iter().map(|entry| (entry.key.as_str(), entry.size)).collect();
        assert_eq!(told, [("a/1", 1), ("a/2/3", 3)]);
        assert_eq!(shelf.names(Some("a"), Some("a/1"), 99).await, ["a/2/3"]);
        assert!(shelf.names(Some("nowhere"), None, 99).await.is_empty());
    }

    async fn a_blob_is_there_whole_or_not_at_all(shelf: &Shelf) {
        let upload = shelf.file(&pattern(8 * 1024 * 1024));
        let (blobs, name) = (shelf.blobs.clone(), key("originals/slow.wav"));
        let put = tokio::spawn({
            let name = name.clone();
            async move { blobs.put_file(&name, &upload).await }
        });
        while !put.is_finished() {
            if let Some(seen) = shelf.blobs.head(&name).await.unwrap() {
                assert_eq!(seen.size, 8 * 1024 * 1024);
            }
            tokio::task::yield_now().await;
        }
        put.await.unwrap().unwrap();
    }

    async fn only_a_folder_has_files_to_open(shelf: &Shelf) {
        shelf.put("a/b", b"0123").await;
        match &shelf.blobs {
            Blobs::File(_) => {
                let (file, meta) = shelf.blobs.open_file(&key("a/b")).await.unwrap().unwrap();
                assert_eq!((file.metadata().unwrap().len(), meta.size), (4, 4));
                assert_eq!(std::fs::read(shelf.blobs.local_path(&key("a/b")).unwrap()).unwrap(), b"0123");
                assert!(shelf.blobs.temp_dir().is_some_and(Path::is_dir));
                assert!(matches!(shelf.blobs.open_file(&key("a")).await, Err(Error::NotFound)), "a folder is no blob");
            }
            Blobs::S3(_) => {
                assert!(shelf.blobs.open_file(&key("a/b")).await.unwrap().is_none());
                assert!(shelf.blobs.local_path(&key("a/b")).is_none() && shelf.blobs.temp_dir().is_none());
            }
        }
    }

    async fn a_store_that_works_is_healthy(shelf: &Shelf) {
        shelf.blobs.health().await.unwrap();
        assert!(shelf.names(None, None, 9).await.is_empty(), "asking leaves nothing behind");
    }
}
