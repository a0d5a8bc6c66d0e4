//! How we deal with a bucket in trouble, played by a script of answers on a real socket.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::{
    fs::File,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use hathor_blob::{Blobs, Error, Key, S3Credentials};
use hathor_core::Secret;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

const OK: &str = "200 OK";
const TROUBLE: &str = "503 Service Unavailable";

/// A bucket that gives these answers, one after the other, and notes what it was asked.
struct Script {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Script {
    async fn new(answers: &'static [(&'static str, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("s3://music?endpoint=http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&asked);
        tokio::spawn(async move {
            for (status, body) in answers {
                let (socket, _) = listener.accept().await.unwrap();
                let mut socket = BufReader::new(socket);
                let first = read_request(&mut socket).await;
                notes.lock().unwrap().push(first);
                answer(&mut socket, status, body).await;
            }
        });
        Self { url, asked }
    }

    async fn open(&self) -> Result<Blobs, Error> {
        let keys = S3Credentials { access_key: Secret::new("name"), secret_key: Secret::new("key") };
        Blobs::open(&self.url, Some(&keys)).await
    }

    /// Method and path of each request, without the signature.
    fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked.iter().map(|line| line.split_once('?').map_or(&**line, |(path, _)| path).to_owned()).collect()
    }
}

/// Reads one request and returns its first line.
async fn read_request(socket: &mut BufReader<TcpStream>) -> String {
    let (mut first, mut length) = (String::new(), 0);
    socket.read_line(&mut first).await.unwrap();
    loop {
        let mut line = String::new();
        socket.read_line(&mut line).await.unwrap();
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    tokio::io::copy(&mut socket.take(length), &mut tokio::io::sink()).await.unwrap();
    first
}

async fn answer(socket: &mut BufReader<TcpStream>, status: &str, body: &str) {
    let head = format!(
        "HTTP/1.1 {status}\r\netag: \"e\"\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(head.as_bytes()).await.unwrap();
}

#[tokio::test]
async fn a_bucket_in_passing_trouble_is_asked_again() {
    let bucket = Script::new(&[(TROUBLE, ""), (OK, ""), (TROUBLE, ""), ("500 Oops", ""), (OK, "")]).await;
    let blobs = bucket.open().await.unwrap();
    blobs.put_bytes(&Key::new("a").unwrap(), Bytes::from_static(b"x")).await.unwrap();
    assert_eq!(bucket.asked()[2..], ["PUT /music/a", "PUT /music/a", "PUT /music/a"]);
}

#[tokio::test]
async fn a_bucket_that_stays_in_trouble_is_given_up_after_four_tries() {
    let bucket = Script::new(&[(TROUBLE, ""); 5]).await;
    assert!(matches!(bucket.open().await, Err(Error::Unavailable(_))));
    assert_eq!(bucket.asked().len(), 4);
}

#[tokio::test]
async fn a_refusal_is_not_asked_again_and_shows_no_signature() {
    let bucket = Script::new(&[(OK, ""), ("403 Forbidden", "")]).await;
    let blobs = bucket.open().await.unwrap();
    let refused = blobs.head(&Key::new("a").unwrap()).await.unwrap_err();
    assert_eq!(refused.to_string(), "the blob store is unavailable: the bucket answered 403 Forbidden");
    assert_eq!(bucket.asked(), ["HEAD /music/", "HEAD /music/a"]);
}

#[tokio::test]
async fn a_full_bucket_is_told_apart() {
    let bucket = Script::new(&[(OK, ""), ("507 Insufficient Storage", "")]).await;
    let blobs = bucket.open().await.unwrap();
    let full = blobs.put_bytes(&Key::new("a").unwrap(), Bytes::from_static(b"x")).await;
    assert!(matches!(full, Err(Error::StorageFull)));
}

#[tokio::test]
async fn a_bucket_that_is_missing_is_made() {
    let bucket = Script::new(&[("404 Not Found", ""), (OK, "")]).await;
    bucket.open().await.unwrap();
    assert_eq!(bucket.asked(), ["HEAD /music/", "PUT /music/"]);
}

#[tokio::test]
async fn nobody_at_the_address_is_unavailable_and_keeps_the_address_to_itself() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let bucket = Script { url: format!("s3://music?endpoint=http://{free}"), asked: Arc::default() };
    let error = bucket.open().await.unwrap_err();
    assert!(matches!(error, Error::Unavailable(_)));
    assert!(!format!("{error} {error:?}").contains("X-Amz-Signature"), "{error:?}");
}

#[tokio::test]
async fn a_large_upload_that_fails_is_aborted_and_keeps_its_file() {
    const BEGUN: &str = r#"<InitiateMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><UploadId>u1</UploadId></InitiateMultipartUploadResult>"#;
    let bucket =
        Script::new(&[(OK, ""), (OK, BEGUN), (OK, ""), ("400 Bad Request", ""), ("204 No Content", "")])
            .await;
    let blobs = bucket.open().await.unwrap();
    let desk = TempDir::new().unwrap();
    let upload = desk.path().join("upload");
    File::create(&upload).unwrap().set_len(17 * 1024 * 1024).unwrap();
    assert!(blobs.put_file(&Key::new("a").unwrap(), &upload).await.is_err());
    let asked = bucket.asked();
    assert_eq!(asked[1..], ["POST /music/a", "PUT /music/a", "PUT /music/a", "DELETE /music/a"]);
    assert!(upload.exists(), "the next try needs it");
}
