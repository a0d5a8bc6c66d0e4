//! Stories of real processes: the shipped binary, started, asked, killed and started again.

mod accidents;
mod command_line;
mod database_gone;
mod demo;
mod disk_full;
mod fleet;
mod house;
mod kills;
mod syncs;
mod uploads;
