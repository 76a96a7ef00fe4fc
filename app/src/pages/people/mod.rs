pub mod invitations;
pub mod members;
pub mod roles;
