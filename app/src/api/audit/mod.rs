mod access_log;
mod explorer;

pub use access_log::*;
pub use explorer::*;
