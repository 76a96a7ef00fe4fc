//! What the permissions protect.

mod campaign;
mod contact;
mod contact_act;
mod events;
mod segment;

pub use campaign::*;
pub use contact::*;
pub use contact_act::*;
pub use events::*;
pub use segment::*;
pub use texts::*;

/// What the pages of this area say.
mod texts {
    mod campaigns;
    mod contacts;

    pub use campaigns::*;
    pub use contacts::*;
}
