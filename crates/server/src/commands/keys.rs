//! `hathor keys rotate|forget`.

use std::path::Path;

use hathor_audit::{Audit, Entry, Subject, action};
use hathor_core::{Clock, Secret};
use hathor_db::Db;
use hathor_kit::{
    Config,
    config::{AUTH, MEDIA, draw_secret, replace_secret},
    ctx::Keys,
    keys::forget_data_key,
};
use serde_json::json;

use super::{block_on, say};
use crate::{
    cli::Instance,
    house::{self, Plan, Trouble, open_db},
};

/// Draws new secrets. Those in the data folder are replaced; for those that are set elsewhere it says what to set.
pub fn rotate(instance: Instance) -> Result<(), Trouble> {
    let set = house::read(&instance.data, instance.config.clone())?;
    let plan = Plan::make(&instance.data, instance.config)?;
    let files: Vec<&str> = [(AUTH, &set.auth.secret), (MEDIA, &set.media.secret)]
        .into_iter()
        .filter_map(|(name, secret)| secret.is_none().then_some(name))
        .collect();
    if !files.is_empty() {
        block_on(replace(&plan, &files))?;
    }
    for name in [AUTH, MEDIA].into_iter().filter(|name| !files.contains(name)) {
        say(what_to_set(name));
    }
    Ok(())
}

/// The database learns the new secret before the file does: whatever is cut off, one of the two opens what is sealed.
async fn replace(plan: &Plan, names: &[&str]) -> Result<(), Trouble> {
    let drawn: Vec<(&str, Secret)> = names.iter().map(|name| (*name, draw_secret())).collect();
    let mut config = plan.config.clone();
    if let Some((_, new)) = drawn.iter().find(|(name, _)| *name == AUTH) {
        config.auth.previous_secret = config.auth.secret.replace(new.clone());
    }
    let db = open_migrated(&config).await?;
    open_keys(&config, &db).await?;
    for (name, new) in &drawn {
        replace_secret(&plan.data, name, new).map_err(|e| Trouble::new(&place_of(&plan.data, name), e))?;
        say(format!("{name}: a new secret lies in {}", place_of(&plan.data, name)));
    }
    note(
        &config,
        &db,
        Entry::unknown(action::KEYS_ROTATED, Subject::instance()).with(json!({ "secrets": names })),
    )
    .await?;
    say(
        "start the server again; what was signed before stays good until it expires, or until the next rotation",
    );
    Ok(())
}

fn place_of(data: &Path, name: &str) -> String {
    data.join("secrets").join(name).display().to_string()
}

/// Secrets in the environment or in a file of the operator's are the operator's to change.
fn what_to_set(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    format!(
        "{name}.secret is set in your configuration, so change it there:\n  \
         1. HATHOR_{upper}__PREVIOUS_SECRET = the value that {name}.secret has now\n  \
         2. HATHOR_{upper}__SECRET = {}\n  \
         3. restart every process\n  \
         Where several processes run, first set HATHOR_{upper}__PREVIOUS_SECRET to the new value everywhere and restart,\n  \
         then do the above. After {} take HATHOR_{upper}__PREVIOUS_SECRET away.",
        draw_secret().reveal(),
        if name == AUTH { "30 days" } else { "10 minutes" },
    )
}

/// Gives up what was sealed under a secret that is lost.
pub fn forget(instance: Instance, yes: bool) -> Result<(), Trouble> {
    let plan = Plan::make(&instance.data, instance.config)?;
    if !yes {
        return Err(Trouble::new(
            "keys forget",
            "second factors, details of the audit trail and letters on their way will be lost for good; add --yes if that is right",
        ));
    }
    block_on(async {
        let db = open_migrated(&plan.config).await?;
        let trouble = |e: hathor_db::Error| Trouble::new("database", e);
        db.write(async |tx| {
            hathor_audit::forget_all(tx).await?;
            forget_data_key(tx).await
        })
        .await
        .map_err(trouble)?;
        note(&plan.config, &db, Entry::unknown(action::KEYS_FORGOTTEN, Subject::instance())).await?;
        say("what was sealed is given up; people with second factors need an administrator to sign in");
        Ok(())
    })
}

async fn open_migrated(config: &Config) -> Result<Db, Trouble> {
    let db = open_db(config)?;
    db.migrate_up().await.map_err(|e| Trouble::new("migrations", e))?;
    Ok(db)
}

async fn open_keys(config: &Config, db: &Db) -> Result<Keys, Trouble> {
    Keys::open(config, db, Clock::System.now()).await.map_err(|e| Trouble(vec![e.to_string()]))
}

async fn note(config: &Config, db: &Db, entry: Entry) -> Result<(), Trouble> {
    let audit = Audit::new(&open_keys(config, db).await?.data);
    let written = db.write(async |tx| audit.record(tx, Clock::System.now(), entry.clone()).await).await;
    written.map_err(|e| Trouble::new("audit", e))
}
