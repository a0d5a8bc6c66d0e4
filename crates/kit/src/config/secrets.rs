//! Secrets of an embedded instance: made at the first start, readable by their owner alone, before any listener opens.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use hathor_core::Secret;

use super::Config;

/// Fills in the signing secrets that nobody set from `data/secrets/`, making them if they are not there, and with each
/// the one before it, where there was one.
pub fn settle_secrets(config: &mut Config, data: &Path) -> io::Result<()> {
    let folder = data.join("secrets");
    let (auth, media) = (&mut config.auth, &mut config.media);
    for (name, secret, previous) in [
        (AUTH, &mut auth.secret, &mut auth.previous_secret),
        (MEDIA, &mut media.secret, &mut media.previous_secret),
    ] {
        if secret.is_none() {
            private_folder(&folder)?;
            *secret = Some(Secret::new(read_or_make(&folder, name)?));
            let before = folder.join(previous_of(name));
            if previous.is_none() && before.exists() {
                *previous =
                    Some(Secret::new(read(&before)?)).filter(|before| Some(before) != secret.as_ref());
            }
        }
    }
    Ok(())
}

/// Name of the secret behind tokens, and of all that is sealed.
pub const AUTH: &str = "auth";
/// Name of the secret behind links to media.
pub const MEDIA: &str = "media";

/// A secret that nobody has had before.
pub fn draw_secret() -> Secret {
    Secret::new(hathor_core::random::token())
}

/// Puts `new` in the place of the secret called `name` in `data/secrets/`; the one that was there is kept as the one
/// before. Cut off in between, the secret of now is also the one before it, which changes nothing.
pub fn replace_secret(data: &Path, name: &str, new: &Secret) -> io::Result<()> {
    let folder = data.join("secrets");
    let now = read(&folder.join(name))?;
    for (name, text) in [(previous_of(name), now.as_str()), (name.to_owned(), new.reveal())] {
        let part = write_part(&folder, &name, text)?;
        fs::rename(part, folder.join(name))?;
        fs::File::open(&folder)?.sync_all()?;
    }
    Ok(())
}

fn previous_of(name: &str) -> String {
    format!("{name}.previous")
}

fn private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Whole or not at all: written beside, synced, linked in its place. Two starts at once agree on one secret.
fn read_or_make(folder: &Path, name: &str) -> io::Result<String> {
    let path = folder.join(name);
    if !path.exists() {
        let part = write_part(folder, name, &hathor_core::random::token())?;
        let linked = fs::hard_link(&part, &path);
        fs::remove_file(&part)?;
        fs::File::open(folder)?.sync_all()?;
        linked.or_else(|e| if e.kind() == io::ErrorKind::AlreadyExists { Ok(()) } else { Err(e) })?;
    }
    read(&path)
}

fn write_part(folder: &Path, name: &str, text: &str) -> io::Result<PathBuf> {
    let part = folder.join(format!(".{name}.{}", hathor_core::random::token()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(part)
}

fn read(path: &Path) -> io::Result<String> {
    Ok(fs::read_to_string(path)?.trim().to_owned())
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

    #[test]
    fn a_replaced_secret_is_kept_as_the_one_before() {
        let dir = tempfile::tempdir().unwrap();
        let settle = || {
            let mut config = Config::default();
            settle_secrets(&mut config, dir.path()).unwrap();
            config.auth
        };
        let first = settle();
        assert!(first.previous_secret.is_none());
        let (second, third) = (draw_secret(), draw_secret());
        for (new, before) in [(&second, first.secret.as_ref().unwrap()), (&third, &second)] {
            replace_secret(dir.path(), AUTH, new).unwrap();
            let auth = settle();
            assert_eq!((auth.secret.as_ref(), auth.previous_secret.as_ref()), (Some(new), Some(before)));
        }
        let files = fs::read_dir(dir.path().join("secrets")).unwrap().map(|file| file.unwrap());
        for file in files {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
            assert!(!file.file_name().to_string_lossy().starts_with('.'), "{file:?} was left");
        }
    }
}
