//! Stories of the queue, told on both engines.

mod failure;
mod queue;
mod schedule;
mod world;
