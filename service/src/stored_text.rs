//! Brings text that was stored before it had one form into that form, at start and once: names in NFC with what
//! they are searched and sorted by beside them, e-mail addresses as [`model::canonical_email`] has them.

use crate::{
    Database, Result,
    database::Transaction,
    entity::{account, api_key, campaign, invitation, organisation, role, user},
};
use model::{canonical_email, text};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel,
    ModelTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Rows of one transaction.
const BATCH: u64 = 1_000;

/// Does all of it; where nothing is left, it costs one look at each table. Several servers of one database may run
/// it at once. What cannot be brought into one form, because somebody else has that by now, stays as it is, with a
/// warning.
pub async fn normalise(database: &Database) -> Result<()> {
    named::<account::Entity>(database, account::Column::Id, account::Column::NameFold, |row| account::ActiveModel {
        name: Set(stored(&row.name)),
        ..row.into_active_model()
    })
    .await?;
    named::<api_key::Entity>(database, api_key::Column::Id, api_key::Column::NameFold, |row| api_key::ActiveModel {
        name: Set(stored(&row.name)),
        ..row.into_active_model()
    })
    .await?;
    named::<campaign::Entity>(database, campaign::Column::Id, campaign::Column::NameFold, |row| {
        campaign::ActiveModel { name: Set(stored(&row.name)), ..row.into_active_model() }
    })
    .await?;
    named::<organisation::Entity>(database, organisation::Column::Id, organisation::Column::NameFold, |row| {
        organisation::ActiveModel { name: Set(stored(&row.name)), ..row.into_active_model() }
    })
    .await?;
    named::<user::Entity>(database, user::Column::Id, user::Column::NameFold, |row| user::ActiveModel {
        first_name: Set(stored(&row.first_name)),
        last_name: Set(stored(&row.last_name)),
        ..row.into_active_model()
    })
    .await?;
    roles(database).await?;
    logins(database).await?;
    invitations(database).await
}

fn stored(name: &str) -> String {
    text::nfc(name).into_owned()
}

/// A transaction that no other server runs at the same time.
async fn begin(database: &Database) -> Result<Transaction> {
    let transaction = database.begin().await?;
    transaction.hold_text("stored_text").await?;
    Ok(transaction)
}

/// Writes the names of a table again, which makes `before_save` fold them.
async fn named<E>(
    database: &Database,
    id: E::Column,
    name_fold: E::Column,
    renamed: impl Fn(E::Model) -> E::ActiveModel,
) -> Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
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
            renamed(row).update(&*transaction).await?;
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
        let mut changed = row.into_active_model();
        if same.one(&*transaction).await?.is_some() {
            tracing::warn!(role.id = %id, organisation.id = %organisation, "two roles have the same name but for case");
            changed.name_fold = Set(format!("{fold} {id}"));
        } else {
            changed.name_fold = Set(fold);
        }
        changed.update(&*transaction).await?;
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
        let mut row = row.into_active_model();
        row.email = Set(email);
        row.update(&*transaction).await?;
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
