//! The rows. Nothing outside this crate can name them.

#[macro_use]
mod table;
#[cfg(test)]
mod tests;

pub(crate) use table::{AccountEntity, Counted, Scope, Table, TenantEntity};

macro_rules! entities {
    ($($module:ident)+) => {
        $(pub(crate) mod $module;)+

        /// Every table, those whose rows name others' before those.
        pub(crate) const TABLES: &[Table] = &[$($module::TABLE),+];
    };
}

/// Keeps `name_fold` as the folded `name`, whenever a row is inserted or updated by its model.
macro_rules! folds_name {
    () => {
        #[async_trait::async_trait]
        impl ActiveModelBehavior for ActiveModel {
            async fn before_save<C: ConnectionTrait>(mut self, _: &C, _: bool) -> Result<Self, DbErr> {
                if let sea_orm::ActiveValue::Set(name) = &self.name {
                    self.name_fold = sea_orm::ActiveValue::Set(model::text::fold(name));
                }
                Ok(self)
            }
        }
    };
}
use folds_name;

// A purge deletes in this order: what names another row goes before it, or it would go with it uncounted; an account after
// all that lies in it; and the log last, since somebody may be refused until then, and that is in it.
entities! {
    membership invitation_secret invitation role contact_tag contact campaign api_key ownership_offer outbox sms_decision
    platform_event account_ancestor account access_entry organisation organisation_tombstone
    data_export data_export_part device email_change former_email passkey passkey_request phone recovery_code second_factor
    second_factor_offer session sms_code user_browser user installation password_reset sign_up throttle
}
