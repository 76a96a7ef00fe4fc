pub mod audit;
pub mod delivery;
mod home;
pub mod identity;
mod link;
pub mod messaging;
mod not_found;
pub mod organisation;
mod own_page;
pub mod people;

pub use home::Home;
pub use link::{failed_link, letter_sent, page_of_link};
pub use not_found::NotFound;
pub use own_page::{OwnSection, own_page};
