//! Where members are: the accounts that a list reaches, and the memberships above that reach here.

use super::{PAGE, Row, joined_columns, member};
use crate::{
    Access, Context, Result,
    entity::{account, account_ancestor as tree, membership},
    grant_paths::GrantPaths,
    joins,
    page::{self, Paging},
    tenant,
};
use model::{AccountChoice, AccountId, Cursor, MemberAbove, Page, Permission, Problem};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, Order, QueryFilter, QuerySelect, QueryTrait, Select,
};

/// An account with those below it. The two ends of the tree read fastest when they are named: their
/// members lie in an index as they are listed.
#[derive(Clone, Copy)]
pub(super) enum ListScope {
    Organisation,
    /// Nothing lies below it.
    Account(AccountId),
    Branch(AccountId),
}

impl ListScope {
    /// The actor's account, or one below it.
    pub async fn of(db: &impl ConnectionTrait, access: &Access, within: Option<AccountId>) -> Result<Self> {
        let id = within.unwrap_or(access.account());
        let row = access.in_subtree::<account::Entity>().filter(account::Column::Id.eq(id)).one(db).await?;
        if row.ok_or(Problem::NotFound)?.parent_id.is_none() {
            return Ok(Self::Organisation);
        }
        let below =
            access.in_organisation::<account::Entity>().filter(account::Column::ParentId.eq(id)).one(db).await?;
        Ok(if below.is_some() { Self::Branch(id) } else { Self::Account(id) })
    }

    pub fn members(self, access: &Access) -> Select<membership::Entity> {
        match self {
            Self::Organisation => access.in_organisation(),
            Self::Account(id) => access.in_organisation().filter(membership::Column::AccountId.eq(id)),
            Self::Branch(id) => access.in_subtree_of(id),
        }
    }
}

/// The accounts below this one: what a list of its members can be narrowed to.
pub async fn accounts(ctx: &Context, account: AccountId) -> Result<Vec<AccountChoice>> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let choices = crate::account::in_subtree(&access).await?;
    Ok(choices.iter().filter(|choice| choice.id != account).cloned().collect())
}

/// The memberships in accounts above, which reach here. Where each is from is told to those who may
/// see the members there.
pub async fn above(ctx: &Context, account: AccountId, cursor: Option<Cursor>) -> Result<Page<MemberAbove>> {
    let access = ctx.access(account, Permission::MemberRead).await?;
    let reads = access.expensive_reads().await?;
    let db = &*reads;
    let owner = tenant::owner(db, &access).await?;
    let ways = GrantPaths::read(db, &access, account, Vec::new()).await?;
    let select = reaching_down(&access).join(JoinType::InnerJoin, joins::member_to_user());
    let paging =
        Paging { at: membership::Column::CreatedAt, id: membership::Column::Id, order: Order::Asc, size: PAGE, cursor };
    let page = page::fetch(db, select, paging, joined_columns, |row: &Row| (row.created_at.0, row.id.0)).await?;
    let moments = ctx.moments();
    Ok(page.map(|row| {
        let from = ways.may_name(row.depth).then(|| row.account_name.clone());
        let found = member(row, owner, &moments);
        MemberAbove {
            id: found.id,
            name: found.name,
            role: found.role,
            role_name: found.role_name,
            from,
            suspended: found.suspended,
            joined: found.joined,
        }
    }))
}

/// The memberships of the accounts above this one.
pub(super) fn reaching_down(access: &Access) -> Select<membership::Entity> {
    let above = tree::Entity::find()
        .select_only()
        .column(tree::Column::AncestorId)
        .filter(tree::Column::OrganisationId.eq(access.organisation()))
        .filter(tree::Column::AccountId.eq(access.account()))
        .filter(tree::Column::AncestorId.ne(access.account()));
    access.in_organisation::<membership::Entity>().filter(membership::Column::AccountId.in_subquery(above.into_query()))
}
