//! The files of the repository, as git knows them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A tracked text file.
pub struct File {
    /// Path from the root of the repository, with slashes.
    pub path: String,
    pub text: String,
}

impl File {
    /// `path:line` of a zero-based line number.
    pub fn at(&self, line: usize) -> String {
        format!("{}:{}", self.path, line + 1)
    }

    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        extension(&self.path).is_some_and(|found| extensions.contains(&found))
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Reads a file by its path from the root.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every tracked file that is text and still there.
pub fn files() -> Vec<File> {
    let files: Vec<File> = names().into_iter().filter_map(text_file).collect();
    assert!(files.len() > 50, "git lists only {} files: the rules would hold for nothing", files.len());
    files
}

fn names() -> Vec<String> {
    let listing = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .current_dir(root())
        .output()
        .expect("git is there");
    assert!(listing.status.success(), "{}", String::from_utf8_lossy(&listing.stderr));
    String::from_utf8(listing.stdout).unwrap().split_terminator('\0').map(str::to_owned).collect()
}

fn text_file(path: String) -> Option<File> {
    let bytes = std::fs::read(root().join(&path)).ok()?;
    String::from_utf8(bytes).ok().map(|text| File { path, text })
}

fn extension(path: &str) -> Option<&str> {
    Path::new(path).extension()?.to_str()
}
