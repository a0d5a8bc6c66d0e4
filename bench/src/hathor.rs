//! The product: started, given an account and files, and asked for signed addresses.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Failure;
use crate::http::{Answer, ask};
use crate::machine::{SERVER_CORE, Server, pinned, roaming};
use crate::material::Wav;
use crate::peers::{Peer, free_address};

/// Of everybody who signs in.
pub const PASSWORD: &str = "a fair comparison needs a long rope";
const BOUNDARY: &str = "hathor-bench-part";
/// For all files to become playable, and then ready.
const PATIENCE: Duration = Duration::from_mins(15);

/// `serve` with all it writes under one folder.
pub fn serve(command: Command, data: &Path, address: SocketAddr) -> Result<Server, Failure> {
    serve_with(command, data, address, &[])
}

/// The same, told some more.
pub fn serve_with(
    mut command: Command,
    data: &Path,
    address: SocketAddr,
    more: &[&str],
) -> Result<Server, Failure> {
    command.arg("serve").arg("--data").arg(data).arg("--listen").arg(address.to_string()).args(more);
    Server::start(command, &data.with_extension("log"))
}

/// Whether it answers at all.
pub fn lives(address: SocketAddr) -> bool {
    ask(address, "GET /live", "", b"").is_ok_and(|answer| answer.status == 200)
}

/// A server that has each file as a track, pinned to the server's core, and the signed paths of the originals.
///
/// The files are taken in by a first process that may use the whole machine; when `settled`, it is left to finish
/// every job, so that the one that is measured has nothing else to do.
pub fn with_tracks(
    program: &Path,
    scratch: &Path,
    wavs: &[Wav],
    settled: bool,
) -> Result<(Peer, Vec<String>), Failure> {
    let (data, address) = (scratch.join("data"), free_address()?);
    let mut first = serve(roaming(program), &data, address)?;
    first.wait("hathor", Duration::from_mins(1), || lives(address))?;
    let token = sign_up(address)?;
    let tracks: Vec<String> =
        wavs.iter().map(|wav| upload(address, &token, wav)).collect::<Result<_, _>>()?;
    wait_for(address, token, &tracks, settled)?;
    drop(first);

    let mut server = serve(pinned(SERVER_CORE, program), &data, address)?;
    server.wait("hathor", Duration::from_mins(1), || lives(address))?;
    let token = sign_in(address)?;
    let paths = tracks.iter().map(|track| signed_path(address, &token, track)).collect::<Result<_, _>>()?;
    Ok((Peer { server, address, database: None }, paths))
}

/// Makes the account that asks; returns its access token.
pub fn sign_up(address: SocketAddr) -> Result<String, Failure> {
    let account = json!({ "username": "bench", "email": "bench@example.org", "password": PASSWORD });
    token(&post(address, "/api/auth/register", None, &account)?)
}

/// Another token for the same account.
pub fn sign_in(address: SocketAddr) -> Result<String, Failure> {
    token(&post(address, "/api/auth/login", None, &json!({ "login": "bench", "password": PASSWORD }))?)
}

fn token(session: &Value) -> Result<String, Failure> {
    Ok(session["access_token"].as_str().ok_or("no access token in the answer")?.to_owned())
}

/// Sends a file; returns its track.
pub fn upload(address: SocketAddr, token: &str, wav: &Wav) -> Result<String, Failure> {
    let name = wav.path.file_name().unwrap_or_default().to_string_lossy();
    let part =
        format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    let body = [part.as_bytes(), &wav.bytes, end.as_bytes()].concat();
    let headers = format!("content-type: multipart/form-data; boundary={BOUNDARY}\r\n{}", bearer(token));
    let answer = ask(address, "POST /api/uploads", &headers, &body)?.json()?;
    Ok(answer["tracks"][0]["id"].as_str().ok_or_else(|| format!("upload: {answer}"))?.to_owned())
}

/// Until every track can be played, or, when `settled`, is ready.
pub fn wait_for(
    address: SocketAddr,
    mut token: String,
    tracks: &[String],
    settled: bool,
) -> Result<(), Failure> {
    let begin = Instant::now();
    for track in tracks {
        loop {
            let answer = ask(address, &format!("GET /api/tracks/{track}"), &bearer(&token), b"")?;
            if answer.status == 401 {
                // the token lives for five minutes, which this may exceed
                token = sign_in(address)?;
                continue;
            }
            let answer = answer.json()?;
            let state = answer["state"].as_str().unwrap_or_default();
            match state {
                "ready" => break,
                "packaging" | "transcoding" if !settled => break,
                "failed" => return Err(format!("track {track} failed: {}", answer["failure"]).into()),
                _ if begin.elapsed() > PATIENCE => {
                    return Err(format!("track {track} is still {state}").into());
                }
                _ => sleep(Duration::from_millis(300)),
            }
        }
    }
    Ok(())
}

fn signed_path(address: SocketAddr, token: &str, track: &str) -> Result<String, Failure> {
    let answer = post(address, &format!("/api/tracks/{track}/play"), Some(token), &json!({}))?;
    Ok(answer["url"].as_str().ok_or_else(|| format!("play: {answer}"))?.to_owned())
}

fn post(address: SocketAddr, path: &str, token: Option<&str>, body: &Value) -> Result<Value, Failure> {
    let headers = format!("content-type: application/json\r\n{}", token.map(bearer).unwrap_or_default());
    let answer: Answer = ask(address, &format!("POST {path}"), &headers, body.to_string().as_bytes())?;
    answer.json().map_err(|error| format!("POST {path} {error}").into())
}

fn bearer(token: &str) -> String {
    format!("authorization: Bearer {token}\r\n")
}
