//! Files for the stories, made by ffmpeg.

use std::process::Command;

/// A chord with a beat, some seconds of it: not silent, not a pure tone.
pub fn music(seconds: u32) -> String {
    format!(
        "aevalsrc='0.2*sin(440*2*PI*t)+0.1*sin(554*2*PI*t)+0.2*sin(110*2*PI*t)*lt(mod(t,0.5),0.2)|0.2*sin(330*2*PI*t)+0.1*sin(659*2*PI*t)':s=44100:d={seconds}"
    )
}

/// What ffmpeg makes of `source` (a lavfi graph) with `args`, as a file with the ending `ending`.
pub fn make(source: &str, args: &[&str], ending: &str) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join(format!("out.{ending}"));
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-y", "-f", "lavfi", "-i", source])
        .args(args)
        .arg(&out)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::read(out).unwrap()
}

/// A short FLAC.
pub fn flac() -> Vec<u8> {
    make(&music(3), &["-c:a", "flac"], "flac")
}
