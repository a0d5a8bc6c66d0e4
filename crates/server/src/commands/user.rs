//! `hathor user add|passwd|role`.

use std::io::{self, BufRead, IsTerminal};

use hathor_core::Secret;
use hathor_identity::accounts::{self, NewAccount};
use hathor_kit::Ctx;

use super::{block_on, say};
use crate::{
    cli::{Instance, UserCommand},
    house::{self, Plan, Trouble},
};

/// Looks after an account. On SQLite the server must not be running: it holds the folder.
pub fn run(what: UserCommand, instance: Instance) -> Result<(), Trouble> {
    let plan = Plan::make(&instance.data, instance.config)?;
    block_on(async { act(&house::build(plan.config).await?, what).await })
}

async fn act(ctx: &Ctx, what: UserCommand) -> Result<(), Trouble> {
    let trouble = |e: hathor_kit::Error| Trouble(vec![e.to_string()]);
    match what {
        UserCommand::Add { username, email, role } => {
            let account = NewAccount {
                username: username.clone(),
                email,
                password: read_password()?,
                display_name: None,
                role,
            };
            accounts::create(ctx, &account).await.map_err(trouble)?;
            say(format!("{username} may sign in now"));
        }
        UserCommand::Passwd { username } => {
            accounts::set_password(ctx, &username, &read_password()?).await.map_err(trouble)?;
            say(format!("{username} has a new password and is signed out everywhere"));
        }
        UserCommand::Role { username, role } => {
            accounts::set_role(ctx, &username, role).await.map_err(trouble)?;
            say(format!("{username} is {role} now"));
        }
    }
    Ok(())
}

fn read_password() -> Result<Secret, Trouble> {
    if io::stdin().is_terminal() {
        say("password (shown as you type):");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|e| Trouble::new("password", e))?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}
