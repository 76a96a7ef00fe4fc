//! Who works where, and as what.

mod events;
mod invitation;
mod member;
mod recipients;
mod role;

pub use events::*;
pub use invitation::*;
pub use member::*;
pub use recipients::*;
pub use role::*;
pub use texts::*;

/// What the pages of this area say.
mod texts {
    mod above;
    mod bulk;
    mod invitations;
    mod invite;
    mod member;
    mod members;
    mod pending;
    mod role;
    mod roles;

    pub use above::*;
    pub use bulk::*;
    pub use invitations::*;
    pub use invite::*;
    pub use member::*;
    pub use members::*;
    pub use pending::*;
    pub use role::*;
    pub use roles::*;
}
