pub mod campaigns;
pub mod contacts;
