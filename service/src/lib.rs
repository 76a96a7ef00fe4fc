//! What the system does. A request becomes a [`Context`]; an operation asks it for an [`Access`],
//! runs a [`Change`] on that, which ends with the [`model::Event`] that says what it was. There is no other way to the
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

pub use audit::*;
pub use delivery::*;
pub use entity::sms_code::SmsPurpose;
pub use identity::*;
pub use kernel::{encryption, live, rate_limit};
pub use messaging::*;
pub use organisation::{account, billing, deletion, overview, ownership, policy};
pub use people::*;

pub(crate) use kernel::{
    by_day, cache, change, credentials, database, fair_queue, grants, joins, moment, page, rights, search, tenant,
    thread, throttle, time_zone,
};
pub(crate) use organisation::{contents, succession};

pub use delivery::{
    mail::{Letter, Mailer},
    sms::{HttpGateway, HttpGatewaySetting, HttpGatewaySettings, LocalSms, SmsGateway},
};
pub use kernel::{
    Access, Actor, Browser, Change, Clock, Context, Database, Error, Hint, Login, MasterKey, Message, Network, Request,
    Result, Secret, Service, Settings, Site, SystemClock,
};
pub(crate) use kernel::{Rollback, UserChange};
