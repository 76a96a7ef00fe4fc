//! Contacts from before there was a text to search. There may be millions, so they are brought into the form of new
//! ones beside the running server.

use super::matching::{self, is_unindexed};
use crate::{
    Context, Result,
    database::Transaction,
    entity::{contact, contact_tag},
};
use model::{ContactId, canonical_email, text::nfc};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

/// Rows of one transaction: others write in between.
const CHUNK: u64 = 500;

/// Brings a few of them into the one form of names, e-mail addresses and tags, and makes them searchable by it; `false`
/// when all are. Until then they are searched by their fields.
pub async fn index_some(ctx: &Context) -> Result<bool> {
    let transaction = ctx.service().database.begin().await?;
    let rows = contact::Entity::find().filter(is_unindexed()).limit(CHUNK).all(&*transaction).await?;
    let more = !rows.is_empty();
    normalise_tags(&transaction, rows.iter().map(|row| row.id).collect()).await?;
    for row in rows {
        let (name, email) = (nfc(&row.name).into_owned(), canonical_email(&row.email));
        let text = matching::text(row.account_id, &name, &email, &row.mobile);
        // Whoever has changed it since has written it too, or it comes once more.
        contact::Entity::update_many()
            .col_expr(contact::Column::SearchText, Expr::value(text))
            .col_expr(contact::Column::Name, Expr::value(name))
            .col_expr(contact::Column::Email, Expr::value(email))
            .filter(contact::Column::Id.eq(row.id))
            .filter(contact::Column::Name.eq(row.name))
            .filter(contact::Column::Email.eq(row.email))
            .filter(contact::Column::Mobile.eq(row.mobile))
            .filter(is_unindexed())
            .exec(&*transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(more)
}

async fn normalise_tags(transaction: &Transaction, contacts: Vec<ContactId>) -> Result<()> {
    let of_these = contact_tag::Column::ContactId.is_in(contacts);
    for row in contact_tag::Entity::find().filter(of_these).all(&**transaction).await? {
        let tag = model::tag(&row.tag);
        if tag == row.tag {
            continue;
        }
        let removed = contact_tag::Entity::delete_many()
            .filter(contact_tag::Column::ContactId.eq(row.contact_id))
            .filter(contact_tag::Column::Tag.eq(row.tag))
            .exec(&**transaction)
            .await?;
        // Somebody took it away meanwhile.
        if removed.rows_affected == 0 {
            continue;
        }
        let row = contact_tag::ActiveModel {
            organisation_id: Set(row.organisation_id),
            account_id: Set(row.account_id),
            contact_id: Set(row.contact_id),
            tag: Set(tag),
        };
        // The contact may have it in both spellings.
        let key = [contact_tag::Column::ContactId, contact_tag::Column::Tag];
        contact_tag::Entity::insert(row)
            .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
            .exec_without_returning(&**transaction)
            .await?;
    }
    Ok(())
}
