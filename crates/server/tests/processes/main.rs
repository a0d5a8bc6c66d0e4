//! Stories of real processes: the shipped binary, started, asked, killed and started again.

mod accidents;
mod command_line;
mod fleet;
mod house;
mod uploads;
