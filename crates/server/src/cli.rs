//! The command line.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use hathor_kit::{NodeRole, viewer::Role};

use crate::commands;

/// The streaming platform that an artist, a label or a town can own.
#[derive(Parser)]
#[command(name = "hathor", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Where an instance keeps what it knows.
#[derive(Args, Clone)]
pub struct Instance {
    /// Folder of everything this instance writes.
    #[arg(long, default_value = "data", value_name = "DIR", global = true)]
    pub data: PathBuf,
    /// Configuration file; DIR/hathor.toml when it is there.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
}

/// Options of `serve`.
#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub instance: Instance,
    /// Where to listen, instead of http.listen.
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// What this process does; everything unless given.
    #[arg(long, value_delimiter = ',', value_name = "ROLE,…", value_parser = parse_role)]
    pub roles: Vec<NodeRole>,
    /// Fills an empty instance with music that Hathor composes itself.
    #[arg(long)]
    pub demo: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Starts the server.
    Serve(ServeArgs),
    /// Moves the database between versions.
    Migrate {
        #[command(subcommand)]
        way: Way,
        #[command(flatten)]
        instance: Instance,
    },
    /// Looks at the configuration.
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
        #[command(flatten)]
        instance: Instance,
    },
    /// Looks after accounts.
    User {
        #[command(subcommand)]
        what: UserCommand,
        #[command(flatten)]
        instance: Instance,
    },
    /// Looks after the secrets of the instance. On SQLite the server must not be running.
    Keys {
        #[command(subcommand)]
        what: KeysCommand,
        #[command(flatten)]
        instance: Instance,
    },
    /// Checks the audit trail. On SQLite the server must not be running.
    Audit {
        #[command(subcommand)]
        what: AuditCommand,
        #[command(flatten)]
        instance: Instance,
    },
    /// Examines this machine and this instance, and says what to do.
    Doctor {
        #[command(flatten)]
        instance: Instance,
    },
    /// Brings the demo library in, or takes it out. On SQLite the server must not be running.
    Demo {
        /// Takes out all of it, and nothing else.
        #[arg(long)]
        remove: bool,
        #[command(flatten)]
        instance: Instance,
    },
    /// Prints the OpenAPI document.
    Openapi,
    /// Runs one program behind walls (used by the server itself).
    #[command(hide = true, disable_help_flag = true)]
    Cage {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<std::ffi::OsString>,
    },
}

/// Where `migrate` goes.
#[derive(Subcommand)]
pub enum Way {
    /// To the newest version.
    Up,
    /// Back by some versions.
    Down {
        /// How many.
        #[arg(default_value_t = 1)]
        count: usize,
    },
    /// Nowhere: says where it stands.
    Status,
}

#[derive(Subcommand)]
enum ConfigCommand {
    /// Lists every problem at once.
    Check,
}

/// What `user` does. Passwords are read from the standard input, since a command line is no secret.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Makes an account.
    Add {
        /// Its name in addresses.
        username: String,
        /// Its e-mail address.
        email: String,
        /// What it may do.
        #[arg(long, default_value = "user", value_parser = parse_user_role)]
        role: Role,
    },
    /// Sets a new password and signs the account out everywhere.
    Passwd {
        /// Whose.
        username: String,
    },
    /// Changes what an account may do.
    Role {
        /// Whose.
        username: String,
        /// user, artist, moderator or admin.
        #[arg(value_parser = parse_user_role)]
        role: Role,
    },
    /// Signs an account out everywhere and lets nobody in to it.
    Ban {
        /// Whose.
        username: String,
        /// What its person is told.
        #[arg(long)]
        reason: Option<String>,
    },
    /// Lets the owner of a banned account in again.
    Unban {
        /// Whose.
        username: String,
    },
}

/// What `keys` does.
#[derive(Subcommand)]
pub enum KeysCommand {
    /// Draws new secrets. What was signed before stays good until it expires, what is sealed stays readable.
    Rotate,
    /// Gives up all that was sealed under a secret that is lost: second factors, details of the audit trail, letters on
    /// their way.
    Forget {
        /// Says that you mean it.
        #[arg(long)]
        yes: bool,
    },
}

/// What `audit` does.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Walks all of it; the exit code tells whether everything fits.
    Verify {
        /// Signed heads that were kept elsewhere, a line each, to compare as well.
        #[arg(long, value_name = "FILE")]
        heads: Vec<PathBuf>,
        /// A public key in hex that heads were signed with before a secret was lost.
        #[arg(long, value_name = "KEY")]
        trust: Vec<String>,
    },
}

fn parse_role(word: &str) -> Result<NodeRole, String> {
    word.parse().map_err(|_| one_of(NodeRole::ALL.iter().map(|role| role.as_str())))
}

fn parse_user_role(word: &str) -> Result<Role, String> {
    word.parse().map_err(|_| one_of(Role::ALL.iter().map(|role| role.as_str())))
}

fn one_of(words: impl Iterator<Item = &'static str>) -> String {
    format!("one of {}", words.collect::<Vec<_>>().join(", "))
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(args) => commands::serve::run(args),
        Command::Migrate { way, instance } => commands::migrate::run(&way, instance),
        Command::Config { what: ConfigCommand::Check, instance } => commands::config::check(&instance),
        Command::User { what, instance } => commands::user::run(what, instance),
        Command::Keys { what: KeysCommand::Rotate, instance } => commands::keys::rotate(instance),
        Command::Keys { what: KeysCommand::Forget { yes }, instance } => {
            commands::keys::forget(instance, yes)
        }
        Command::Audit { what: AuditCommand::Verify { heads, trust }, instance } => {
            commands::audit::verify(instance, &heads, &trust)
        }
        Command::Doctor { instance } => commands::doctor::run(&instance),
        Command::Demo { remove, instance } => commands::demo::run(instance, remove),
        Command::Openapi => commands::openapi::run(),
        Command::Cage { words } => hathor_media::cage_main(words),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            commands::complain(&trouble);
            ExitCode::FAILURE
        }
    }
}
