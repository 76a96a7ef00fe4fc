use super::of_user;
use crate::{
    Context, Result, UserChange,
    encryption::EncryptedColumn,
    entity::{data_export as exports, data_export_part as parts},
};
use model::{Event, IdentityEvent, Problem};
use sea_orm::EntityTrait;

/// The reader's file, part by part.
pub struct DataExportDownload {
    ctx: Context,
    export: exports::Model,
    /// Parts that were read.
    read: i32,
}

/// Begins to download the reader's file, and logs it.
///
/// # Errors
/// [`Problem::NotFound`] without one, before it is ready and after it has expired.
pub async fn download(ctx: &Context) -> Result<DataExportDownload> {
    let user = ctx.user()?;
    let export = of_user(ctx.readers(), user, ctx.now()).await?;
    let export = export.filter(|export| export.finished_at.is_some()).ok_or(Problem::NotFound)?;
    UserChange::log(ctx, user, Event::Identity(IdentityEvent::DataExportDownloaded)).await?;
    Ok(DataExportDownload { ctx: ctx.clone(), export, read: 0 })
}

impl DataExportDownload {
    /// The next part of its text; `None` at the end.
    ///
    /// # Errors
    /// [`Problem::NotFound`] when it was replaced or expires meanwhile, or its person is gone.
    pub async fn next(&mut self) -> Result<Option<String>> {
        if self.read == self.export.parts {
            return Ok(None);
        }
        let part = parts::Entity::find_by_id((self.export.id, self.read)).one(self.ctx.readers()).await?;
        let content = part.ok_or(Problem::NotFound)?.content;
        self.read += 1;
        let column = EncryptedColumn::DataExportPartContent;
        self.ctx.service().decrypt(column, self.export.user_id, &content).map(Some)
    }
}
