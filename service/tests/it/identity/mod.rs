mod api_key;
mod closed_owner;
mod email_change;
mod second_factor;
mod session;
mod sign_in;
mod sign_up;
mod verified;
