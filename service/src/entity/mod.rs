//! The rows. Nothing outside this crate can name them.

macro_rules! entities {
    ($($module:ident)+) => { $(pub(crate) mod $module;)+ };
}

entities! {
    access_entry account account_ancestor api_key campaign contact contact_tag email_change invitation
    invitation_secret membership organisation organisation_tombstone outbox ownership_offer recovery_code role second_factor
    second_factor_offer session sign_up throttle user
}
