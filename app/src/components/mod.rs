//! What pages are built of.

mod avatar;
mod confirm;
mod drawer;
mod fetched;
mod field;
mod form;
mod icon;
mod list;
mod notice;
mod permission_tree;
mod time;
mod toast;

pub use avatar::*;
pub use confirm::*;
pub use drawer::*;
pub use fetched::*;
pub use field::*;
pub use form::*;
pub use icon::*;
pub use list::*;
pub use notice::*;
pub use permission_tree::*;
pub use time::*;
pub use toast::*;
