pub mod api_keys;
pub mod email_change;
pub mod second_factor;
pub mod sign_in;
pub mod sign_up;
