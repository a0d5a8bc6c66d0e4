//! Stands in for the server where it is not built: in this crate's own tests.

use std::{env, ffi::OsString, fs, path::Path};

use hathor_media::{Cage, Plan, Probe, cage_main, cover, probe, render, tags};

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// `cage …` is the hidden sub-command of `hathor`; `render <walls> <source> <folder>` is a server
/// at work; `read <source> <probe>` reads tags and cover and tells how much memory that took.
fn main() -> Outcome {
    let args: Vec<OsString> = env::args_os().skip(1).collect();
    let words: Vec<&Path> = args.iter().map(Path::new).collect();
    match words.as_slice() {
        [word, ..] if *word == Path::new("cage") => cage_main(args.into_iter().skip(1)),
        [word, walls, source, folder] if *word == Path::new("render") => work(walls, source, folder),
        [word, source, probe] if *word == Path::new("read") => read(source, probe),
        _ => Err("cage, render or read?".into()),
    }
}

#[tokio::main]
async fn work(walls: &Path, source: &Path, folder: &Path) -> Outcome {
    let cage = match walls.to_str() {
        Some("bwrap") => Cage::bubblewrap().await?,
        _ => Cage::landlock(&env::current_exe()?).await?,
    };
    let plan = Plan::streaming(&probe(&cage, source).await?);
    render(&cage, source, folder, &plan, |_| {}).await?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the tests read it")]
fn read(source: &Path, known: &Path) -> Outcome {
    let known: Probe = serde_json::from_slice(&fs::read(known)?)?;
    let tags = tags(source, &known);
    let cover = cover(source).map(|cover| cover.is_some());
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    println!("{peak}\n{cover:?}\n{}", serde_json::to_string(&tags)?);
    Ok(())
}
