//! Taking back what was just done, as the log has it.

use super::{
    Row, Rules, joined_columns,
    many::{self, Deed, Step},
    to_user,
};
use crate::{
    Access, Context, Result, access_entry as log,
    entity::{access_entry, account, membership, user},
};
use model::{AccountId, Event, MemberAct, MemberId, MembersChanged, Problem, RequestId, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// The ten seconds that a page offers it for, and time for the way here.
const WINDOW: Duration = Duration::from_secs(15);

/// Takes back what the actor did to members in `request`. Who was changed again since stays as they
/// are.
///
/// # Errors
/// [`Problem::Conflict`] when there is nothing to take back, or no longer.
pub async fn undo(ctx: &Context, account: AccountId, request: RequestId) -> Result<MembersChanged> {
    let access = ctx.member(account).await?;
    let done = done(&access, request).await?;
    let permission = done.first().and_then(act).map(MemberAct::permission);
    let permission = permission.ok_or_else(|| Problem::Conflict("It is too late to undo this.".to_owned()))?;
    let change = ctx.access(account, permission).await?.change().await?;
    let steps = plan(change.db(), change.access(), done).await?;
    many::carry_out(change, steps).await
}

/// What the actor did to members in a request a moment ago.
async fn done(access: &Access, request: RequestId) -> Result<Vec<Event>> {
    let ctx = access.ctx();
    let rows: Vec<String> = access
        .here_and_below::<access_entry::Entity>()
        .filter(access_entry::Column::CreatedAt.gt(ctx.now() - WINDOW))
        .filter(access_entry::Column::RequestId.eq(request))
        .filter(access_entry::Column::UserId.eq(ctx.person()?))
        .order_by_asc(access_entry::Column::Id)
        .select_only()
        .column(access_entry::Column::Event)
        .into_tuple()
        .all(access.readers())
        .await?;
    let events = rows.iter().map(|text| log::event(text)).collect::<Result<Vec<Event>>>()?;
    Ok(events.into_iter().filter(|event| act(event).is_some()).collect())
}

/// The act that undoes an event; `None` for what cannot be undone.
fn act(event: &Event) -> Option<MemberAct> {
    match event {
        Event::MemberSuspended { .. } => Some(MemberAct::Restore),
        Event::MemberRestored { .. } => Some(MemberAct::Suspend),
        Event::MemberRemoved { .. } => Some(MemberAct::Remove),
        Event::MemberUpdated { before, .. } => Some(MemberAct::SetRole(before.role)),
        _ => None,
    }
}

async fn plan(db: &impl ConnectionTrait, access: &Access, done: Vec<Event>) -> Result<Vec<Step>> {
    let rules = Rules::read(db, access).await?;
    let mut now = members(db, access, done.iter().filter_map(Event::member).collect()).await?;
    let is_gone = |event: &&Event| event.member().is_some_and(|member| !now.contains_key(&member));
    let gone = Gone::read(db, access, done.iter().filter(is_gone).filter_map(Event::user).collect()).await?;
    let mut steps = Vec::new();
    for event in done {
        let (Some(user), Some(member)) = (event.user(), event.member()) else { continue };
        let row = now.remove(&member);
        let name = match &row {
            Some(row) => format!("{} {}", row.first_name, row.last_name),
            None => gone.name(user),
        };
        let may_return = row.is_none() && gone.may_return(&event, user);
        let deed = inverse(event, row.as_ref(), may_return);
        let deed = guarded(&rules, user, row.as_ref(), deed);
        steps.push(Step { member, name, deed });
    }
    Ok(steps)
}

async fn members(db: &impl ConnectionTrait, access: &Access, members: Vec<MemberId>) -> Result<HashMap<MemberId, Row>> {
    let select = access
        .here_and_below::<membership::Entity>()
        .join(JoinType::InnerJoin, to_user())
        .filter(membership::Column::Id.is_in(members));
    let rows = joined_columns(select).into_model::<Row>().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What is known of those whose membership is gone.
struct Gone {
    names: HashMap<UserId, String>,
    accounts: HashSet<AccountId>,
    /// Where they are members still, or again.
    places: HashSet<(AccountId, UserId)>,
}

impl Gone {
    async fn read(db: &impl ConnectionTrait, access: &Access, users: Vec<UserId>) -> Result<Self> {
        let names: Vec<(UserId, String, String)> = user::Entity::find()
            .filter(user::Column::Id.is_in(users.iter().copied()))
            .select_only()
            .columns([user::Column::Id, user::Column::FirstName, user::Column::LastName])
            .into_tuple()
            .all(db)
            .await?;
        let accounts: Vec<AccountId> =
            access.all::<account::Entity>().select_only().column(account::Column::Id).into_tuple().all(db).await?;
        let places: Vec<(AccountId, UserId)> = access
            .all::<membership::Entity>()
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

    fn name(&self, user: UserId) -> String {
        self.names.get(&user).cloned().unwrap_or_else(|| "Somebody who left".to_owned())
    }

    /// Whether somebody who was removed can come back to where they were.
    fn may_return(&self, event: &Event, user: UserId) -> bool {
        let Event::MemberRemoved { was, .. } = event else { return false };
        self.accounts.contains(&was.account)
            && self.names.contains_key(&user)
            && !self.places.contains(&(was.account, user))
    }
}

/// What takes an event back, if things still stand as it left them.
fn inverse(event: Event, now: Option<&Row>, may_return: bool) -> Deed {
    match (event, now) {
        (Event::MemberSuspended { user, member }, Some(row)) if row.suspended_at.is_some() => {
            Deed::Do(Event::MemberRestored { user, member })
        }
        (Event::MemberRestored { user, member }, Some(row)) if row.suspended_at.is_none() => {
            Deed::Do(Event::MemberSuspended { user, member })
        }
        (Event::MemberUpdated { user, member, before, after }, Some(row)) if row.grant() == after => {
            Deed::Do(Event::MemberUpdated { user, member, before: after, after: before })
        }
        (Event::MemberRemoved { user, member, was }, None) if may_return => {
            Deed::Do(Event::MemberReturned { user, member, place: was })
        }
        _ => Deed::Nothing,
    }
}

fn guarded(rules: &Rules<'_>, user: UserId, now: Option<&Row>, deed: Deed) -> Deed {
    let role = match (&deed, now) {
        (Deed::Do(Event::MemberReturned { place, .. }), _) => place.grant.role,
        (_, Some(row)) => row.role,
        (_, None) => return deed,
    };
    // What was held then may be held no longer.
    let ceiling = match &deed {
        Deed::Do(Event::MemberUpdated { before, after, .. }) => rules.change(before.permissions, after.permissions),
        _ => Ok(()),
    };
    rules.touch(user, role).and(ceiling).map_or_else(Deed::Refused, |()| deed)
}
