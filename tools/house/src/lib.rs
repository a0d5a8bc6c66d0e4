//! The rules of the house, as tests: a rule that nobody checks is only a wish.
//!
//! There is nothing to call here. `tests/house` reads the workspace as it is tracked by git and
//! fails with the file and line of each breach.
