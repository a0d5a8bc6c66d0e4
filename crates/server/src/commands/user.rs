//! `hathor user add|passwd|role|ban|unban`.

use std::io::{self, BufRead, IsTerminal};

use hathor_audit::Origin;
use hathor_core::Secret;
use hathor_identity::{
    accounts::{self, NewAccount},
    admin::{self, Change},
};
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
        UserCommand::Ban { username, reason } => {
            let change = Change { banned: Some(true), ban_reason: reason, ..Change::default() };
            change_account(ctx, &username, &change).await?;
            say(format!("{username} is banned and signed out everywhere"));
        }
        UserCommand::Unban { username } => {
            let change = Change { banned: Some(false), ..Change::default() };
            change_account(ctx, &username, &change).await?;
            say(format!("{username} may sign in again"));
        }
    }
    Ok(())
}

async fn change_account(ctx: &Ctx, login: &str, change: &Change) -> Result<(), Trouble> {
    let unknown = || Trouble::new(login, "no account has this username or address");
    let account = accounts::find(ctx, login).await.map_err(trouble)?.ok_or_else(unknown)?;
    admin::change(ctx, None, account.id, change, &Origin::default()).await.map(drop).map_err(trouble)
}

/// What is wrong with what was asked is said in a sentence; fields and mistakes of ours say themselves.
fn trouble(error: hathor_kit::Error) -> Trouble {
    if !error.fields.is_empty() || error.code.status() >= 500 {
        return Trouble(vec![error.to_string()]);
    }
    let title = error.code.title();
    Trouble(vec![error.detail.unwrap_or_else(|| title.to_owned())])
}

fn read_password() -> Result<Secret, Trouble> {
    if io::stdin().is_terminal() {
        say("password (shown as you type):");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|e| Trouble::new("password", e))?;
    Ok(Secret::new(line.trim_end_matches(['\r', '\n'])))
}
