//! Serves the files of one folder by the sendfile lane: `lane FOLDER ADDRESS:PORT`.
//!
//! The lane with nothing above it: what `hathor-bench lane-64k` compares with nginx.
use std::collections::HashMap;
use std::fs::File;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hathor_edge::{EdgeLimits, FileBody, FileMeta, Lane, Shutdown, file_response, range, serve};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

type Shelf = Arc<HashMap<String, (Arc<File>, FileMeta)>>;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(address)) = (arguments.next(), arguments.next()) else {
        return Err("usage: lane FOLDER ADDRESS:PORT".into());
    };
    let router = Router::new().route("/{name}", get(file)).with_state(open_all(&folder)?);
    let listener = tokio::net::TcpListener::bind(address).await?;
    serve(listener, router, EdgeLimits::default(), Shutdown::new()).await;
    Ok(())
}

fn open_all(folder: &str) -> std::io::Result<Shelf> {
    let mut shelf = HashMap::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let etag = HeaderValue::try_from(format!("\"{name}\"")).map_err(std::io::Error::other)?;
        let content_type = HeaderValue::from_static("audio/wav");
        let meta = FileMeta { size: entry.metadata()?.len(), etag, content_type };
        shelf.insert(name, (Arc::new(File::open(entry.path())?), meta));
    }
    Ok(Arc::new(shelf))
}

async fn file(
    State(shelf): State<Shelf>,
    Path(name): Path<String>,
    lane: Option<Extension<Lane>>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let Some((file, meta)) = shelf.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let plan = range::plan(&method, &headers, meta.size, meta.etag.to_str().unwrap_or_default());
    let lane = lane.map(|Extension(lane)| lane);
    file_response(plan, meta, |part| Body::new(FileBody::new(Arc::clone(file), part, lane)))
}
