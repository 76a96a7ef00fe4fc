use crate::{
    entity::{self, AccountEntity, TenantEntity},
    kernel::{
        Actor, Change, Context, Error, Result,
        change::Rollback,
        database::ExpensiveReads,
        repetition,
        rights::{self, Rights},
        tenant,
    },
};
use model::{
    AccountId, ApiKeyId, AuditEvent, Event, OrganisationId, Permission, PermissionSet, Problem, Refusal, Role, UserId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, Select,
    sea_query::SelectStatement,
};
use uuid::Uuid;

/// The proof that the actor may do something in an account now. It is the only way to rows, and
/// every query that starts from it is confined to its organisation.
#[derive(Clone)]
pub struct Access {
    ctx: Context,
    account: AccountId,
    rights: Rights,
    basis: Basis,
}

/// What the proof rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    Permission(Permission),
    Membership,
    /// As a membership, also while the organisation is being deleted.
    Deletion,
    /// The act itself makes the actor a member, or is about nobody but the actor.
    Oneself,
}

impl Access {
    pub(crate) async fn prove(ctx: &Context, account: AccountId, permission: Option<Permission>) -> Result<Self> {
        Self::with_basis(ctx, account, permission.map_or(Basis::Membership, Basis::Permission)).await
    }

    /// For what members may know, and the owner do, of an organisation that is being deleted.
    pub(crate) async fn during_deletion(ctx: &Context, account: AccountId) -> Result<Self> {
        Self::with_basis(ctx, account, Basis::Deletion).await
    }

    /// Where the actor stands in an account. Whoever asks no more than that is told why they are kept out, and accused of
    /// nothing: it leaves no entry, or each look at a page would.
    pub(crate) async fn for_standing(ctx: &Context, account: AccountId) -> Result<Self> {
        let access = Self::read(ctx, account, Basis::Membership).await?;
        match access.refusal() {
            None => Ok(access),
            Some(refusal) => Err(Error::unlogged_refusal(refusal)),
        }
    }

    async fn with_basis(ctx: &Context, account: AccountId, by: Basis) -> Result<Self> {
        let access = Self::read(ctx, account, by).await?;
        access.require(access.refusal().map_or(Ok(()), Err)).await?;
        Ok(access)
    }

    async fn read(ctx: &Context, account: AccountId, by: Basis) -> Result<Self> {
        let rights = rights::current(ctx, account).await?.ok_or(Problem::NotFound)?;
        Ok(Self { ctx: ctx.clone(), account, rights, basis: by })
    }

    /// For acts that need no permission: founding an organisation, accepting an invitation, signing
    /// in and out.
    pub(crate) fn for_self(ctx: &Context, user: UserId, organisation: OrganisationId, account: AccountId) -> Self {
        Self::anonymous(&ctx.as_user(user), organisation, account)
    }

    /// For the one act that takes no sign-in: asking for a new invitation.
    pub(crate) fn anonymous(ctx: &Context, organisation: OrganisationId, account: AccountId) -> Self {
        let permissions = PermissionSet::EMPTY;
        let rights = Rights {
            organisation,
            role: Role::Custom,
            permissions,
            ended: None,
            deleting: false,
            second_factor_due: None,
        };
        Self { ctx: ctx.clone(), account, rights, basis: Basis::Oneself }
    }

    /// The same actor in each organisation that they are in, at their longest-standing place there.
    pub(crate) async fn in_each_organisation(&self, db: &impl ConnectionTrait) -> Result<Vec<Self>> {
        use entity::membership::{Column, Entity};
        let user = self.ctx.user()?;
        let memberships = Entity::find().filter(Column::UserId.eq(user)).filter(Column::SuspendedAt.is_null());
        let mut places: Vec<Self> = Vec::new();
        for row in memberships.order_by_asc(Column::CreatedAt).all(db).await? {
            if places.iter().all(|place| place.organisation() != row.organisation_id) {
                places.push(Self::for_self(&self.ctx, user, row.organisation_id, row.account_id));
            }
        }
        Ok(places)
    }

