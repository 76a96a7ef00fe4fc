pub mod access_log;
pub mod contacts;
mod home;
mod invitation;
pub mod members;
mod not_found;
pub mod organisation;
pub mod overview;
mod plain;
mod sign_in;
mod sign_up;

pub use home::Home;
pub use invitation::InvitationPage;
pub use not_found::NotFound;
pub use plain::{Plain, Stopped, Welcome};
pub use sign_in::SignInPage;
pub use sign_up::SignUpPage;
