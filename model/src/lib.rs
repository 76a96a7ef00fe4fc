//! What browser and server share: typed models and rules, without input or output.
//!
//! Start at [`Permission`] (the one place where permissions are declared), [`Role`] (what each role
//! holds), [`Event`] (everything that can happen) and [`Problem`] (everything that can be answered
//! instead of a result).

mod access_entry;
mod account;
mod address;
mod api_key;
mod billing;
mod campaign;
mod contact;
mod country;
mod deletion;
mod email_change;
mod event;
mod explorer;
mod field;
mod id;
mod invitation;
mod live;
mod member;
mod member_act;
mod moment;
mod name;
mod named_role;
mod organisation;
mod overview;
mod ownership;
mod page;
mod password;
mod permission;
mod permission_set;
mod policy;
mod problem;
mod role;
mod search;
mod second_factor;
mod segment;
mod user;
mod vat;

pub use access_entry::*;
pub use account::*;
pub use address::*;
pub use api_key::*;
pub use billing::*;
pub use campaign::*;
pub use contact::*;
pub use country::*;
pub use deletion::*;
pub use email_change::*;
pub use event::*;
pub use explorer::*;
pub use field::*;
pub use id::*;
pub use invitation::*;
pub use live::*;
pub use member::*;
pub use member_act::*;
pub use moment::*;
pub use name::*;
pub use named_role::*;
pub use organisation::*;
pub use overview::*;
pub use ownership::*;
pub use page::*;
pub use password::*;
pub use permission::*;
pub use permission_set::*;
pub use policy::*;
pub use problem::*;
pub use role::*;
pub use search::*;
pub use second_factor::*;
pub use segment::*;
pub use user::*;
