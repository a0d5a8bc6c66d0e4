//! Taking music in: from queued files to every stream file, against the same ffmpeg commands in a shell.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::hathor::{lives, serve, serve_with, sign_in, sign_up, upload, wait_for};
use crate::machine::{Work, roaming};
use crate::material::{Wav, write_wavs};
use crate::peers::free_address;
use crate::report::{Compared, Target, short};
use crate::{Failure, Options};

/// For a server to answer.
const START: Duration = Duration::from_mins(1);

/// How much is taken in.
struct Amount {
    files: u64,
    seconds: u32,
    /// How often each file is taken in.
    times: usize,
}

impl Amount {
    /// Fifty pieces of four minutes.
    const FULL: Self = Self { files: 10, seconds: 240, times: 5 };
    const SMOKE: Self = Self { files: 2, seconds: 3, times: 1 };
}

/// What one side did.
struct Done {
    cpu_seconds: f64,
    busy: f64,
}

/// Takes the same files in on both sides; true when ours costs hardly more.
pub fn run(options: &Options) -> Result<bool, Failure> {
    let amount = if options.smoke { Amount::SMOKE } else { Amount::FULL };
    let scratch = tempfile::tempdir()?;
    let wavs = write_wavs(&scratch.path().join("files"), amount.files, amount.seconds)?;
    let ours = by_hathor(&options.hathor()?, scratch.path(), &wavs, amount.times)?;
    let theirs = by_shell(scratch.path(), &wavs, amount.times)?;
    let cost = Compared { ours: ours.cpu_seconds, theirs: theirs.cpu_seconds, target: Target::AtMost(1.05) };
    let mut line = cost.json();
    line["name"] = json!("ingest-pipeline");
    line["peer"] = json!("ffmpeg in a shell");
    line["unit"] = json!("CPU seconds of the machine");
    line["cores_busy"] = json!({ "ours": short(ours.busy), "theirs": short(theirs.busy) });
    line["good"] = json!(cost.passes());
    println!("{line}");
    Ok(cost.passes())
}

/// Files are sent to a server that does no jobs; the one that is measured finds them in its queue.
fn by_hathor(program: &Path, folder: &Path, wavs: &[Wav], times: usize) -> Result<Done, Failure> {
    let (data, address) = (folder.join("data"), free_address()?);
    let mut first =
        serve_with(roaming(program), &data, address, &["--roles", "gateway,auth,catalog,ingest,stream"])?;
    first.wait("hathor", START, || lives(address))?;
    let token = sign_up(address)?;
    let files = (0..times).flat_map(|_| wavs);
    let tracks = files.map(|wav| upload(address, &token, wav)).collect::<Result<Vec<_>, _>>()?;
    drop(first);

    let work = Work::begin()?;
    let mut second = serve(roaming(program), &data, address)?;
    second.wait("hathor", START, || lives(address))?;
    wait_for(address, sign_in(address)?, &tracks, true)?;
    let (cpu_seconds, busy) = work.end()?;
    Ok(Done { cpu_seconds, busy })
}

/// The command of the design, as many at a time as there are cores.
fn by_shell(folder: &Path, wavs: &[Wav], times: usize) -> Result<Done, Failure> {
    const FFMPEG: &str = r#"
        out=$1/$(basename "$2" .wav)-$$; mkdir -p "$out"
        M="-threads 1 -f mp4 -movflags +dash+delay_moov+default_base_moof+global_sidx -frag_duration 4800000"
        bare="-map_metadata -1 -map_chapters -1"
        exec ffmpeg -nostdin -hide_banner -v error -y -i "$2" -filter_complex \
          "[0:a:0]aresample=44100,aformat=channel_layouts=stereo,asetpts=N/SR/TB,asplit=3[c][p][s];[s]aresample=48000,asplit=2[a][b]" \
          -map "[a]" $bare -c:a libopus -b:a 96k $M "$out/opus96.mp4" \
          -map "[b]" $bare -c:a libopus -b:a 160k $M "$out/opus160.mp4" \
          -map "[c]" $bare -c:a aac -b:a 256k $M "$out/aac256.mp4" \
          -map "[p]" -f f32le pipe:1 >/dev/null"#;
    let names: Vec<_> = (0..times).flat_map(|_| wavs).map(|wav| wav.path.display().to_string()).collect();
    let list = folder.join("list");
    fs::write(&list, names.join("\n"))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from).to_string();
    let work = Work::begin()?;
    let mut shell = Command::new("xargs");
    shell.arg("-a").arg(&list).args(["-P", &cores, "-n", "1", "sh", "-c", FFMPEG, "_"]).arg(folder);
    if !shell.status()?.success() {
        return Err("ffmpeg failed in the shell".into());
    }
    let (cpu_seconds, busy) = work.end()?;
    Ok(Done { cpu_seconds, busy })
}
