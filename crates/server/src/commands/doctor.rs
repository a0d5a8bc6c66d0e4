//! `hathor doctor`: looks at everything a start would need, and says what to do where something is wrong.

use hathor_core::Secret;
use hathor_kit::config;
use sha2::{Digest, Sha256};

use super::{block_on, say};
use crate::{
    cli::Instance,
    house::{self, Plan, Trouble},
};

/// Examines; the exit code tells whether all is well.
pub fn run(instance: &Instance) -> Result<(), Trouble> {
    let plan = Plan::make(&instance.data, instance.config.clone())?;
    say(format!("data folder       {}", plan.data.display()));
    say(format!("configuration     sound, mode {}", plan.config.mode));
    for (name, secret) in
        [("auth.secret", &plan.config.auth.secret), ("media.secret", &plan.config.media.secret)]
    {
        say(format!("{name:<17} {}", fingerprint(secret.as_ref())));
    }
    let problems = block_on(async { Ok(examine(&plan.config).await) })?;
    if problems.is_empty() { Ok(()) } else { Err(Trouble(problems)) }
}

async fn examine(config: &config::Config) -> Vec<String> {
    let mut problems = Vec::new();
    let mut note = |what: &str, outcome: Result<String, Trouble>| match outcome {
        Ok(well) => say(format!("{what:<17} {well}")),
        Err(Trouble(lines)) => problems.extend(lines),
    };
    note("tools", tools());
    note("cage", cage(config).await);
    match house::build(config.clone()).await {
        Err(trouble) => note("house", Err(trouble)),
        Ok(ctx) => {
            note(
                "database",
                ctx.db.health().await.map(|()| "answers".to_owned()).map_err(|e| Trouble::new("database", e)),
            );
            note(
                "blobs",
                ctx.blobs
                    .health()
                    .await
                    .map(|()| "can be written".to_owned())
                    .map_err(|e| Trouble::new("blobs", e)),
            );
            note(
                "bus",
                ctx.bus.health().await.map(|()| "answers".to_owned()).map_err(|e| Trouble::new("bus", e)),
            );
        }
    }
    problems
}

async fn cage(config: &config::Config) -> Result<String, Trouble> {
    let cage = house::find_cage(config).await?;
    house::try_ffmpeg(&cage).await?;
    Ok(format!("{} holds", cage.kind()))
}

fn tools() -> Result<String, Trouble> {
    let missing: Vec<String> = ["ffmpeg", "ffprobe"]
        .into_iter()
        .filter(|tool| !std::path::Path::new("/usr/bin").join(tool).exists())
        .map(|tool| format!("{tool} is not in /usr/bin: apt-get install ffmpeg"))
        .collect();
    if missing.is_empty() { Ok("ffmpeg and ffprobe are there".to_owned()) } else { Err(Trouble(missing)) }
}

/// Tells two secrets apart without telling either.
fn fingerprint(secret: Option<&Secret>) -> String {
    secret.map_or_else(
        || "not set".to_owned(),
        |secret| {
            let hash = Sha256::digest(secret.reveal().as_bytes());
            format!("fingerprint {}", hex::encode(&hash[..4]))
        },
    )
}
