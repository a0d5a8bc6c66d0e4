//! `hathor openapi`.

use super::say;
use crate::{features, house::Trouble};

/// Prints the OpenAPI document.
pub fn run() -> Result<(), Trouble> {
    say(features::openapi().to_pretty_json().map_err(|e| Trouble::new("openapi", e))?);
    Ok(())
}
