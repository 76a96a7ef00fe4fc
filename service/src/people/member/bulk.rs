//! The same act on many members: one durable change, with an entry in the log for each.

use super::{Row, Rules, joined_columns, list_scope::ListScope, matching, require_filter, with_users};
use crate::{
    Access, Change, Context, Result, Rollback,
    change::BATCH,
    entity::membership,
    grants, joins,
    pending_invitations::{self, Loss},
    search,
};
use model::{
    AccountId, ActOutcome, AuditEvent, Conflict, Event, Grant, MemberAct, MemberId, MemberLine, MemberSelection,
    MembersChanged, MembershipSnapshot, PeopleEvent, PermissionSet, Problem, Refusal, Role, UserId, limit,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use std::collections::BTreeMap;

/// What an act would do to the selected members.
///
/// # Errors
/// [`Problem::Conflict`] for more than [`limit::SELECTED`] members; [`Problem::Malformed`] for the role
/// of the owner, and for a search that is too long; [`Problem::NotFound`] for a named role that is none
/// here; [`Problem::Refused`] for a filter that is not for the actor to ask.
pub async fn preview_many(
    ctx: &Context,
    account: AccountId,
    selection: MemberSelection,
    act: MemberAct,
) -> Result<MembersChanged> {
    let access = selecting(ctx, account, &selection, act).await?;
    let items = plan(&*access.expensive_reads().await?, &access, selection, act).await?;
    let invitations = pending_invitations::preview_ended(&access, &expected_loss(&items)).await?;
    Ok(MembersChanged { invitations, ..preview_of(&items) })
}

/// Does it to every selected member that it may be done to, and says for each what became of it.
///
/// # Errors
/// As [`preview_many`].
pub async fn change_many(
    ctx: &Context,
    account: AccountId,
    selection: MemberSelection,
    act: MemberAct,
) -> Result<MembersChanged> {
    selecting(ctx, account, &selection, act)
        .await?
        .change(async |change| {
            let items = plan(change.db(), change.access(), selection, act).await?;
            execute(change, items).await
        })
        .await
}

/// The actor's access to do this to those whom the selection means.
async fn selecting(ctx: &Context, account: AccountId, selection: &MemberSelection, act: MemberAct) -> Result<Access> {
    let access = ctx.access(account, act.permission()).await?;
    if let MemberSelection::Matching(filter) = selection {
        require_filter(&access, filter).await?;
    }
    Ok(access)
}

/// What is done to one member, said as what the log will say.
pub(super) struct PlanItem {
    pub member: MemberId,
    pub name: String,
    pub act: PlannedAct,
}

pub(super) enum PlannedAct {
    Do(PeopleEvent),
    Nothing,
    Refused(Refusal),
}

impl PlannedAct {
    pub fn refusal(self) -> Result<(), Refusal> {
        if let Self::Refused(refusal) = self { Err(refusal) } else { Ok(()) }
    }
}

async fn plan(
    db: &impl ConnectionTrait,
    access: &Access,
    selection: MemberSelection,
    act: MemberAct,
) -> Result<Vec<PlanItem>> {
    let rules = Rules::read(db, access).await?;
    let to = match act {
        MemberAct::SetRole(Role::Owner) => return Err(Problem::Malformed.into()),
        MemberAct::SetRole(role) => Some(grants::resolve(db, access.organisation(), role, PermissionSet::EMPTY).await?),
        MemberAct::Suspend | MemberAct::Restore | MemberAct::Remove => None,
    };
    let item = |row: Row| {
        // A role of their own begins with what they have.
        let own = (act == MemberAct::SetRole(Role::Custom)).then(|| Grant::of(Role::Custom, row.grant().permissions));
        PlanItem {
            member: row.id,
            name: format!("{} {}", row.first_name, row.last_name),
            act: planned_act(&rules, act, own.as_ref().or(to.as_ref()), row),
        }
    };
    Ok(selected(db, access, selection, rules.owner).await?.into_iter().map(item).collect())
}

async fn selected(
    db: &impl ConnectionTrait,
    access: &Access,
    selection: MemberSelection,
    owner: UserId,
) -> Result<Vec<Row>> {
    let too_many = || Problem::Conflict(Conflict::TooManySelected { limit: limit::SELECTED });
    let select = match selection {
        MemberSelection::Members(members) if members.len() > limit::SELECTED => return Err(too_many().into()),
        MemberSelection::Members(members) => access
            .in_subtree::<membership::Entity>()
            .join(JoinType::InnerJoin, joins::member_to_user())
            .filter(membership::Column::Id.is_in(members)),
        MemberSelection::Matching(filter) => {
            search::validate(&filter.search)?;
            let extent = ListScope::of(db, access, filter.within).await?;
            with_users(matching(extent.members(access), &filter, owner), &filter)
        }
    };
    let select = select.order_by_asc(membership::Column::CreatedAt).order_by_asc(membership::Column::Id);
    let rows = joined_columns(select).limit(limit::SELECTED as u64 + 1).into_model::<Row>().all(db).await?;
    if rows.len() > limit::SELECTED { Err(too_many().into()) } else { Ok(rows) }
}

pub(super) fn planned_act(rules: &Rules<'_>, act: MemberAct, to: Option<&Grant>, row: Row) -> PlannedAct {
    if let Err(refusal) = rules.may_manage(row.user_id, row.role) {
        return PlannedAct::Refused(refusal);
    }
    let (user, member, before) = (row.user_id, row.id, row.grant());
    match (act, to, row.suspended_at) {
        (MemberAct::Suspend, _, None) => PlannedAct::Do(PeopleEvent::MemberSuspended { user, member }),
        (MemberAct::Restore, _, Some(_)) => PlannedAct::Do(PeopleEvent::MemberRestored { user, member }),
        (MemberAct::Remove, _, suspended_at) => {
            let was =
                MembershipSnapshot { account: row.account_id, grant: before, suspended_at, joined_at: row.created_at };
            PlannedAct::Do(PeopleEvent::MemberRemoved { user, member, was })
        }
        (MemberAct::SetRole(_), Some(to), _) if to.role != before.role => {
            let after = to.clone().within(row.reach());
            match rules.may_change_permissions(before.permissions, after.permissions) {
                Ok(()) => PlannedAct::Do(PeopleEvent::MemberUpdated { user, member, before, after }),
                Err(refusal) => PlannedAct::Refused(refusal),
            }
        }
        (MemberAct::Suspend | MemberAct::Restore | MemberAct::SetRole(_), ..) => PlannedAct::Nothing,
    }
}

/// What those hold afterwards who lose something.
fn expected_loss(items: &[PlanItem]) -> Loss {
    let held = |item: &PlanItem| match &item.act {
        PlannedAct::Do(
            PeopleEvent::MemberSuspended { user, member } | PeopleEvent::MemberRemoved { user, member, .. },
        ) => Some((*member, (*user, PermissionSet::EMPTY))),
        PlannedAct::Do(PeopleEvent::MemberUpdated { user, member, after, .. }) => {
            Some((*member, (*user, after.permissions)))
        }
        PlannedAct::Do(_) | PlannedAct::Nothing | PlannedAct::Refused(_) => None,
    };
    Loss::Members(items.iter().filter_map(held).collect())
}

fn preview_of(items: &[PlanItem]) -> MembersChanged {
    let mut changed = MembersChanged::default();
    for item in items {
        let (outcome, count) = match &item.act {
            PlannedAct::Do(_) => (ActOutcome::Changed, &mut changed.changed),
            PlannedAct::Nothing => (ActOutcome::Unchanged, &mut changed.unchanged),
            PlannedAct::Refused(refusal) => (ActOutcome::Refused(*refusal), &mut changed.refused),
        };
        *count += 1;
        let (mut gained, mut lost) = (0, 0);
        if let PlannedAct::Do(PeopleEvent::MemberUpdated { before, after, .. }) = &item.act {
            gained = after.permissions.without(before.permissions).len() as u64;
            lost = before.permissions.without(after.permissions).len() as u64;
            changed.role_name = Some(after.role_name.clone());
        }
        changed.lines.push(MemberLine { member: item.member, name: item.name.clone(), outcome, gained, lost });
    }
    changed
}

/// Does what was planned; gives what became of each, and the events.
pub(super) async fn execute(change: &Change, items: Vec<PlanItem>) -> Result<(MembersChanged, Vec<Event>), Rollback> {
    let invitations = pending_invitations::count_ended(change.db(), change.access(), &expected_loss(&items)).await?;
    let mut answer = MembersChanged { invitations, ..preview_of(&items) };
    answer.undo = (answer.changed > 0).then(|| change.access().ctx().request().id);
    let event = |item: PlanItem| match item.act {
        PlannedAct::Do(event) => Some(Event::People(event)),
        PlannedAct::Nothing => None,
        PlannedAct::Refused(why) => Some(Event::Audit(AuditEvent::Refused { why })),
    };
    let events: Vec<Event> = items.into_iter().filter_map(event).collect();
    write(change, &events).await?;
    Ok((answer, events))
}

/// Writes what the events say, with one statement for each batch of those that are alike.
async fn write(change: &Change, events: &[Event]) -> Result<()> {
    let (mut suspended, mut restored, mut removed, mut returned) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut given: BTreeMap<&Grant, Vec<MemberId>> = BTreeMap::new();
    for event in events {
        let Event::People(event) = event else { continue };
        match event {
            PeopleEvent::MemberSuspended { member, .. } => suspended.push(*member),
            PeopleEvent::MemberRestored { member, .. } => restored.push(*member),
            PeopleEvent::MemberRemoved { member, .. } => removed.push(*member),
            PeopleEvent::MemberReturned { user, member, place } => returned.push((*user, *member, place)),
            PeopleEvent::MemberUpdated { member, after, .. } => given.entry(after).or_default().push(*member),
            PeopleEvent::MemberInvited { .. }
            | PeopleEvent::InvitationResent { .. }
            | PeopleEvent::InvitationLinkCopied { .. }
            | PeopleEvent::InvitationUpdated { .. }
            | PeopleEvent::InvitationRevoked { .. }
            | PeopleEvent::InvitationRestored { .. }
            | PeopleEvent::InvitationDeclined { .. }
            | PeopleEvent::InvitationAsked { .. }
            | PeopleEvent::InvitationAccepted { .. }
            | PeopleEvent::MemberLeft { .. }
            | PeopleEvent::RoleCreated { .. }
            | PeopleEvent::RoleRenamed { .. }
            | PeopleEvent::RoleUpdated { .. }
            | PeopleEvent::RoleDeleted { .. }
            | PeopleEvent::MembersRead { .. }
            | PeopleEvent::InvitationsRead { .. } => {}
        }
    }
    let now = change.access().ctx().now();
    for (members, at) in [(suspended, Some(now)), (restored, None)] {
        update(change, members, [(membership::Column::SuspendedAt, Expr::value(at))]).await?;
    }
    for (grant, members) in given {
        give(change, grant, members).await?;
    }
    for batch in removed.chunks(BATCH) {
        let those = membership::Column::Id.is_in(batch.iter().copied());
        membership::Entity::delete_many().filter(those).exec(change.db()).await?;
    }
    reinsert(change, returned).await
}

/// Gives members a role, and the toggles of one of their own.
pub(super) async fn give(change: &Change, grant: &Grant, members: Vec<MemberId>) -> Result<()> {
    let own = own_toggles(grant);
    let columns =
        [(membership::Column::Role, Expr::value(grant.role)), (membership::Column::Permissions, Expr::value(own))];
    update(change, members, columns).await
}

fn own_toggles(grant: &Grant) -> PermissionSet {
    if grant.role == Role::Custom { grant.permissions } else { PermissionSet::EMPTY }
}

async fn update<const N: usize>(
    change: &Change,
    members: Vec<MemberId>,
    columns: [(membership::Column, Expr); N],
) -> Result<()> {
    for batch in members.chunks(BATCH) {
        let all = membership::Entity::update_many().filter(membership::Column::Id.is_in(batch.iter().copied()));
        let all = columns.iter().fold(all, |all, (column, value)| all.col_expr(*column, value.clone()));
        all.exec(change.db()).await?;
    }
    Ok(())
}

async fn reinsert(change: &Change, members: Vec<(UserId, MemberId, &MembershipSnapshot)>) -> Result<()> {
    let organisation = change.access().organisation();
    let row = |(user, member, place): &(UserId, MemberId, &MembershipSnapshot)| membership::ActiveModel {
        id: Set(*member),
        organisation_id: Set(organisation),
        account_id: Set(place.account),
        user_id: Set(*user),
        role: Set(place.grant.role),
        permissions: Set(own_toggles(&place.grant)),
        suspended_at: Set(place.suspended_at),
        created_at: Set(place.joined_at),
    };
    for batch in members.chunks(BATCH) {
        membership::Entity::insert_many(batch.iter().map(row)).exec_without_returning(change.db()).await?;
    }
    Ok(())
}
