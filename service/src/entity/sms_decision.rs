use super::sms_code::SmsPurpose;
use model::{OrganisationId, SmsDecisionId, Timestamp};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sms_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SmsDecisionId,
    pub organisation_id: Option<OrganisationId>,
    pub purpose: SmsPurpose,
    /// By [`crate::encryption`], under a key: the number itself is not stored.
    pub number_hash: String,
    /// The number without its last four digits.
    pub prefix: String,
    pub dialling_code: i32,
    /// An IPv4 /24 or an IPv6 /48.
    pub network: String,
    /// How much of the number was new then.
    pub novelty: i16,
    /// The rule by which it was refused, or would have been.
    pub refused_by: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// When its code was entered.
    pub entered_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Organisation);
