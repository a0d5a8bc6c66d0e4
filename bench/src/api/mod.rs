//! What apps ask for all day: a word of life, one track, a list of fifty; against the usual Node stack.

mod library;
mod sides;

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

pub use self::sides::Side;
use crate::auth;
use crate::duel::{Duel, Memory, Promise, rounds};
use crate::http::ask;
use crate::load::{Ask, script};
use crate::report::Target;
use crate::{Failure, Options};

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Workload {
    /// The cheapest answer there is.
    Hello,
    /// One of many tracks.
    One,
    /// The newest fifty.
    List,
}

impl Workload {
    pub const ALL: &[Self] = &[Self::Hello, Self::One, Self::List];

    const fn name(self) -> &'static str {
        match self {
            Self::Hello => "api-hello",
            Self::One => "api-one",
            Self::List => "api-list50",
        }
    }

    /// What we promise of requests per CPU second: on SQLite, and on PostgreSQL if it is asked at all.
    const fn targets(self) -> [Option<Target>; 2] {
        let on_sqlite = Some(Target::AtLeast(15.0));
        match self {
            Self::Hello => [on_sqlite, None],
            Self::One => [on_sqlite, Some(Target::None)],
            Self::List => [on_sqlite, Some(Target::AtLeast(6.0))],
        }
    }

    fn paths(self, side: &Side) -> Vec<String> {
        let tracks = side.words.tracks;
        match self {
            Self::Hello => vec![side.words.hello.to_owned()],
            Self::One => side.ids.iter().map(|id| format!("{tracks}/{id}")).collect(),
            Self::List => vec![format!("{tracks}?limit=50")],
        }
    }

    fn asks(self, side: &Side) -> Vec<Ask> {
        let ask = |path| Ask::get(path, Some(("Authorization", format!("Bearer {}", side.token))));
        self.paths(side).into_iter().map(ask).collect()
    }

    /// Asks once or a few times and looks closely at what comes.
    fn check(self, side: &Side) -> Result<(), Failure> {
        for (at, path) in self.paths(side).iter().take(20).enumerate() {
            let answer = ask(side.peer.address, &format!("GET {path}"), &side.authorization(), b"")?;
            let right = match self {
                Self::Hello => answer.status == 200,
                Self::One => side.is_track(&answer.json()?, &side.ids[at]),
                Self::List => side.is_list(&answer.json()?, 50),
            };
            if !right {
                let body = String::from_utf8_lossy(&answer.body);
                return Err(format!("GET {path}: not what was asked for ({}): {body}", answer.status).into());
            }
        }
        Ok(())
    }
}

impl Side {
    fn is_track(&self, track: &Value, id: &str) -> bool {
        track["id"] == id && self.words.fields.iter().all(|field| !track[*field].is_null())
    }

    /// The first `count` tracks, in their order.
    fn is_list(&self, page: &Value, count: usize) -> bool {
        let items = page["items"].as_array().map_or(&[][..], Vec::as_slice);
        let expected = items.iter().zip(&self.ids).all(|(item, id)| self.is_track(item, id));
        items.len() == count && expected && page["next_cursor"].is_string()
    }
}

/// Measures each workload on both of our engines, then what signing in and being signed in cost; true when all are good
/// enough.
pub fn run(options: &Options, workloads: &[Workload], questions: &[auth::Question]) -> Result<bool, Failure> {
    // PostgreSQL's user must be able to pass through
    let scratch = tempfile::Builder::new().permissions(Permissions::from_mode(0o711)).tempdir()?;
    let sides = sides::start(options, scratch.path())?;
    let mut good = true;
    for workload in workloads {
        good &= measure(options, *workload, &sides, scratch.path())?;
    }
    Ok(good & auth::measure(options, questions, &sides, scratch.path())?)
}

fn measure(
    options: &Options,
    workload: Workload,
    sides: &[Side; 3],
    scratch: &Path,
) -> Result<bool, Failure> {
    for side in sides {
        workload.check(side)?;
    }
    let script_of = |side: &Side| -> Result<PathBuf, Failure> {
        let at = scratch.join(format!("{}-{}.lua", workload.name(), side.name));
        script(at, &workload.asks(side))
    };
    let [lite, pg, theirs] = sides;
    let scripts = [script_of(lite)?, script_of(pg)?, script_of(theirs)?];
    let idle = sides.each_ref().map(|side| side.peer.pss_mb());
    let turns = [0, 1, 2].map(|who| (&sides[who].peer, scripts[who].as_path()));
    let rounds = rounds(options, turns)?;
    let loaded = sides.each_ref().map(|side| side.peer.pss_mb());
    let mut good = true;
    for (ours, target) in workload.targets().into_iter().enumerate() {
        let Some(per_cpu) = target else { continue };
        let duel = Duel {
            name: &format!("{}{}", workload.name(), ["", "-pg"][ours]),
            peer: "express + pg",
            promise: Promise { per_cpu, per_second: Target::None, p99: Target::None },
            rounds: [&rounds[ours], &rounds[2]],
            memory: Memory { idle: [idle[ours], idle[2]], loaded: [loaded[ours], loaded[2]] },
        };
        good &= duel.tell();
    }
    Ok(good)
}
