//! What the command line does: one file a command.

pub mod audit;
pub mod config;
pub mod demo;
pub mod doctor;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod serve;
pub mod user;

use std::{
    future::Future,
    io::{self, Write},
};

use crate::house::Trouble;

/// Writes `lines` for the person at the terminal.
pub fn say(lines: impl std::fmt::Display) {
    // a reader that has gone away has stopped listening: nothing to be done about that
    let _ = writeln!(io::stdout(), "{lines}");
}

/// Writes what went wrong.
pub fn complain(trouble: &Trouble) {
    for line in &trouble.0 {
        let _ = writeln!(io::stderr(), "hathor: {line}");
    }
}

/// Runs `work` to its end on a runtime of its own.
pub fn block_on<T>(work: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|e| Trouble::new("runtime", e))?.block_on(work)
}
