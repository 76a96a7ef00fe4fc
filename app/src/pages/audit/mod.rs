pub mod access_log;
pub mod explorer;
