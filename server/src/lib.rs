//! The HTTP edge, the workers, and the start of both. `main` only reads the command line.

pub mod assets;
pub mod config;
pub mod connections;
pub mod edge;
pub mod serve;
mod session_store;
mod workers;
