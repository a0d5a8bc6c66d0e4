//! `hathor migrate up|down|status`.

use super::{block_on, say};
use crate::{
    cli::{Instance, Way},
    house::{Plan, Trouble, open_db},
};

/// Moves the database.
pub fn run(way: &Way, instance: Instance) -> Result<(), Trouble> {
    let plan = Plan::make(&instance.data, instance.config)?;
    block_on(async {
        let db = open_db(&plan.config)?;
        let trouble = |e: hathor_db::Error| Trouble::new("migrations", e);
        match way {
            Way::Up => tell("applied", &db.migrate_up().await.map_err(trouble)?),
            Way::Down { count } => tell("taken back", &db.migrate_down(*count).await.map_err(trouble)?),
            Way::Status => {
                for status in db.migrate_status().await.map_err(trouble)? {
                    let at = status.applied_at.map_or_else(|| "not applied".to_owned(), |at| at.to_string());
                    let note = if status.known { "" } else { "  (unknown to this version)" };
                    say(format!("{:<24} {at}{note}", status.name));
                }
            }
        }
        Ok(())
    })
}

fn tell(what: &str, names: &[impl AsRef<str>]) {
    if names.is_empty() {
        say("nothing to do");
    }
    for name in names {
        say(format!("{what}: {}", name.as_ref()));
    }
}
