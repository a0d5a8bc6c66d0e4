//! What requests and jobs that were cut by a crash have left behind.

use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

use hathor_kit::{
    Ctx, Result,
    intake::{disk, folder},
};

/// Begins the names of files that are still arriving.
pub(crate) const ARRIVING: &str = "upload-";
/// Begins the names of folders in which jobs work.
pub(crate) const AT_WORK: &str = "job-";

/// What is so old belongs to nobody any more: a file that is sent grows all the time, and no job takes a day.
const AGES: [(&str, Duration); 2] =
    [(ARRIVING, Duration::from_hours(1)), (AT_WORK, Duration::from_hours(24))];

/// Removes it. For the start of the server.
pub fn clear(ctx: &Ctx) -> Result<()> {
    sweep(&folder(ctx)?).map_err(disk)
}

fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name();
        let age = AGES.iter().find(|(prefix, _)| name.to_string_lossy().starts_with(prefix));
        let (Some((_, most)), Ok(found)) = (age, entry.metadata()) else { continue };
        if found.modified().is_ok_and(|at| is_older(at, *most)) {
            if found.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }?;
        }
    }
    Ok(())
}

fn is_older(at: SystemTime, most: Duration) -> bool {
    at.elapsed().is_ok_and(|age| age > most)
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn what_is_old_goes_and_what_may_be_in_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let age = |name: &str, hours: u64| {
            let old = File::open(place(name)).unwrap().metadata().unwrap().modified().unwrap()
                - Duration::from_hours(hours);
            File::open(place(name)).unwrap().set_modified(old).unwrap();
        };
        for file in ["upload-old", "upload-new", "somebody-elses"] {
            fs::write(place(file), b"half a song").unwrap();
        }
        for job in ["job-old", "job-new"] {
            fs::create_dir_all(place(job).join("out")).unwrap();
        }
        age("upload-old", 2);
        age("somebody-elses", 200);
        age("job-old", 25);
        age("job-new", 2);
        sweep(folder.path()).unwrap();
        let mut left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["job-new", "somebody-elses", "upload-new"]);
    }
}
