use crate::kernel::encryption::Encrypted;
use model::DataExportId;
use sea_orm::entity::prelude::*;

/// A piece of the file, as long as it waits to be fetched.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_export_part")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub export_id: DataExportId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub content: Encrypted,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