    fn refusal(&self) -> Option<Refusal> {
        match self.basis {
            Basis::Oneself if self.rights.deleting => Some(Refusal::BeingDeleted),
            Basis::Oneself => None,
            _ if self.rights.ended.is_some() => self.rights.ended,
            Basis::Deletion => None,
            _ if self.rights.deleting => Some(Refusal::BeingDeleted),
            _ if self.rights.second_factor_due.is_some_and(|due| due <= self.ctx.now()) => {
                Some(Refusal::SecondFactorMissing)
            }
            Basis::Membership => None,
            Basis::Permission(permission) if self.may(permission) => None,
            Basis::Permission(permission) => Some(Refusal::Permission(permission)),
        }
    }

    /// Writes a refusal to the log, and gives the error to answer with.
    ///
    /// # Errors
    /// [`Problem::TooMany`], with nothing written, for an actor who was refused too often a moment ago.
    pub(super) async fn log_refusal(&self, why: Refusal) -> Result<Error> {
        repetition::check(self)?;
        self.log(Event::Audit(AuditEvent::Refused { why })).await?;
        Ok(Error::logged_refusal(why))
    }

    /// Writes an entry to the log, without a change: a read of personal data, or a refusal. Returns
    /// when it is durable.
    pub(crate) async fn log(&self, event: Event) -> Result<()> {
        Change::log_only(self.clone()).await?.commit(vec![event]).await
    }

    /// Records what a program was given to read, before it is answered. Pages that people read leave no entry.
    pub(crate) async fn log_read_by_key(&self, event: Event) -> Result<()> {
        if self.key().is_some() { self.log(event).await } else { Ok(()) }
    }

    /// Runs a change: `Ok` commits it together with its entries in the log, a refusal rolls it back and is logged, any
    /// other error rolls it back. The rights are read anew inside it: what was taken away while it waited for its turn
    /// is taken away.
    ///
    /// # Errors
    /// [`Problem::Refused`], logged, for what its body refuses or the rights no longer allow; whatever else its body fails with.
    pub(crate) async fn change<T, E: Into<Vec<Event>>>(
        self,
        body: impl AsyncFnOnce(&mut Change) -> Result<(T, E), Rollback>,
    ) -> Result<T> {
        self.change_locking(Vec::new(), body).await
    }

    /// As [`Access::change`], for a change that holds these keys besides the organisation's.
    pub(crate) async fn change_locking<T, E: Into<Vec<Event>>>(
        self,
        also: Vec<Uuid>,
        body: impl AsyncFnOnce(&mut Change) -> Result<(T, E), Rollback>,
    ) -> Result<T> {
        let change = Change::begin(&self, also).await?;
        change
            .run(async |change| {
                let access = self.read_again(change.db()).await?;
                let refusal = access.refusal();
                change.switch_access(access);
                match refusal {
                    None => body(change).await,
                    Some(refusal) => Err(refusal.into()),
                }
            })
            .await
    }

    /// With the rights as they stand now.
    async fn read_again(mut self, db: &impl ConnectionTrait) -> Result<Self> {
        if self.basis == Basis::Oneself {
            self.rights.deleting = tenant::is_deleting(db, self.organisation()).await?;
        } else {
            self.rights = rights::read(db, &self.ctx, self.account).await?.ok_or(Problem::NotFound)?;
        }
        Ok(self)
    }

    /// The same place, where nobody known acts.
    pub(crate) fn as_anonymous(&self) -> Self {
        Self::anonymous(&self.ctx.as_anonymous(), self.organisation(), self.account)
    }

    /// The same proof, resting on another permission; `None` if that is not held.
    pub(crate) fn narrowed_to(&self, permission: Permission) -> Option<Self> {
        self.may(permission).then(|| Self { basis: Basis::Permission(permission), ..self.clone() })
    }

    pub fn may(&self, permission: Permission) -> bool {
        self.rights.permissions.contains(permission)
    }

