//! Invitations as those who are invited see them: by the link of the letter, and all that wait for them.

mod link;
mod own;

pub use link::InvitationPage;
pub use own::{INVITATIONS, OwnInvitations};
