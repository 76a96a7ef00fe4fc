use crate::{
    entity,
    kernel::{
        Access, Context, Error, Hint, Result, credentials,
        database::{Lane, Transaction},
        outbox::{self, Message},
        repetition, rights,
    },
};
use model::{
    AccessEntryId, AccountId, AuditEvent, Conflict, Event, FieldErrors, OrganisationId, Permission, PermissionSet,
    Problem, Refusal, RightsAffected, Topic, UserId,
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, DbErr, EntityTrait};
use uuid::Uuid;

/// Rows of one statement; PostgreSQL takes at most 65,535 values, `SQLite` 32,766.
pub(crate) const BATCH: usize = 1_000;

/// Why a change comes to nothing. There is no way from a refusal to an [`Error`] but through [`Access::change`] and
/// its siblings, which log it: `?` takes none past the log.
#[derive(Debug)]
pub(crate) enum Rollback {
    /// Rolled back, and logged.
    Refused(Refusal),
    Failed(Error),
}

impl From<Refusal> for Rollback {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Error> for Rollback {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Problem> for Rollback {
    fn from(problem: Problem) -> Self {
        Self::Failed(problem.into())
    }
}

impl From<Conflict> for Rollback {
    fn from(conflict: Conflict) -> Self {
        Self::Failed(conflict.into())
    }
}

impl From<FieldErrors> for Rollback {
    fn from(errors: FieldErrors) -> Self {
        Self::Failed(errors.into())
    }
}

impl From<DbErr> for Rollback {
    fn from(error: DbErr) -> Self {
        Self::Failed(error.into())
    }
}

/// An open change. What runs in it (`Access::change`) keeps it by returning the [`Event`] that says what it was;
/// otherwise it has never been.
pub struct Change {
    access: Access,
    transaction: Transaction,
    /// What it holds from its beginning on.
    locks: Vec<Uuid>,
    /// Whether a change of nothing but refusals is given up when there were too many of them. Not where what counts
    /// wrong codes is written beside them.
    refusals_limited: bool,
}

impl Change {
    /// A change of what the access is about. Changes to one organisation go one after the other.
    /// It holds the keys of `also` as well; see [`Change::lock_all`].
    pub(super) async fn begin(access: &Access, mut also: Vec<Uuid>) -> Result<Self> {
        also.push(access.organisation().0);
        Self::begin_in(Lane::Organisation(access.organisation()), access.clone()).await?.lock_all(also).await
    }

    /// Waits until no other change holds one of these keys, and holds them until the end of this one. The one place
    /// where a change comes to hold organisations and users: all at once and in one order, or two that need
    /// the same would wait for each other.
    async fn lock_all(mut self, mut keys: Vec<Uuid>) -> Result<Self> {
        keys.sort_unstable();
        keys.dedup();
        for key in &keys {
            self.transaction.lock(*key).await?;
        }
        self.locks = keys;
        Ok(self)
    }

    /// Whether this was held from the beginning on.
    pub(crate) fn is_locked(&self, key: Uuid) -> bool {
        self.locks.contains(&key)
    }

    /// A change that writes nothing but the log.
    pub(super) async fn log_only(access: Access) -> Result<Self> {
        Self::begin_in(Lane::Entries(access.organisation()), access).await
    }

    async fn begin_in(lane: Lane, access: Access) -> Result<Self> {
        let transaction = access.ctx().service().database.begin_in(lane).await?;
        Ok(Self { access, transaction, locks: Vec::new(), refusals_limited: true })
    }

    /// The rights as they stand inside the change.
    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// What the actor holds in another account, as it stands inside the change, for acts that take a permission in
    /// more than one.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for an account that is not open to the actor.
    pub(crate) async fn permissions_in(
        &self,
        account: AccountId,
        permission: Permission,
    ) -> Result<PermissionSet, Rollback> {
        let held = rights::read(self.db(), self.access.ctx(), account).await?.ok_or(Problem::NotFound)?.permissions;
        if held.contains(permission) { Ok(held) } else { Err(Refusal::Permission(permission).into()) }
    }

    /// Says that something about this user or organisation is no longer as it was read.
    pub(crate) fn invalidate(&mut self, id: Uuid) {
        self.transaction.effects.stale.insert(id);
    }

    /// Tells the open pages of somebody that sessions of theirs ended.
    pub(crate) fn end_sessions(&mut self, user: UserId) {
        let effects = &mut self.transaction.effects;
        effects.stale.insert(user.0);
        effects.hints.insert(Hint::SessionEnded { user });
    }

    /// Says that there are accounts to be purged.
    pub(crate) fn wake_account_purge(&mut self) {
        self.transaction.effects.deleted_accounts = true;
    }

    /// Puts messages into the outbox; they go out after the commit.
    pub(crate) async fn deliver_all(&mut self, messages: &[Message]) -> Result<()> {
        let Self { access, transaction, .. } = self;
        outbox::put(access.ctx(), transaction, Some(access.organisation()), messages).await
    }

