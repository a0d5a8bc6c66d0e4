//! Listing a folder in the byte order of keys, as a bucket does.

use std::{fs, io, path::Path};

use crate::{Entry, Error, Key};

/// At most `limit` blobs below `folder` whose keys are greater than `after`.
pub(super) fn list(
    root: &Path,
    folder: Option<&Key>,
    after: Option<&Key>,
    limit: usize,
) -> Result<Vec<Entry>, Error> {
    let prefix = folder.map(|folder| format!("{folder}/")).unwrap_or_default();
    let mut walk = Walk { root, after: after.map_or("", Key::as_str), limit, found: Vec::new() };
    walk.folder(&prefix)?;
    Ok(walk.found)
}

struct Walk<'a> {
    root: &'a Path,
    after: &'a str,
    limit: usize,
    found: Vec<Entry>,
}

impl Walk<'_> {
    /// Visits the folder whose keys begin with `prefix`.
    fn folder(&mut self, prefix: &str) -> Result<(), Error> {
        for name in self.names(prefix)? {
            if self.found.len() == self.limit {
                return Ok(());
            }
            let path = format!("{prefix}{name}");
            if name.ends_with('/') {
                if !self.is_past(&path) {
                    self.folder(&path)?;
                }
            } else if *path > *self.after {
                self.file(&path)?;
            }
        }
        Ok(())
    }

    /// Whether every key that begins with `prefix` is at or before `after`.
    fn is_past(&self, prefix: &str) -> bool {
        prefix < self.after && !self.after.starts_with(prefix)
    }

    /// The names in a folder in key order, those of folders with a `/` behind them since that is how they sort.
    fn names(&self, prefix: &str) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(self.root.join(prefix)) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(Vec::new());
            }
            entries => entries?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            if let Some(name) = entry.file_name().to_str() {
                names.push(if entry.file_type()?.is_dir() { format!("{name}/") } else { name.to_owned() });
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// Notes the blob, unless it is no key of ours or was deleted meanwhile.
    fn file(&mut self, path: &str) -> Result<(), Error> {
        let Ok(key) = Key::new(path) else { return Ok(()) };
        match fs::metadata(self.root.join(path)) {
            Ok(found) => self.found.push(Entry { key, size: found.len() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}
