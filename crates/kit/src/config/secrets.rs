//! Secrets of an embedded instance: made at the first start, readable by their owner alone, before any listener opens.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use hathor_core::Secret;

use super::Config;

/// Fills in the signing secrets that nobody set from `data/secrets/`, making them if they are not there.
pub fn settle_secrets(config: &mut Config, data: &Path) -> io::Result<()> {
    let folder = data.join("secrets");
    for (name, secret) in [("auth", &mut config.auth.secret), ("media", &mut config.media.secret)] {
        if secret.is_none() {
            private_folder(&folder)?;
            *secret = Some(Secret::new(read_or_make(&folder, name)?));
        }
    }
    Ok(())
}

fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Whole or not at all: written beside, synced, linked in its place. Two starts at once agree on one secret.
fn read_or_make(folder: &Path, name: &str) -> io::Result<String> {
    let path = folder.join(name);
    if !path.exists() {
        let part = folder.join(format!(".{name}.{}", hathor_core::random::token()));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        file.write_all(hathor_core::random::token().as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&part, &path);
        fs::remove_file(&part)?;
        fs::File::open(folder)?.sync_all()?;
        linked.or_else(|e| if e.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(e) })?;
    }
    let mut text = String::new();
    fs::File::open(&path)?.read_to_string(&mut text)?;
    Ok(text.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_made_once_distinct_and_private() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Config::default();
        settle_secrets(&mut first, dir.path()).unwrap();
        let mut second = Config::default();
        settle_secrets(&mut second, dir.path()).unwrap();
        let auth = first.auth.secret.unwrap();
        assert_eq!(auth, second.auth.secret.unwrap());
        assert_ne!(auth, first.media.secret.unwrap());
        assert_eq!(auth.reveal().len(), 43);
        for name in ["auth", "media"] {
            let mode = fs::metadata(dir.path().join("secrets").join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        assert_eq!(fs::read_dir(dir.path().join("secrets")).unwrap().count(), 2);
    }

    #[test]
    fn a_secret_that_was_set_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.auth.secret = Some(Secret::new("set by the operator, long enough"));
        config.media.secret = Some(Secret::new("another one of the operator, too"));
        settle_secrets(&mut config, dir.path()).unwrap();
        assert!(!dir.path().join("secrets").exists());
    }
}
