//! Brings text that was stored before it had one form into that form, at start and once: names in NFC with what
//! they are searched and sorted by beside them, e-mail addresses as [`model::canonical_email`] has them. Contacts and
//! their tags may be too many to wait for: [`crate::contact::index_some`] does the same for them.

use crate::{
    Database, Result,
    database::Transaction,
    entity::{account, api_key, campaign, invitation, organisation, role, user},
};
use model::{canonical_email, text};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, DbErr, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, ValueType},
};

/// Rows of one transaction.
const BATCH: u64 = 1_000;

/// Does all of it; where nothing is left, it costs one look at each table. Several servers of one database may run
/// it at once. What cannot be brought into one form, because somebody else has that by now, stays as it is, with a
/// warning.
pub async fn normalise(database: &Database) -> Result<()> {
    named::<account::Entity>(database, account::Column::Id, account::Column::NameFold, &[account::Column::Name])
        .await?;
    named::<api_key::Entity>(database, api_key::Column::Id, api_key::Column::NameFold, &[api_key::Column::Name])
        .await?;
    campaign_tags(database).await?;
    named::<campaign::Entity>(database, campaign::Column::Id, campaign::Column::NameFold, &[campaign::Column::Name])
        .await?;
    let name = [organisation::Column::Name];
    named::<organisation::Entity>(database, organisation::Column::Id, organisation::Column::NameFold, &name).await?;
    let names = [user::Column::FirstName, user::Column::LastName];
    named::<user::Entity>(database, user::Column::Id, user::Column::NameFold, &names).await?;
    roles(database).await?;
    logins(database).await?;
    invitations(database).await
}

/// A transaction that no other server runs at the same time.
async fn begin(database: &Database) -> Result<Transaction> {
    let transaction = database.begin().await?;
    transaction.lock_text("stored_text").await?;
    Ok(transaction)
}

/// Writes the names of a table in their one form, and what they are searched and sorted by: the fold of all `names`
/// of a row, as its model makes it. A row that was renamed since it was read, by a server of the former version in a
/// rolling restart, keeps its new name.
async fn named<E>(database: &Database, id: E::Column, name_fold: E::Column, names: &[E::Column]) -> Result<()>
where
    E: EntityTrait,
    E::Model: Sync,
{
    let mut last = None;
    loop {
        let transaction = begin(database).await?;
        let mut select = E::find().filter(name_fold.eq("")).order_by_asc(id).limit(BATCH);
        if let Some(last) = last.take() {
            select = select.filter(id.gt::<sea_orm::Value>(last));
        }
        let rows = select.all(&*transaction).await?;
        last = rows.last().map(|row| row.get(id));
        for row in rows {
            let mut update = E::update_many().filter(id.eq(row.get(id)));
            let mut folded = Vec::new();
            for column in names {
                let read = row.get(*column);
                let name =
                    <String as ValueType>::try_from(read.clone()).map_err(|error| DbErr::Type(error.to_string()))?;
                let name = text::nfc(&name).into_owned();
                update = update.filter(column.eq(read)).col_expr(*column, Expr::value(name.as_str()));
                folded.push(name);
            }
            update.col_expr(name_fold, Expr::value(text::fold(&folded.join(" ")))).exec(&*transaction).await?;
        }
        transaction.commit().await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Tags that campaigns go to, as those of contacts are stored. Before the names, since only an unwritten fold shows that
/// a campaign is from before.
async fn campaign_tags(database: &Database) -> Result<()> {
    let mut last = None;
    loop {
        let transaction = begin(database).await?;
        let mut select = campaign::Entity::find()
            .filter(campaign::Column::NameFold.eq(""))
            .order_by_asc(campaign::Column::Id)
            .limit(BATCH);
        if let Some(last) = last.take() {
            select = select.filter(campaign::Column::Id.gt(last));
        }
        let rows = select.all(&*transaction).await?;
        last = rows.last().map(|row| row.id);
        for row in rows {
            let tag = model::tag(&row.tag);
            if tag != row.tag {
                campaign::Entity::update_many()
                    .col_expr(campaign::Column::Tag, Expr::value(tag))
                    .filter(campaign::Column::Id.eq(row.id))
                    .filter(campaign::Column::Tag.eq(row.tag))
                    .exec(&*transaction)
                    .await?;
            }
        }
        transaction.commit().await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Roles, of which an organisation has one of each name.
async fn roles(database: &Database) -> Result<()> {
    let transaction = begin(database).await?;
    let rows = role::Entity::find().filter(role::Column::NameFold.eq("")).order_by_asc(role::Column::CreatedAt);
    for row in rows.all(&*transaction).await? {
        let (id, organisation, fold) = (row.id, row.organisation_id, text::fold(&row.name));
        let same = role::Entity::find()
            .filter(role::Column::OrganisationId.eq(organisation))
            .filter(role::Column::NameFold.eq(fold.as_str()));
        let fold = if same.one(&*transaction).await?.is_some() {
            tracing::warn!(role.id = %id, organisation.id = %organisation, "two roles have the same name but for case");
            format!("{fold} {id}")
        } else {
            fold
        };
        role::Entity::update_many()
            .col_expr(role::Column::NameFold, Expr::value(fold))
            .filter(role::Column::Id.eq(id))
            .filter(role::Column::Name.eq(row.name))
            .exec(&*transaction)
            .await?;
    }
    transaction.commit().await
}

/// Addresses that may have another form than their own: those with a domain in Punycode, or beyond ASCII.
fn may_differ(email: impl ColumnTrait) -> Condition {
    let text = || email.into_expr();
    let bytes = Expr::expr(Func::cust("OCTET_LENGTH").arg(text()));
    Condition::any().add(email.contains("xn--")).add(Expr::expr(Func::char_length(text())).ne(bytes))
}

async fn logins(database: &Database) -> Result<()> {
    let transaction = begin(database).await?;
    for row in user::Entity::find().filter(may_differ(user::Column::Email)).all(&*transaction).await? {
        let email = canonical_email(&row.email);
        if email == row.email {
            continue;
        }
        if user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(&*transaction).await?.is_some() {
            tracing::warn!(user.id = %row.id, "two people have one e-mail address in two spellings");
            continue;
        }
        user::Entity::update_many()
            .col_expr(user::Column::Email, Expr::value(email))
            .filter(user::Column::Id.eq(row.id))
            .filter(user::Column::Email.eq(row.email))
            .exec(&*transaction)
            .await?;
    }
    transaction.commit().await
}

async fn invitations(database: &Database) -> Result<()> {
    let transaction = begin(database).await?;
    let waiting = invitation::Entity::find()
        .filter(invitation::Column::AcceptedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .filter(may_differ(invitation::Column::Email));
    for row in waiting.all(&*transaction).await? {
        let email = canonical_email(&row.email);
        if email != row.email {
            let mut row = row.into_active_model();
            row.email = Set(email);
            row.update(&*transaction).await?;
        }
    }
    transaction.commit().await
}
