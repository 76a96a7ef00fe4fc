use model::{InvitationId, UserId};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation_secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub secret_hash: String,
    pub invitation_id: InvitationId,
    /// Who was given it instead of a letter: it shows nobody's address, and opens only what they sent themselves.
    pub copied_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Cascade);
