//! The rows. Nothing outside this crate can name them.

macro_rules! entities {
    ($($module:ident)+) => { $(pub(crate) mod $module;)+ };
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

entities! {
    access_entry account account_ancestor api_key campaign contact contact_tag device email_change installation invitation
    invitation_secret membership organisation organisation_tombstone outbox ownership_offer recovery_code role second_factor
    second_factor_offer session sign_up throttle user
}
