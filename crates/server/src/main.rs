//! `hathor`: configuration → `Ctx` → roles → listeners, and the command line.
//!
//! Read [`commands::serve`] for what a start does, [`house`] for how the parts are put together, [`features`] for what there is.

mod aliases;
mod answers;
mod assets;
mod cli;
mod commands;
mod docs;
mod features;
mod health;
mod house;
mod internal;
mod telemetry;
mod upkeep;
mod worker;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
