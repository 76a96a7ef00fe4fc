//! The HTTP edge, the workers, and the start of both. `main` only reads the command line.

pub mod assets;
pub mod config;
pub mod connections;
pub mod edge;
mod secret_file;
pub mod serve;
mod session_store;
pub mod sms_guard;
mod transports;
mod workers;
mod write_timeout;
