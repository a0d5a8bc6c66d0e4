//! A real S3 server for the tests, over a folder: `hathor-s3-server --root DIR`.
//!
//! It prints its address on one line once it listens, and runs until it is ended. The keys it takes are by default
//! those the tests send, so that with it running
//! `HATHOR_TEST_S3='s3://hathor?endpoint=http://127.0.0.1:9321'` is all they need.

use std::{error::Error, io::Write, net::SocketAddr, path::PathBuf};

use clap::Parser;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use s3s_fs::FileSystem;
use tokio::net::{TcpListener, TcpStream};

#[derive(Parser)]
#[command(about = "A small S3 server for tests")]
struct Options {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:9321")]
    listen: SocketAddr,
    /// The folder of the buckets; made if it is missing.
    #[arg(long)]
    root: PathBuf,
    /// The name of the only key.
    #[arg(long, default_value = "hathor")]
    access_key: String,
    /// The only key.
    #[arg(long, default_value = "hathor-test-secret")]
    secret_key: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    std::fs::create_dir_all(&options.root)?;
    let service = service(&options)?;
    let listener = TcpListener::bind(options.listen).await?;
    writeln!(std::io::stdout(), "http://{}", listener.local_addr()?)?;
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(serve(socket, service.clone()));
    }
}

fn service(options: &Options) -> Result<S3Service, Box<dyn Error>> {
    let files = FileSystem::new(&options.root).map_err(|error| format!("{error:?}"))?;
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(options.access_key.clone(), options.secret_key.clone()));
    Ok(builder.build())
}

/// A broken connection concerns its client alone.
async fn serve(socket: TcpStream, service: S3Service) {
    drop(Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await);
}
