//! Walls made of namespaces, by bubblewrap.

use std::{ffi::OsString, path::Path};

/// Where the input lies inside.
pub const SRC: &str = "/in/src";
/// Where outputs go inside.
pub const OUT: &str = "/out";

const WALLS: &[&str] = &[
    "/usr/bin/bwrap",
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--cap-drop",
    "ALL",
    "--clearenv",
    "--setenv",
    "PATH",
    "/usr/bin",
    "--setenv",
    "LC_ALL",
    "C.UTF-8",
    "--ro-bind",
    "/usr",
    "/usr",
    "--symlink",
    "usr/lib",
    "/lib",
    "--symlink",
    "usr/lib64",
    "/lib64",
    "--ro-bind-try",
    "/etc/alternatives",
    "/etc/alternatives",
    "--dev",
    "/dev",
    "--tmpfs",
    "/tmp",
];

/// The words before the tool's name. The root is remounted read-only last: it is a tmpfs that
/// bubblewrap leaves writable.
pub fn words(src: &Path, out: Option<&Path>) -> Vec<OsString> {
    let mut words: Vec<OsString> = WALLS.iter().map(OsString::from).collect();
    words.extend(["--ro-bind".into(), src.into(), SRC.into()]);
    if let Some(out) = out {
        words.extend(["--bind".into(), out.into(), OUT.into()]);
    }
    let home = if out.is_some() { OUT } else { "/tmp" };
    words.extend(["--remount-ro", "/", "--chdir", home, "--"].map(OsString::from));
    words
}
