//! Who can do what, by which way, and whether they do. All of it reads what checks read: it must say
//! what a check would.

mod holders;
mod keys;
mod person;
mod unused;

pub(crate) use holders::HolderTotals;
pub use holders::holders;
pub use keys::{get_key, key_holders, take_unused_of_key};
pub use person::{get, preview_role};
pub use unused::{idle, take_unused};
