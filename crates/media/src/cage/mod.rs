//! The cage: where ffmpeg and ffprobe run, because what they parse comes from strangers.
//!
//! Inside, a tool sees `/usr`, one input file and one folder to write to; no network, no other
//! file, no way to outlive us. Bubblewrap builds it where namespaces are allowed, Landlock
//! otherwise; [`Cage::detect`] proves with a private file that the walls hold.

mod bwrap;
mod landlock;
mod limits;
mod proof;
mod run;
mod spawn;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

pub use landlock::cage_main;
pub(crate) use limits::Limits;
pub(crate) use run::{Ended, Running};
use spawn::Spawner;

/// A way to run media tools, chosen once at start-up. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cage {
    walls: Walls,
    spawner: Arc<Spawner>,
}

#[derive(Clone, Debug)]
enum Walls {
    /// Namespaces.
    Bwrap,
    /// Landlock, applied by `<exe> cage …` to itself before it becomes the tool.
    Landlock { exe: PathBuf },
    /// Limits only.
    Open,
}

/// Why there is no cage.
#[derive(Debug, thiserror::Error)]
pub enum CageError {
    /// Neither kind of wall holds here; the texts tell what each one missed.
    #[error(
        "no sandbox for ffmpeg works here: bubblewrap: {bwrap}; landlock: {landlock}; \
         install ffmpeg and bubblewrap and allow user namespaces, or use a kernel with landlock (6.7 or later)"
    )]
    NoWalls {
        /// What bubblewrap missed.
        bwrap: String,
        /// What Landlock missed.
        landlock: String,
    },
    /// This one kind of wall does not hold.
    #[error("{0}")]
    Leaky(String),
    /// The walls hold, but what should work within does not.
    #[error("ffmpeg does not play a file in the sandbox; install it, and see that it runs")]
    Deaf,
    /// The self-check could not be set up.
    #[error("the sandbox self-check could not run")]
    Io(#[from] io::Error),
}

impl Cage {
    /// Finds walls that hold: bubblewrap, else Landlock, else an error. `hathor_exe` is the
    /// executable whose hidden sub-command `cage` calls [`cage_main`].
    pub async fn detect(hathor_exe: &Path) -> Result<Self, CageError> {
        let bwrap = match Self::bubblewrap().await {
            Ok(cage) => return Ok(cage),
            Err(CageError::Leaky(why)) => why,
            Err(other) => return Err(other),
        };
        match Self::landlock(hathor_exe).await {
            Err(CageError::Leaky(landlock)) => Err(CageError::NoWalls { bwrap, landlock }),
            other => other,
        }
    }

    /// Bubblewrap, if it holds.
    pub async fn bubblewrap() -> Result<Self, CageError> {
        proof::prove(Self::new(Walls::Bwrap)?).await
    }

    /// Landlock by way of `hathor_exe`, if it holds.
    pub async fn landlock(hathor_exe: &Path) -> Result<Self, CageError> {
        proof::prove(Self::new(Walls::Landlock { exe: hathor_exe.canonicalize()? })?).await
    }

    /// Whether ffmpeg works in it.
    pub async fn works(&self) -> Result<(), CageError> {
        proof::play(self).await
    }

    /// No walls, only limits: for a developer's machine where neither kind works. Never in production.
    pub fn open_for_development() -> Result<Self, CageError> {
        Ok(Self::new(Walls::Open)?)
    }

    /// `bwrap`, `landlock` or `open`.
    pub fn kind(&self) -> &'static str {
        match self.walls {
            Walls::Bwrap => "bwrap",
            Walls::Landlock { .. } => "landlock",
            Walls::Open => "open",
        }
    }

    fn new(walls: Walls) -> io::Result<Self> {
        Ok(Self { walls, spawner: Arc::new(Spawner::start()?) })
    }

    /// Starts `task` with the arguments that `args` builds from the paths as the tool sees them.
    /// The process dies with the returned value, and with us.
    pub(crate) async fn start(
        &self,
        task: &Task<'_>,
        args: impl FnOnce(&Inside) -> Vec<OsString>,
    ) -> io::Result<Running> {
        let src = task.src.canonicalize()?;
        let out = task.out.map(Path::canonicalize).transpose()?;
        let inside = self.inside(&src, out.as_deref());
        let mut command = self.wrapped(task, &src, out.as_deref());
        command.args(args(&inside)).env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8");
        command.current_dir(out.as_deref().unwrap_or(Path::new("/")));
        Running::start(&self.spawner, command, task.limits.wall).await
    }

    fn inside(&self, src: &Path, out: Option<&Path>) -> Inside {
        match self.walls {
            Walls::Bwrap => Inside { src: bwrap::SRC.into(), out: bwrap::OUT.into() },
            Walls::Landlock { .. } | Walls::Open => {
                Inside { src: src.into(), out: out.map(PathBuf::from).unwrap_or_default() }
            }
        }
    }

    /// The command up to and including the tool's name.
    fn wrapped(&self, task: &Task<'_>, src: &Path, out: Option<&Path>) -> Command {
        let mut words = limits::nice(task.limits.nice);
        match &self.walls {
            Walls::Bwrap => {
                words.extend(task.limits.prlimit());
                words.extend(bwrap::words(src, out));
            }
            Walls::Landlock { exe } => words.extend(landlock::words(exe, &task.limits, src, out)),
            Walls::Open => words.extend(task.limits.prlimit()),
        }
        words.push(task.program.into());
        let mut words = words.into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words);
        command
    }
}

/// One run of a tool.
pub(crate) struct Task<'a> {
    /// A program of `/usr/bin`.
    pub program: &'static str,
    /// The one file it may read.
    pub src: &'a Path,
    /// The one folder it may write to.
    pub out: Option<&'a Path>,
    /// What it may use up.
    pub limits: Limits,
}

/// Paths as the tool sees them.
pub(crate) struct Inside {
    pub src: PathBuf,
    pub out: PathBuf,
}
