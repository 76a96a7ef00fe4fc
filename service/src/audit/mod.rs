//! Who did what, and who could: the data access log and the access explorer.

pub mod access_counts;
pub mod access_log;
pub mod download;
pub mod explorer;
