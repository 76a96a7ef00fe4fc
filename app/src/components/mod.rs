//! What pages are built of.

mod avatar;
mod confirm;
mod drawer;
mod fetched;
mod field;
mod filters;
mod form;
mod icon;
mod list;
mod notice;
mod number;
mod outbox_link;
mod permission_editor;
mod permission_tree;
mod select;
mod time;
mod toast;
mod typing;

pub use avatar::*;
pub use confirm::*;
pub use drawer::*;
pub use fetched::*;
pub use field::*;
pub use filters::*;
pub use form::*;
pub use icon::*;
pub use list::*;
pub use notice::*;
pub use number::*;
pub use outbox_link::*;
pub use permission_editor::*;
pub use permission_tree::*;
pub use select::*;
pub use time::*;
pub use toast::*;
pub use typing::*;
