//! Invitations: e-mail × account × role, pending until accepted, revoked or expired. Those that were
//! sent to one person at one time share a letter, and its link answers them together.

mod accounts;
mod answer;
mod authority;
mod change;
mod invite;
mod letter;
mod open;
mod own;
mod undo;

use crate::pending_invitations::{self, OpenInvitations};
pub use accounts::accounts;
pub use answer::{Acceptance, accept};
pub use change::{copy_link, resend, revoke, set_role};
pub use invite::invite;
pub use open::{ask, open};
pub use own::{accept_own, ask_own, decline_own, list_own};
pub use undo::undo_revoke;

pub(crate) use letter::{letter, letter_of_request, note_undeliverable};

use crate::{
    Access, Change, Context, Message, Result,
    entity::{account, invitation, organisation as organisations, outbox, role as roles, user},
    grants,
    moment::Moments,
    page::{self, Paging},
    search, tenant,
};
use model::{
    AccountId, ApiKeyId, Event, Grant, Invitation, InvitationFilter, InvitationId, LetterState, Locale, Page,
    PeopleEvent, Permission, PermissionSet, Role, RoleName, Timestamp, UserId,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationDef, Select,
};
use std::collections::{HashMap, HashSet};

/// Rows of a page.
const PAGE: u64 = 50;

/// What a role would hold in an account; `own` are the toggles of a custom one.
async fn granted(change: &Change, account: AccountId, role: Role, own: PermissionSet) -> Result<Grant> {
    let (db, access) = (change.db(), change.access());
    let reach = PermissionSet::reach(tenant::root(db, access).await? == account);
    Ok(grants::resolve(db, access.organisation(), role, own).await?.within(reach))
}

/// An invitation with the names of what it is about.
#[derive(Clone, FromQueryResult)]
struct Row {
    id: InvitationId,
    email: String,
    role: Role,
    permissions: PermissionSet,
    account_id: AccountId,
    invited_by: Option<UserId>,
    api_key_id: Option<ApiKeyId>,
    named: Option<String>,
    account_name: String,
    organisation_name: String,
    inviter_first: Option<String>,
    inviter_last: Option<String>,
    created_at: Timestamp,
    sent_at: Timestamp,
    expires_at: Timestamp,
    undeliverable_at: Option<Timestamp>,
    sent_with: Option<InvitationId>,
}

impl Row {
    fn role_name(&self) -> RoleName {
        RoleName::of(self.role, self.named.clone())
    }

    fn inviter(&self, locale: Locale) -> String {
        match (&self.inviter_first, &self.inviter_last) {
            (Some(first), Some(last)) => format!("{first} {last}"),
            _ => tenant::former_member(locale),
        }
    }
}

/// Those of organisations that are being deleted lead nowhere.
fn with_names(select: Select<invitation::Entity>) -> Select<invitation::Entity> {
    let to_account: RelationDef = invitation::Entity::belongs_to(account::Entity)
        .from(invitation::Column::AccountId)
        .to(account::Column::Id)
        .into();
    let to_organisation: RelationDef = invitation::Entity::belongs_to(organisations::Entity)
        .from(invitation::Column::OrganisationId)
        .to(organisations::Column::Id)
        .into();
    let to_inviter: RelationDef =
        invitation::Entity::belongs_to(user::Entity).from(invitation::Column::InvitedBy).to(user::Column::Id).into();
    select
        .join(JoinType::InnerJoin, to_account)
        .join(JoinType::InnerJoin, to_organisation)
        .filter(organisations::Column::DeletedAt.is_null())
        .join(JoinType::LeftJoin, grants::of_invitation())
        .join(JoinType::LeftJoin, to_inviter)
        .column_as(roles::Column::Name, "named")
        .column_as(account::Column::Name, "account_name")
        .column_as(organisations::Column::Name, "organisation_name")
        .column_as(user::Column::FirstName, "inviter_first")
        .column_as(user::Column::LastName, "inviter_last")
}

