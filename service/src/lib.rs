//! What the system does. A request becomes a [`Context`]; an operation asks it for an [`Access`],
//! opens a [`Change`] on that, and commits it with a [`model::Event`]. There is no other way to the
//! rows: entities are private to this crate.
//!
//! The kernel is what every area stands on, and names none of them; each area holds its resources, one module each.

mod audit;
mod delivery;
pub mod demo;
mod entity;
mod identity;
mod kernel;
mod messaging;
pub mod organisation;
mod people;
mod start;
pub mod stored_text;
pub mod sweep;

pub use audit::{access_log, explorer};
pub use delivery::outbox;
pub use identity::{api_key, device, email_change, second_factor, session, sign_up, user};
pub use kernel::{encryption, live, rate_limit};
pub use messaging::{campaign, contact};
pub use organisation::{account, billing, deletion, overview, ownership, policy};
pub use people::{invitation, member, role};

pub(crate) use identity::{email_claim, password, password_attempt, password_queue, sign_in_limit, verified_email};
pub(crate) use kernel::{
    cache, change, credentials, database, fair_queue, grants, joins, moment, page, rights, search, tenant, throttle,
};
pub(crate) use organisation::succession;
pub(crate) use people::{grant_paths, pending_invitations};

pub use delivery::mail::{Letter, Mailer};
pub(crate) use kernel::UserChange;
pub use kernel::{
    Access, Actor, Browser, Change, Clock, Context, Database, Error, Hint, Login, MasterKey, Message, Network, Request,
    Result, Secret, Service, Settings, Site, SystemClock,
};
