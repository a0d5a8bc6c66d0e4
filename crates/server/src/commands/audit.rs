//! `hathor audit verify`.

use std::path::{Path, PathBuf};

use hathor_audit::SignedHead;
use hathor_identity::trail;

use super::{block_on, say};
use crate::{
    cli::Instance,
    house::{self, Plan, Trouble},
};

/// Walks the whole trail; what does not fit is the trouble.
pub fn verify(instance: Instance, heads: &[PathBuf], trust: &[String]) -> Result<(), Trouble> {
    let kept = read_heads(heads)?;
    let others = trust.iter().map(|key| public_key(key)).collect::<Result<Vec<_>, _>>()?;
    let plan = Plan::make(&instance.data, instance.config)?;
    block_on(async {
        let ctx = house::build(plan.config).await?;
        let outcome =
            trail::verify(&ctx, kept, &others).await.map_err(|e| Trouble::new("audit", format!("{e:?}")))?;
        let sound = outcome.map_err(|broken| Trouble::new("audit", broken))?;
        say(format!("{} rows, each in its place", sound.rows));
        say(format!("{} signed heads name the rows that are there", sound.heads));
        say(format!("signed with the key {}", hex::encode(sound.public_key)));
        Ok(())
    })
}

/// Lines of files; a line of the log counts if it is the JSON of a head.
fn read_heads(files: &[PathBuf]) -> Result<Vec<SignedHead>, Trouble> {
    let mut heads = Vec::new();
    for file in files {
        let name = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|e| Trouble::new(&name, e))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            heads.push(read_head(file, line)?);
        }
    }
    Ok(heads)
}

fn read_head(file: &Path, line: &str) -> Result<SignedHead, Trouble> {
    serde_json::from_str(line).map_err(|e| Trouble::new(&format!("{}: no signed head", file.display()), e))
}

fn public_key(text: &str) -> Result<[u8; 32], Trouble> {
    let bytes = hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Trouble::new("--trust", "a public key is 64 hex digits"))
}