/// The invitations that wait for an answer, the newest first.
///
/// # Errors
/// [`model::Problem::Malformed`] for a search that is too long.
pub async fn list(ctx: &Context, account: AccountId, filter: InvitationFilter) -> Result<Page<Invitation>> {
    let InvitationFilter { search, sender, key, cursor } = filter;
    search::validate(&search)?;
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let is_narrow = !search.trim().is_empty() || sender.is_some() || key.is_some();
    let mut select = pending_invitations::pending(&access);
    if !search.trim().is_empty() {
        select = select.filter(search::folded_mention([invitation::Column::Email.into_expr()], &search));
    }
    if let Some(sender) = sender {
        select = select.filter(invitation::Column::InvitedBy.eq(sender));
    }
    if let Some(key) = key {
        select = select.filter(invitation::Column::ApiKeyId.eq(key));
    }
    let (at, id) = (invitation::Column::CreatedAt, invitation::Column::Id);
    let paging = Paging { at, id, order: Order::Desc, size: PAGE, cursor };
    let key = |row: &Row| (row.created_at.0, row.id.0);
    let reads = access.list_reads(is_narrow).await?;
    let page = page::fetch(&*reads, select, paging, with_names, key).await?;
    let void = void_among(&*reads, &access, &page.rows).await?;
    let letters = letters_of(&*reads, &access, &page.rows).await?;
    drop(reads);
    access.log_read_by_key(Event::People(PeopleEvent::InvitationsRead { records: page.rows.len() as u64 })).await?;
    let moments = ctx.moments();
    let shown = |row: Row| Invitation {
        letter: letters.get(&message_of(&row)).map(|letter| letter_state(letter, &moments)),
        role_name: row.role_name(),
        invited_by: row.inviter(ctx.locale()),
        invited_by_id: row.invited_by,
        id: row.id,
        email: row.email,
        role: row.role,
        permissions: row.permissions,
        account: row.account_id,
        account_name: row.account_name,
        sent: moments.of(row.sent_at),
        expires: moments.of(row.expires_at),
        undeliverable: row.undeliverable_at.is_some(),
        void: void.contains(&row.id),
    };
    Ok(page.map(shown))
}

/// What the outbox calls the letter of an invitation.
fn message_of(row: &Row) -> String {
    letter_key(row.sent_with.unwrap_or(row.id))
}

fn letter_key(first: InvitationId) -> String {
    serde_json::to_string(&Message::Invitation(first)).unwrap_or_default()
}

/// The last letters of these invitations by their message, as far as the outbox still has them.
async fn letters_of(
    db: &impl ConnectionTrait,
    access: &Access,
    rows: &[Row],
) -> Result<HashMap<String, outbox::Model>> {
    let letters = access
        .in_organisation::<outbox::Entity>()
        .filter(outbox::Column::Message.is_in(rows.iter().map(message_of)))
        .order_by_asc(outbox::Column::CreatedAt)
        .order_by_asc(outbox::Column::Id);
    Ok(letters.all(db).await?.into_iter().map(|letter| (letter.message.clone(), letter)).collect())
}

fn letter_state(letter: &outbox::Model, moments: &Moments) -> LetterState {
    match (letter.delivered_at, letter.failed_at) {
        (Some(at), _) => LetterState::Sent(moments.of(at)),
        (None, Some(_)) => LetterState::Failed,
        (None, None) => LetterState::Waiting,
    }
}

/// Those whose link no longer works, in a few statements, however many there are.
async fn void_among(db: &impl ConnectionTrait, access: &Access, rows: &[Row]) -> Result<HashSet<InvitationId>> {
    let ids = invitation::Column::Id.is_in(rows.iter().map(|row| row.id));
    let shown = access.in_organisation::<invitation::Entity>().filter(ids);
    let open = OpenInvitations::of(db, access, shown).await?;
    let is_void =
        |row: &&Row| !open.can_be_accepted(&row.email, (row.invited_by, row.api_key_id, row.account_id, row.role));
    Ok(rows.iter().filter(is_void).map(|row| row.id).collect())
}

async fn inviter(db: &impl ConnectionTrait, user: Option<UserId>, locale: Locale) -> Result<String> {
    match user {
        Some(user) => tenant::name_of(db, user, locale).await,
        None => Ok(tenant::former_member(locale)),
    }
}

/// The invitation whose letter carries this one too.
fn first_of(row: &invitation::Model) -> InvitationId {
    row.sent_with.unwrap_or(row.id)
}

/// All that share a letter.
fn sharing(first: InvitationId) -> Select<invitation::Entity> {
    invitation::Entity::find().filter(shares(first))
}

fn shares(first: InvitationId) -> Condition {
    Condition::any().add(invitation::Column::Id.eq(first)).add(invitation::Column::SentWith.eq(first))
}