    /// Waits until no other change holds this text, and holds it until the end of this one.
    pub(crate) async fn lock_text(&self, key: &str) -> Result<()> {
        self.transaction.lock_text(key).await
    }

    /// Goes on in another place, and gives the one that it was in.
    pub(crate) fn switch_access(&mut self, place: Access) -> Access {
        std::mem::replace(&mut self.access, place)
    }

    /// Writes what this change did elsewhere to the log there.
    pub(crate) async fn log_at(&mut self, place: Access, events: &[Event]) -> Result<()> {
        let own = self.switch_access(place);
        let recorded = self.log(events).await;
        self.switch_access(own);
        recorded
    }

    /// Writes what happened to the data access log.
    async fn log(&mut self, events: &[Event]) -> Result<()> {
        let (counted, single): (Vec<&Event>, Vec<&Event>) = events.iter().partition(|event| event.facts().is_collapsed);
        for batch in single.chunks(BATCH) {
            let rows = batch.iter().map(|event| self.entry(event)).collect::<Result<Vec<_>>>()?;
            entity::access_entry::Entity::insert_many(rows).exec_without_returning(self.db()).await?;
        }
        let nothing_else = self.refusals_limited
            && events.iter().all(|event| matches!(event, Event::Audit(AuditEvent::Refused { .. })));
        // Large, and seldom needed.
        Box::pin(repetition::write(self, &counted, nothing_else)).await?;
        for event in events {
            self.add_hints(event);
        }
        Ok(())
    }

    pub(crate) fn entry(&self, event: &Event) -> Result<entity::access_entry::ActiveModel> {
        let access = &self.access;
        let ctx = access.ctx();
        let request = ctx.request();
        Ok(entity::access_entry::ActiveModel {
            id: Set(AccessEntryId(ctx.new_id()?)),
            organisation_id: Set(access.organisation()),
            account_id: Set(Some(access.account())),
            request_id: Set(request.id),
            user_id: Set(access.user()),
            api_key_id: Set(access.key()),
            subject_user_id: Set(event.facts().user),
            ip: Set(request.ip.clone()),
            method: Set(request.method.clone()),
            path: Set(request.path.clone()),
            action: Set(event.facts().action.to_owned()),
            permission: Set(access.permission().map_or_else(String::new, |permission| permission.path().to_owned())),
            event: Set(serde_json::to_string(event)?),
            records: Set(i64::try_from(event.facts().records).unwrap_or(i64::MAX)),
            outcome: Set(event.facts().outcome),
            created_at: Set(ctx.now()),
            repeats: Set(1),
            last_at: Set(None),
        })
    }

    fn add_hints(&mut self, event: &Event) {
        let (organisation, actor) = (self.access.organisation(), self.access.user());
        let effects = &mut self.transaction.effects;
        let mut hint = |topic, user| effects.hints.insert(Hint::Changed { organisation, topic, user });
        if event.updates_log_pages() {
            hint(Topic::AccessLog, None);
        }
        if let Some(topic) = event.facts().topic {
            hint(topic, actor.filter(|_| topic.is_own()));
        }
        match event.facts().rights {
            RightsAffected::Nobody => {}
            RightsAffected::User(user) => {
                hint(Topic::Rights, Some(user));
                effects.stale.insert(organisation.0);
            }
            RightsAffected::Actor => {
                hint(Topic::Rights, actor);
                effects.stale.insert(organisation.0);
            }
            RightsAffected::Everyone => {
                hint(Topic::Rights, None);
                effects.stale.insert(organisation.0);
            }
        }
    }

    /// Runs what the change is, and ends it.
    pub(super) async fn run<T, E: Into<Vec<Event>>>(
        mut self,
        body: impl AsyncFnOnce(&mut Self) -> Result<(T, E), Rollback>,
    ) -> Result<T> {
        // On the heap, since what a change does and what is logged of it is large.
        let result = Box::pin(body(&mut self)).await;
        let logs = vec![self.access.clone()];
        Box::pin(self.end(logs, result)).await
    }

    /// Commits, or rolls back, with the entries in each of these logs.
    async fn end<T, E: Into<Vec<Event>>>(self, logs: Vec<Access>, result: Result<(T, E), Rollback>) -> Result<T> {
        match result {
            Ok((answer, events)) => {
                self.commit_to(logs, events.into()).await?;
                Ok(answer)
            }
            Err(Rollback::Failed(error)) => Err(error),
            Err(Rollback::Refused(refusal)) => {
                drop(self);
                let mut answer = Error::logged_refusal(refusal);
                for log in logs {
                    // Too many in one organisation keep it from no other's log.
                    if let Err(error) = log.log_refusal(refusal).await {
                        answer = error;
                    }
                }
                Err(answer)
            }
        }
    }

    /// What follows is done by nobody known, as the log has it.
    pub(crate) fn act_as_anonymous(&mut self) {
        self.access = self.access.as_anonymous();
    }

