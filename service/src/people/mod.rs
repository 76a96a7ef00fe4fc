//! Who works where, and as what: members, roles, invitations.

pub(crate) mod grant_paths;
pub mod invitation;
pub mod member;
pub(crate) mod pending_invitations;
pub mod role;
mod undo;
