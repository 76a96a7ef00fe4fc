use model::{UserId, Timestamp};
use model::text::fold;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    pub email: String,
    /// Since when it is known to be theirs. Set in `email_claim.rs` alone.
    pub email_verified_at: Option<Timestamp>,
    pub first_name: String,
    pub last_name: String,
    /// Both names as they are searched for and sorted by; follows them by itself.
    pub name_fold: String,
    pub password_hash: String,
    pub created_at: Timestamp,
    /// Moves on when what the user signs in with changes; sessions of an older one have ended.
    pub credentials_version: i64,
    /// When a page was last used by them, to some minutes.
    pub last_seen_at: Option<Timestamp>,
    /// The code of ISO 3166-1.
    pub country: Option<String>,
    /// The IANA name of the zone that they read dates in; their browser's, where there is none.
    pub time_zone: Option<String>,
}

#[async_trait::async_trait]
impl ActiveModelBehavior for ActiveModel {
    async fn before_save<C: ConnectionTrait>(mut self, _: &C, _: bool) -> Result<Self, DbErr> {
        let names = (self.first_name.try_as_ref(), self.last_name.try_as_ref());
        if let (Some(first), Some(last)) = names
            && (self.first_name.is_set() || self.last_name.is_set())
        {
            self.name_fold = Set(fold(&format!("{first} {last}")));
        }
        Ok(self)
    }
}

table!(Global);
