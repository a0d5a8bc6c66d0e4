//! `hathor config check`.

use hathor_kit::config;

use super::say;
use crate::{
    cli::Instance,
    house::{self, Trouble},
};

/// Reads and judges the configuration, touching nothing; tells every problem at once.
pub fn check(instance: &Instance) -> Result<(), Trouble> {
    let config = house::read(&instance.data, instance.config.clone())?;
    let problems = config::check::problems(&config);
    if !problems.is_empty() {
        return Err(Trouble(problems));
    }
    say("the configuration is sound");
    Ok(())
}
