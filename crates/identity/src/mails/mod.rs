//! The letters of identity: templates beside this file, each as text and as HTML.
//!
//! A letter goes to an address that nobody has proved to be theirs. So it holds nothing that a stranger can word
//! freely: the username, of few characters, but no display name.

#[cfg(test)]
mod tests;

use hathor_kit::{Error, Result};
use minijinja::{Environment, UndefinedBehavior, context};

/// What a letter says; who gets it is the sender's to add.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) subject: &'static str,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// Greets somebody who has just signed up; `home` is where the instance is found.
pub(crate) fn welcome(username: &str, home: &str) -> Result<Letter> {
    let values = context! { username, home };
    Ok(Letter {
        subject: "Welcome to Hathor",
        text: fill("welcome.txt", include_str!("welcome.txt"), &values)?,
        html: fill("welcome.html", include_str!("welcome.html"), &values)?,
    })
}

/// In a template named `.html` every value is escaped. One that nobody gives is a mistake of ours.
fn fill(name: &str, template: &str, values: &minijinja::Value) -> Result<String> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let filled = templates.render_named_str(name, template, values).map_err(Error::internal)?;
    // the engine drops the last line's end
    Ok(filled + "\n")
}