    /// Makes the change durable together with its entries in the log, then lets the rest of the system know. Without
    /// any, it has never been.
    pub(super) async fn commit(self, events: Vec<Event>) -> Result<()> {
        let log = self.access.clone();
        self.commit_to(vec![log], events).await
    }

    /// Refuses what is sensitive to a session whose last proof is too old, and rolls it back. Here, so that no operation
    /// can forget it.
    async fn commit_to(mut self, logs: Vec<Access>, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        self.access.ctx().require_recent_proof(&events)?;
        for log in logs {
            self.access = log;
            self.log(&events).await?;
        }
        self.transaction.commit().await
    }
}

/// An open change of somebody's own affairs, which belong to no organisation: what happened stands in the log
/// of every one that they are in.
pub(crate) struct UserChange {
    change: Change,
    places: Vec<Access>,
}

impl UserChange {
    /// Runs a change of one person; these go one after the other. As [`Access::change`], with the entries, and a
    /// refusal, in every log.
    pub async fn run<T, E: Into<Vec<Event>>>(
        ctx: &Context,
        user: UserId,
        body: impl AsyncFnOnce(&mut Self) -> Result<(T, E), Rollback>,
    ) -> Result<T> {
        Self::run_locking(ctx, user, Vec::new(), body).await
    }

    /// As [`UserChange::run`], for a change that holds these keys as well; see [`Change::lock_all`].
    pub async fn run_locking<T, E: Into<Vec<Event>>>(
        ctx: &Context,
        user: UserId,
        also: Vec<Uuid>,
        body: impl AsyncFnOnce(&mut Self) -> Result<(T, E), Rollback>,
    ) -> Result<T> {
        let mut user_change = Self::begin(ctx, user, also).await?;
        // Whatever it is, what was read of the person before is stale, also of somebody who is in no organisation.
        user_change.change.invalidate(user.0);
        let result = Box::pin(body(&mut user_change)).await;
        let Self { change, places } = user_change;
        Box::pin(change.end(places, result)).await
    }

    /// Writes an entry to every log, without a change.
    pub async fn log(ctx: &Context, user: UserId, event: Event) -> Result<()> {
        let Self { change, places } = Self::begin(ctx, user, Vec::new()).await?;
        change.commit_to(places, vec![event]).await
    }

    /// Notes in every log what somebody did in the name of `user` who did not prove to be them; false if they are in
    /// no organisation.
    pub async fn log_failed_proof(ctx: &Context, user: UserId, event: Event) -> Result<bool> {
        let mut user_change = Self::begin(ctx, user, Vec::new()).await?;
        let anywhere = user_change.act_as_anonymous();
        let Self { change, places } = user_change;
        change.commit_to(places, vec![event]).await?;
        Ok(anywhere)
    }

    async fn begin(ctx: &Context, user: UserId, mut also: Vec<Uuid>) -> Result<Self> {
        let nowhere = Access::for_self(ctx, user, OrganisationId(Uuid::nil()), AccountId(Uuid::nil()));
        let change = Change { refusals_limited: false, ..Change::begin_in(Lane::User(user), nowhere).await? };
        also.push(user.0);
        let change = change.lock_all(also).await?;
        let mut places = change.access.in_each_organisation(change.db()).await?;
        // Everybody's in one order: what nobody repeats in them is held until the end.
        places.sort_by_key(Access::organisation);
        Ok(Self { change, places })
    }

    pub fn db(&self) -> &DatabaseTransaction {
        self.change.db()
    }

    /// The change itself, in no organisation.
    pub fn inner(&mut self) -> &mut Change {
        &mut self.change
    }

    /// As [`Change::deliver_all`]; the messages belong to no organisation.
    pub async fn deliver(&mut self, messages: &[Message]) -> Result<()> {
        let Change { access, transaction, .. } = &mut self.change;
        outbox::put(access.ctx(), transaction, None, messages).await
    }

    /// Says that there is a file to be made with all that there is about somebody.
    pub fn wake_data_export(&mut self) {
        self.change.transaction.effects.data_exports = true;
    }

    /// Ends every other session of the person, since what they sign in with changes, and tells the open pages; gives
    /// the new version of their credentials. See [`credentials::renew`].
    pub async fn renew_credentials(&mut self, user: UserId) -> Result<i64> {
        let version = credentials::renew(self.change.access.ctx(), self.change.db(), user).await?;
        self.change.end_sessions(user);
        Ok(version)
    }

    /// Ends every session of the person, this one too; see [`credentials::renew_all`].
    pub async fn renew_all_credentials(&mut self, user: UserId) -> Result<()> {
        credentials::renew_all(self.change.db(), user).await?;
        self.change.end_sessions(user);
        Ok(())
    }

    /// As [`Change::act_as_anonymous`], in every log; false if the person is in no organisation.
    pub fn act_as_anonymous(&mut self) -> bool {
        for place in &mut self.places {
            *place = place.as_anonymous();
        }
        !self.places.is_empty()
    }
}
