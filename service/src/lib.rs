//! What the system does. A request becomes a [`Context`]; an operation asks it for an [`Access`],
//! opens a [`Change`] on that, and commits it with a [`model::Event`]. There is no other way to the
//! rows: entities are private to this crate.

mod access;
pub mod access_entry;
pub mod account;
pub mod api_key;
pub mod billing;
pub mod campaign;
mod change;
mod clock;
pub mod contact;
mod context;
mod database;
pub mod deletion;
pub mod demo;
pub mod email;
mod entity;
mod error;
pub mod explorer;
pub mod invitation;
mod known;
pub mod live;
mod mail;
pub mod member;
mod moment;
pub mod organisation;
pub mod outbox;
pub mod overview;
pub mod ownership;
mod page;
mod password;
pub mod policy;
mod rights;
pub mod role;
mod search;
pub mod second_factor;
mod secret;
mod service;
pub mod session;
mod throttle;
pub mod user;
mod versions;

pub use access::Access;
pub use change::Change;
pub(crate) use change::OwnChange;
pub use clock::{Clock, SystemClock};
pub use context::{Actor, Context, Request};
pub use database::Database;
pub use error::{Error, Result};
pub use live::Hint;
pub use mail::{Letter, Mailer};
pub use outbox::Message;
pub use secret::Secret;
pub use service::{Service, Settings};
