//! Walls made of Landlock rules, where namespaces are not allowed.
//!
//! A process can only wall itself in, and doing so between fork and exec would need unsafe code;
//! so we start ourselves again as `<exe> cage …`, which takes the limits and rules on and then
//! becomes the tool. UDP and path-bound Unix sockets stay reachable; the protocol whitelist covers them.

use std::{
    ffi::{OsStr, OsString},
    io::{self, Write as _},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _,
    RulesetCreated, RulesetCreatedAttr as _, RulesetStatus, Scope, path_beneath_rules,
};
use rlimit::{Resource, setrlimit};
use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal};

use super::limits::{FILES, Limits};

/// Exit code when the walls could not be raised.
pub const NO_WALLS: i32 = 126;

/// The words before the tool's name.
pub fn words(exe: &Path, limits: &Limits, src: &Path, out: Option<&Path>) -> Vec<OsString> {
    let numbers = [limits.memory, limits.cpu, limits.file, u64::from(std::process::id())];
    let mut words = vec![exe.into(), "cage".into()];
    words.extend(numbers.map(|number| OsString::from(number.to_string())));
    words.extend([src.into(), out.map_or(OsStr::new("-"), Path::as_os_str).into()]);
    words
}

/// The body of the hidden sub-command `cage`: takes limits and Landlock rules on, then becomes the
/// tool. `args` are those after the word `cage`: memory, CPU, file size, parent, source, output
/// folder or `-`, program and its arguments.
pub fn cage_main(args: impl IntoIterator<Item = OsString>) -> ! {
    let why = match Caged::parse(args.into_iter()) {
        Some(caged) => caged.become_tool(),
        None => "this sub-command is for hathor itself".into(),
    };
    let _ = writeln!(io::stderr(), "cage: {why}");
    std::process::exit(NO_WALLS)
}

struct Caged {
    memory: u64,
    cpu: u64,
    file: u64,
    parent: i32,
    src: PathBuf,
    out: Option<PathBuf>,
    program: OsString,
    args: Vec<OsString>,
}

impl Caged {
    fn parse(mut args: impl Iterator<Item = OsString>) -> Option<Self> {
        let mut number = || args.next()?.to_str()?.parse::<u64>().ok();
        let (memory, cpu, file, parent) = (number()?, number()?, number()?, number()?);
        let src = args.next()?.into();
        let out = args.next().filter(|word| word != "-").map(PathBuf::from);
        let program = args.next()?;
        let parent = i32::try_from(parent).ok()?;
        Some(Self { memory, cpu, file, parent, src, out, program, args: args.collect() })
    }

    /// Comes back only with the reason why not.
    fn become_tool(self) -> String {
        match self.limit().and_then(|()| self.wall_in()) {
            Ok(()) => Command::new(&self.program).args(&self.args).exec().to_string(),
            Err(why) => why,
        }
    }

    fn limit(&self) -> Result<(), String> {
        set_parent_process_death_signal(Some(Signal::KILL)).map_err(|error| error.to_string())?;
        if getppid().map(Pid::as_raw_pid) != Some(self.parent) {
            return Err("the parent is gone".into());
        }
        let limits = [
            (Resource::AS, self.memory),
            (Resource::CPU, self.cpu),
            (Resource::FSIZE, self.file),
            (Resource::NOFILE, FILES),
            (Resource::CORE, 0),
        ];
        limits
            .into_iter()
            .try_for_each(|(resource, most)| setrlimit(resource, most, most))
            .map_err(|error| error.to_string())
    }

    fn wall_in(&self) -> Result<(), String> {
        let files = AccessFs::from_all(ABI::V5);
        let read = AccessFs::from_read(ABI::V5);
        let input = AccessFs::ReadFile;
        let out = self.out.as_slice();
        let status = Ruleset::default()
            .set_compatibility(CompatLevel::HardRequirement)
            .handle_access(AccessFs::from_all(ABI::V4))
            .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V4)))
            .map(|rules| rules.set_compatibility(CompatLevel::BestEffort))
            .and_then(|rules| rules.handle_access(files))
            .and_then(|rules| rules.scope(Scope::from_all(ABI::V6)))
            .and_then(Ruleset::create)
            .and_then(|rules| rules.add_rules(path_beneath_rules(["/usr"], read)))
            .and_then(|rules| rules.add_rules(path_beneath_rules([&self.src], input)))
            .and_then(|rules| rules.add_rules(path_beneath_rules(out, files)))
            .and_then(RulesetCreated::restrict_self)
            .map_err(|error| error.to_string())?;
        match status.ruleset {
            RulesetStatus::NotEnforced => Err("landlock is not enforced by this kernel".into()),
            RulesetStatus::FullyEnforced | RulesetStatus::PartiallyEnforced => Ok(()),
        }
    }
}
