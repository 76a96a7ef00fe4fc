//! What browser and server share: typed models and rules, without input or output.
//!
//! Start at [`Permission`] (the one place where permissions are declared), [`Role`] (what each role
//! holds), [`Event`] (everything that can happen) and [`Problem`] (everything that can be answered
//! instead of a result).

#[macro_use]
mod id;

mod audit;
mod components;
mod conflict;
mod console;
mod day;
mod delivery;
mod email;
mod field;
mod field_fault;
mod identity;
mod live;
mod locale;
mod messaging;
mod moment;
mod money;
mod name;
mod organisation;
mod page;
mod people;
mod permission;
mod permission_set;
mod phone;
mod problem;
mod resource;
mod search;
pub mod text;

pub use audit::*;
pub use components::*;
pub use conflict::*;
pub use console::*;
pub use day::*;
pub use delivery::*;
pub use email::*;
pub use field::*;
pub use field_fault::*;
pub use id::*;
pub use identity::*;
pub use live::*;
pub use locale::*;
pub use messaging::*;
pub use moment::*;
pub use money::*;
pub use name::*;
pub use organisation::*;
pub use page::*;
pub use people::*;
pub use permission::*;
pub use permission_set::*;
pub use phone::*;
pub use problem::*;
pub use resource::*;
pub use search::*;
