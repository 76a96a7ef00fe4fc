use model::{DataExportId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

/// The file with all that there is about somebody. One at a time.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_export")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataExportId,
    pub user_id: UserId,
    /// What is written next, by the name it has in the file.
    pub section: String,
    /// The last row of the section that is written, by its key.
    pub last_key: Option<String>,
    /// How many there are already.
    pub parts: i32,
    pub rows_done: i64,
    /// As they were counted at the beginning.
    pub rows_total: i64,
    pub created_at: Timestamp,
    /// When to go on; turns go round all files.
    pub due_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

table!(Global);
