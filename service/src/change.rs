use crate::{Access, Context, Hint, Result, database::Transaction, entity, outbox::Message};
use model::{AccessEntryId, AccountId, Event, OrganisationId, OutboxId, Problem, Refusal, Topic, Touched, UserId};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait};
use uuid::Uuid;

/// Rows of one statement; PostgreSQL takes at most 65,535 values, `SQLite` 32,766.
pub(crate) const BATCH: usize = 1_000;

/// An open change. The only way to keep it is [`Change::commit`] with the [`Event`] that says what
/// it was; dropped, it has never been.
pub struct Change {
    access: Access,
    transaction: Transaction,
}

impl Change {
    /// A change of what the access is about. Changes to one organisation go one after the other.
    pub(crate) async fn begin(access: &Access) -> Result<Self> {
        let change = Self::of_nothing(access.clone()).await?;
        change.transaction.hold(access.organisation().0).await?;
        Ok(change)
    }

    /// A change that writes nothing but the log.
    pub(crate) async fn of_nothing(access: Access) -> Result<Self> {
        let transaction = access.ctx().service().database.begin().await?;
        Ok(Self { access, transaction })
    }

    pub(crate) fn under(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// The rights as they stand inside the change.
    pub(crate) fn access(&self) -> &Access {
        &self.access
    }

    pub(crate) fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Says that something about this user or organisation is no longer as it was read.
    pub(crate) fn outdates(&mut self, id: Uuid) {
        self.transaction.effects.stale.insert(id);
    }

    /// Puts messages into the outbox; they go out after the commit.
    pub(crate) async fn deliver_all(&mut self, messages: &[Message]) -> Result<()> {
        let ctx = self.access.ctx();
        let row = |message: &Message| -> Result<_> {
            Ok(entity::outbox::ActiveModel {
                id: Set(OutboxId(ctx.new_id()?)),
                organisation_id: Set(self.access.organisation()),
                message: Set(serde_json::to_string(message)?),
                attempts: Set(0),
                created_at: Set(ctx.now()),
                due_at: Set(ctx.now()),
                delivered_at: Set(None),
            })
        };
        for batch in messages.chunks(BATCH) {
            let rows = batch.iter().map(row).collect::<Result<Vec<_>>>()?;
            entity::outbox::Entity::insert_many(rows).exec_without_returning(self.db()).await?;
        }
        self.transaction.effects.outbox |= !messages.is_empty();
        Ok(())
    }

    /// Writes what happened to the data access log.
    async fn record(&mut self, events: &[Event]) -> Result<()> {
        for batch in events.chunks(BATCH) {
            let rows = batch.iter().map(|event| self.entry(event)).collect::<Result<Vec<_>>>()?;
            entity::access_entry::Entity::insert_many(rows).exec_without_returning(self.db()).await?;
        }
        for event in events {
            self.tell(event);
        }
        Ok(())
    }

    fn entry(&self, event: &Event) -> Result<entity::access_entry::ActiveModel> {
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
            subject_user_id: Set(event.user()),
            ip: Set(request.ip.clone()),
            method: Set(request.method.clone()),
            path: Set(request.path.clone()),
            action: Set(event.action().to_owned()),
            permission: Set(access.permission().map_or_else(String::new, |permission| permission.path().to_owned())),
            event: Set(serde_json::to_string(event)?),
            records: Set(i64::try_from(event.records()).unwrap_or(i64::MAX)),
            outcome: Set(event.outcome()),
            created_at: Set(ctx.now()),
        })
    }

    fn tell(&mut self, event: &Event) {
        let (organisation, actor) = (self.access.organisation(), self.access.user());
        let effects = &mut self.transaction.effects;
        let mut hint = |topic, user| effects.hints.insert(Hint::Changed { organisation, topic, user });
        hint(Topic::AccessLog, None);
        if let Some(topic) = event.topic() {
            hint(topic, None);
        }
        match event.touches() {
            Touched::Nobody => {}
            Touched::User(user) => {
                hint(Topic::Rights, Some(user));
                effects.stale.insert(organisation.0);
            }
            Touched::Actor => {
                hint(Topic::Rights, actor);
                effects.stale.insert(organisation.0);
            }
            Touched::Everyone => {
                hint(Topic::Rights, None);
                effects.stale.insert(organisation.0);
            }
        }
    }

    /// Ends the change without a trace but for the refusal in the log.
    pub(crate) async fn refuse<T>(self, refusal: Refusal) -> Result<T> {
        let access = self.access.clone();
        drop(self);
        Err(access.refused(refusal).await?)
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
        self.record(&events).await?;
        self.transaction.commit().await
    }
}

/// An open change of somebody's own affairs, which belong to no organisation: what happened stands in the log
/// of every one that they are in.
pub(crate) struct OwnChange {
    change: Change,
    places: Vec<Access>,
}

impl OwnChange {
    /// Changes of one person go one after the other.
    pub async fn begin(ctx: &Context, user: UserId) -> Result<Self> {
        let nowhere = Access::oneself(ctx, user, OrganisationId(Uuid::nil()), AccountId(Uuid::nil()));
        let change = Change::of_nothing(nowhere).await?;
        change.transaction.hold(user.0).await?;
        let places = change.access.places(change.db()).await?;
        Ok(Self { change, places })
    }

    pub fn db(&self) -> &DatabaseTransaction {
        self.change.db()
    }

    /// As [`Change::deliver_all`]; the messages lie in the outbox of one of the organisations.
    ///
    /// # Errors
    /// [`Problem::Conflict`] for members of none.
    pub async fn deliver(&mut self, messages: &[Message]) -> Result<()> {
        let nowhere = || Problem::Conflict("Join an organisation first, or found one.".to_owned());
        self.change.access = self.places.first().ok_or_else(nowhere)?.clone();
        self.change.deliver_all(messages).await
    }

    /// As [`Change::commit_all`], in every log.
    pub async fn commit(mut self, events: Vec<Event>) -> Result<()> {
        if events.is_empty() {
            return Ok(());
        }
        for place in self.places {
            self.change.access = place;
            self.change.record(&events).await?;
        }
        self.change.transaction.commit().await
    }

    /// As [`Change::refuse`], in every log.
    pub async fn refuse<T>(self, refusal: Refusal) -> Result<T> {
        drop(self.change);
        for place in self.places {
            place.record(Event::Refused { why: refusal }).await?;
        }
        Err(refusal.into())
    }

    /// Notes in every log what somebody did in the name of `user` who did not prove to be them; false if they are in
    /// no organisation.
    pub async fn note_unproven(ctx: &Context, user: UserId, event: Event) -> Result<bool> {
        let mut change = Self::begin(ctx, user).await?;
        let nobody = ctx.acting_as_nobody();
        for place in &mut change.places {
            *place = Access::nobody(&nobody, place.organisation(), place.account());
        }
        let anywhere = !change.places.is_empty();
        change.commit(vec![event]).await?;
        Ok(anywhere)
    }
}