    pub fn organisation(&self) -> OrganisationId {
        self.rights.organisation
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    pub(crate) fn ctx(&self) -> &Context {
        &self.ctx
    }

    pub(crate) fn rights(&self) -> &Rights {
        &self.rights
    }

    /// Who is signed in, for what concerns a person's own affairs.
    ///
    /// # Errors
    /// [`Refusal::PeopleOnly`] for a key.
    pub(crate) async fn require_person(&self) -> Result<UserId> {
        self.require(if self.key().is_some() { Err(Refusal::PeopleOnly) } else { Ok(()) }).await?;
        self.ctx.user()
    }

    /// The same proof, resting on another permission.
    ///
    /// # Errors
    /// [`Refusal::Permission`], logged.
    pub(crate) async fn require_permission(&self, permission: Permission) -> Result<Self> {
        self.require(self.narrowed_to(permission).ok_or(Refusal::Permission(permission))).await
    }

    /// For what is the owner's alone.
    pub(crate) fn owner_only(&self) -> Result<(), Refusal> {
        if self.rights.is_owner() { Ok(()) } else { Err(Refusal::OwnerOnly) }
    }

    /// As [`Access::owner_only`], before a change.
    ///
    /// # Errors
    /// [`Refusal::OwnerOnly`], logged.
    pub(crate) async fn require_owner(&self) -> Result<()> {
        self.require(self.owner_only()).await
    }

    /// Logs what a rule refuses, before a change or without one.
    ///
    /// # Errors
    /// The refusal, logged; see [`Access::log_refusal`].
    pub(crate) async fn require<T>(&self, rule: Result<T, Refusal>) -> Result<T> {
        match rule {
            Ok(value) => Ok(value),
            Err(refusal) => Err(self.log_refusal(refusal).await?),
        }
    }

    /// Who answers for what is done: whoever is signed in, or made the key.
    pub(crate) fn user(&self) -> Option<UserId> {
        self.ctx.person().ok()
    }

    /// The key through which it is done, if it is.
    pub(crate) fn key(&self) -> Option<ApiKeyId> {
        match self.ctx.actor() {
            Actor::Key { key, .. } => Some(key),
            Actor::Anonymous | Actor::User(_) | Actor::System => None,
        }
    }

    /// The permission that was asked for.
    pub(crate) fn permission(&self) -> Option<Permission> {
        match self.basis {
            Basis::Permission(permission) => Some(permission),
            Basis::Membership | Basis::Deletion | Basis::Oneself => None,
        }
    }

    /// For what takes a moment, such as a row by its id.
    pub(crate) fn readers(&self) -> &DatabaseConnection {
        self.ctx.readers()
    }

    /// For what may take long: lists, searches, counts. An organisation has few of these at once, so let go
    /// of it before anything else is awaited, and do not ask for a second one meanwhile.
    ///
    /// # Errors
    /// [`Problem::TooMany`] when too many of the organisation wait for theirs.
    pub(crate) async fn expensive_reads(&self) -> Result<ExpensiveReads> {
        self.ctx.service().database.expensive_reads(self.organisation(), self.user()).await
    }

    /// As [`Access::expensive_reads`], for a page without a search, in the order of an index: it is over in a moment,
    /// and does not wait for searches.
    pub(crate) async fn page_reads(&self) -> Result<ExpensiveReads> {
        self.ctx.service().database.page_reads(self.organisation(), self.user()).await
    }

    /// [`Access::expensive_reads`] for a list that a search or a filter makes narrow, [`Access::page_reads`] for a whole one.
    pub(crate) async fn list_reads(&self, is_narrow: bool) -> Result<ExpensiveReads> {
        if is_narrow { self.expensive_reads().await } else { self.page_reads().await }
    }

    /// The rows of this organisation.
    pub(crate) fn in_organisation<E: TenantEntity>(&self) -> Select<E> {
        let rows = E::find().filter(E::organisation().eq(self.organisation()));
        match E::deleted() {
            Some(deleted) => rows.filter(deleted.is_null()),
            None => rows,
        }
    }

    /// The rows of this very account.
    pub(crate) fn in_account<E: AccountEntity>(&self) -> Select<E> {
        self.in_organisation::<E>().filter(E::account().eq(self.account))
    }

    /// The rows of this account and the accounts below it.
    pub(crate) fn in_subtree<E: AccountEntity>(&self) -> Select<E> {
        self.in_subtree_of(self.account)
    }

    /// The rows of an account of this organisation and the accounts below it.
    pub(crate) fn in_subtree_of<E: AccountEntity>(&self, account: AccountId) -> Select<E> {
        self.in_organisation::<E>().filter(E::account().in_subquery(self.subtree_of(account)))
    }

    /// The ids of an account of this organisation and the accounts below it.
    pub(crate) fn subtree_of(&self, account: AccountId) -> SelectStatement {
        use entity::account_ancestor as tree;
        use sea_orm::{QuerySelect, QueryTrait};
        let below = tree::Entity::find()
            .select_only()
            .column(tree::Column::AccountId)
            .filter(tree::Column::OrganisationId.eq(self.organisation()))
            .filter(tree::Column::AncestorId.eq(account));
        below.into_query()
    }
}
