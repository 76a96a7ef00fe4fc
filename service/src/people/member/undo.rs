//! Taking back what was just done, as the log has it.

use super::{
    Row, Rules,
    bulk::{self, PlanItem, PlannedAct},
    joined_columns,
};
use crate::{
    Access, Context, Result,
    entity::{account, membership, user},
    grants, joins,
    people::undo::latest_acts,
    tenant,
};
use model::{
    AccountId, Conflict, Event, Grant, Locale, MemberAct, MemberId, MembersChanged, MembershipSnapshot, PeopleEvent,
    PermissionSet, Problem, RequestId, Role, UserId,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use std::collections::{HashMap, HashSet};

/// Takes back what the actor did to members in `request`. Who was changed again since stays as they
/// are.
///
/// # Errors
/// [`Problem::Conflict`] when there is nothing to take back, or no longer.
pub async fn undo(ctx: &Context, account: AccountId, request: RequestId) -> Result<MembersChanged> {
    let access = ctx.member(account).await?;
    let done: Vec<_> = latest_acts(&access, request).await?.into_iter().filter_map(UndoableAct::of).collect();
    let permission = done.first().map(|done| done.act().permission());
    let permission = permission.ok_or(Problem::Conflict(Conflict::TooLateToUndo))?;
    ctx.access(account, permission)
        .await?
        .change(async |change| {
            let steps = plan(change.db(), change.access(), done).await?;
            bulk::execute(change, steps).await
        })
        .await
}

/// What somebody did to one member, as far as it can be undone.
struct UndoableAct {
    user: UserId,
    member: MemberId,
    what: What,
}

enum What {
    Suspended,
    Restored,
    Removed(MembershipSnapshot),
    Updated { before: Grant, after: Grant },
}

impl UndoableAct {
    /// `None` for what cannot be undone.
    fn of(event: Event) -> Option<Self> {
        let Event::People(event) = event else { return None };
        let (user, member, what) = match event {
            PeopleEvent::MemberSuspended { user, member } => (user, member, What::Suspended),
            PeopleEvent::MemberRestored { user, member } => (user, member, What::Restored),
            PeopleEvent::MemberRemoved { user, member, was } => (user, member, What::Removed(was)),
            PeopleEvent::MemberUpdated { user, member, before, after } => {
                (user, member, What::Updated { before, after })
            }
            PeopleEvent::MemberInvited { .. }
            | PeopleEvent::InvitationResent { .. }
            | PeopleEvent::InvitationLinkCopied { .. }
            | PeopleEvent::InvitationUpdated { .. }
            | PeopleEvent::InvitationRevoked { .. }
            | PeopleEvent::InvitationRestored { .. }
            | PeopleEvent::InvitationDeclined { .. }
            | PeopleEvent::InvitationAsked { .. }
            | PeopleEvent::InvitationAccepted { .. }
            | PeopleEvent::MemberReturned { .. }
            | PeopleEvent::MemberLeft { .. }
            | PeopleEvent::RoleCreated { .. }
            | PeopleEvent::RoleRenamed { .. }
            | PeopleEvent::RoleUpdated { .. }
            | PeopleEvent::RoleDeleted { .. }
            | PeopleEvent::MembersRead { .. }
            | PeopleEvent::InvitationsRead { .. } => return None,
        };
        Some(Self { user, member, what })
    }

    /// The act that undoes it.
    fn act(&self) -> MemberAct {
        match &self.what {
            What::Suspended => MemberAct::Restore,
            What::Restored => MemberAct::Suspend,
            What::Removed(_) => MemberAct::Remove,
            What::Updated { before, .. } => MemberAct::SetRole(before.role),
        }
    }

    /// The role with its permissions that undoing it gives somebody.
    fn restored_grant(&self) -> Option<&Grant> {
        match &self.what {
            What::Updated { before, .. } => Some(before),
            What::Removed(was) => Some(&was.grant),
            What::Suspended | What::Restored => None,
        }
    }
}

async fn plan(db: &impl ConnectionTrait, access: &Access, done: Vec<UndoableAct>) -> Result<Vec<PlanItem>> {
    let rules = Rules::read(db, access).await?;
    let mut now = members(db, access, done.iter().map(|done| done.member).collect()).await?;
    let is_gone = |done: &&UndoableAct| !now.contains_key(&done.member);
    let gone = RemovedMembers::read(db, access, done.iter().filter(is_gone).map(|done| done.user).collect()).await?;
    let restored = done.iter().filter_map(UndoableAct::restored_grant).map(|grant| grant.role);
    let grants = grants::resolve_all(db, access, restored).await?;
    let mut items = Vec::new();
    for done in done {
        let (user, member) = (done.user, done.member);
        let row = now.remove(&member);
        let name = match &row {
            Some(row) => format!("{} {}", row.first_name, row.last_name),
            None => gone.name(user, access.ctx().locale()),
        };
        let reach = row.as_ref().map(Row::reach).or_else(|| gone.reach(&done));
        let back = done.restored_grant().zip(reach).and_then(|(grant, reach)| current_grant(&grants, grant, reach));
        let act = within_rules(&rules, user, row.as_ref(), inverse(done, row.as_ref(), back));
        items.push(PlanItem { member, name, act });
    }
    Ok(items)
}

/// What the role of a grant holds now; `None` for a role that is gone.
fn current_grant(held: &HashMap<Role, Grant>, grant: &Grant, reach: PermissionSet) -> Option<Grant> {
    let now = match grant.role {
        Role::Named(_) => held.get(&grant.role)?.clone(),
        role => Grant::of(role, grant.permissions),
    };
    Some(now.within(reach))
}

async fn members(db: &impl ConnectionTrait, access: &Access, members: Vec<MemberId>) -> Result<HashMap<MemberId, Row>> {
    let select = access
        .in_subtree::<membership::Entity>()
        .join(JoinType::InnerJoin, joins::member_to_user())
        .filter(membership::Column::Id.is_in(members));
    let rows = joined_columns(select).into_model::<Row>().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What is known of those whose membership is gone.
struct RemovedMembers {
    names: HashMap<UserId, String>,
    /// With their depth.
    accounts: HashMap<AccountId, i16>,
    /// Where they are members still, or again.
    places: HashSet<(AccountId, UserId)>,
}

impl RemovedMembers {
    async fn read(db: &impl ConnectionTrait, access: &Access, users: Vec<UserId>) -> Result<Self> {
        let names: Vec<(UserId, String, String)> = user::Entity::find()
            .filter(user::Column::Id.is_in(users.iter().copied()))
            .select_only()
            .columns([user::Column::Id, user::Column::FirstName, user::Column::LastName])
            .into_tuple()
            .all(db)
            .await?;
        let accounts: Vec<(AccountId, i16)> = access
            .in_organisation::<account::Entity>()
            .select_only()
            .columns([account::Column::Id, account::Column::Depth])
            .into_tuple()
            .all(db)
            .await?;
        let places: Vec<(AccountId, UserId)> = access
            .in_organisation::<membership::Entity>()
            .filter(membership::Column::UserId.is_in(users))
            .select_only()
            .columns([membership::Column::AccountId, membership::Column::UserId])
            .into_tuple()
            .all(db)
            .await?;
        let names = names.into_iter().map(|(id, first, last)| (id, format!("{first} {last}")));
        Ok(Self {
            names: names.collect(),
            accounts: accounts.into_iter().collect(),
            places: places.into_iter().collect(),
        })
    }

    fn name(&self, user: UserId, locale: Locale) -> String {
        self.names.get(&user).cloned().unwrap_or_else(|| tenant::former_member(locale))
    }

    /// What can be held where somebody was removed from; `None` when they cannot come back there.
    fn reach(&self, done: &UndoableAct) -> Option<PermissionSet> {
        let What::Removed(was) = &done.what else { return None };
        let depth = *self.accounts.get(&was.account)?;
        let may_return = self.names.contains_key(&done.user) && !self.places.contains(&(was.account, done.user));
        may_return.then(|| PermissionSet::reach(depth == 0))
    }
}

/// What undoes it, if things still stand as it left them; `back` is what it gives somebody, as that is now.
fn inverse(done: UndoableAct, now: Option<&Row>, back: Option<Grant>) -> PlannedAct {
    let UndoableAct { user, member, what } = done;
    match (what, now, back) {
        (What::Suspended, Some(row), _) if row.suspended_at.is_some() => {
            PlannedAct::Do(PeopleEvent::MemberRestored { user, member })
        }
        (What::Restored, Some(row), _) if row.suspended_at.is_none() => {
            PlannedAct::Do(PeopleEvent::MemberSuspended { user, member })
        }
        (What::Updated { after, .. }, Some(row), Some(back)) if row.grant() == after => {
            PlannedAct::Do(PeopleEvent::MemberUpdated { user, member, before: after, after: back })
        }
        (What::Removed(was), None, Some(grant)) => {
            PlannedAct::Do(PeopleEvent::MemberReturned { user, member, place: MembershipSnapshot { grant, ..was } })
        }
        (What::Suspended | What::Restored | What::Updated { .. } | What::Removed(_), ..) => PlannedAct::Nothing,
    }
}

fn within_rules(rules: &Rules<'_>, user: UserId, now: Option<&Row>, act: PlannedAct) -> PlannedAct {
    let role = match (&act, now) {
        (PlannedAct::Do(PeopleEvent::MemberReturned { place, .. }), _) => place.grant.role,
        (_, Some(row)) => row.role,
        (_, None) => return act,
    };
    // What was held then may be held no longer.
    let ceiling = match &act {
        PlannedAct::Do(PeopleEvent::MemberUpdated { before, after, .. }) => {
            rules.may_change_permissions(before.permissions, after.permissions)
        }
        PlannedAct::Do(_) | PlannedAct::Nothing | PlannedAct::Refused(_) => Ok(()),
    };
    rules.may_manage(user, role).and(ceiling).map_or_else(PlannedAct::Refused, |()| act)
}
