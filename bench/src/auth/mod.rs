//! Signing in, which costs what argon2 costs, and being signed in, which should cost next to nothing.

mod login;
mod patience;
mod request;

use crate::api::Side;
use crate::{Failure, Options};

pub use login::alone;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// Sign-ins, and what they do to everybody else.
    Login,
    /// The same request with and without a token.
    Request,
}

impl Question {
    pub const ALL: &[Self] = &[Self::Login, Self::Request];
}

/// Answers each question; true when all answers are good enough.
pub fn measure(
    options: &Options,
    questions: &[Question],
    sides: &[Side; 3],
    scratch: &std::path::Path,
) -> Result<bool, Failure> {
    let [lite, _, theirs] = sides;
    let mut good = true;
    for question in questions {
        good &= match question {
            Question::Login => {
                login::run(options, [lite, theirs], scratch)? & patience::run(options, lite, scratch)?
            }
            Question::Request => request::run(options, lite, scratch)?,
        };
    }
    Ok(good)
}
