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
    AccessEntryId, AccountId, AuditEvent, Event, OrganisationId, Permission, PermissionSet, Problem, Refusal,
    RightsAffected, Topic, UserId,
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use uuid::Uuid;

/// Rows of one statement; PostgreSQL takes at most 65,535 values, `SQLite` 32,766.
pub(crate) const BATCH: usize = 1_000;

/// An open change. The only way to keep it is [`Change::commit`] with the [`Event`] that says what
/// it was; dropped, it has never been.
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
    pub(crate) async fn begin(access: &Access, mut also: Vec<Uuid>) -> Result<Self> {
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
    pub(crate) async fn log_only(access: Access) -> Result<Self> {
        Self::begin_in(Lane::Entries(access.organisation()), access).await
    }

    async fn begin_in(lane: Lane, access: Access) -> Result<Self> {
        let transaction = access.ctx().service().database.begin_in(lane).await?;
        Ok(Self { access, transaction, locks: Vec::new(), refusals_limited: true })
    }

    pub(crate) fn with_access(self, access: Access) -> Self {
        Self { access, ..self }
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
    ) -> Result<Result<PermissionSet, Refusal>> {
        let held = rights::read(self.db(), self.access.ctx(), account).await?.ok_or(Problem::NotFound)?.permissions;
        Ok(if held.contains(permission) { Ok(held) } else { Err(Refusal::Permission(permission)) })
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
            hint(topic, None);
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

    /// Ends the change without a trace but for the refusal in the log.
    pub(crate) async fn refuse<T>(self, refusal: Refusal) -> Result<T> {
        let access = self.access.clone();
        drop(self);
        Err(access.log_refusal(refusal).await?)
    }

    /// Makes the change durable together with its entry in the log, then lets the rest of the
    /// system know.
    pub async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(vec![event]).await
    }

    /// As [`Change::commit`], for a change with many entries; without any, it has never been.
    pub async fn commit_all(mut self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        self.log(&events).await?;
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
    /// Changes of one person go one after the other.
    pub async fn begin(ctx: &Context, user: UserId) -> Result<Self> {
        Self::begin_locking(ctx, user, Vec::new()).await
    }

    /// As [`UserChange::begin`], for a change that holds these keys as well; see [`Change::lock_all`].
    pub async fn begin_locking(ctx: &Context, user: UserId, mut also: Vec<Uuid>) -> Result<Self> {
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

    /// Ends every other session of the person, since what they sign in with changes, and tells the open pages; gives
    /// the new version of their credentials. See [`credentials::renew`].
    pub async fn renew_credentials(&mut self, user: UserId) -> Result<i64> {
        let version = credentials::renew(self.change.access.ctx(), self.change.db(), user).await?;
        self.change.end_sessions(user);
        Ok(version)
    }

    /// As [`Change::commit_all`], in every log.
    pub async fn commit(mut self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        for place in self.places {
            self.change.access = place;
            self.change.log(&events).await?;
        }
        self.change.transaction.commit().await
    }

    /// As [`Change::refuse`], in every log.
    pub async fn refuse<T>(self, refusal: Refusal) -> Result<T> {
        drop(self.change);
        let mut answer = Error::logged_refusal(refusal);
        for place in self.places {
            // Too many in one organisation keep it from no other's log.
            match place.log_refusal(refusal).await {
                Ok(_) => {}
                Err(error) => answer = error,
            }
        }
        Err(answer)
    }

    /// Notes in every log what somebody did in the name of `user` who did not prove to be them; false if they are in
    /// no organisation.
    pub async fn log_failed_proof(ctx: &Context, user: UserId, event: Event) -> Result<bool> {
        Self::begin(ctx, user).await?.commit_failed_proof(event).await
    }

    /// Keeps what was changed, and notes it as the act of nobody known, as [`UserChange::log_failed_proof`].
    pub async fn commit_failed_proof(mut self, event: Event) -> Result<bool> {
        let nobody = self.change.access.ctx().as_anonymous();
        for place in &mut self.places {
            *place = Access::anonymous(&nobody, place.organisation(), place.account());
        }
        let anywhere = !self.places.is_empty();
        self.commit(vec![event]).await?;
        Ok(anywhere)
    }
}
