use super::granted;
use crate::{
    Access, Change, Context, Message, Result, Rollback,
    entity::{account, invitation, membership, user},
    joins, tenant,
    throttle::{self, Throttle},
};
use model::{
    AccountId, AuditEvent, Event, FieldErrors, FieldFault, Form, InvitationId, InviteMembers, InviteOutcome,
    InviteResult, InviteTarget, PeopleEvent, Permission, PermissionSet, Policy, Problem, Refusal, Role, RoleName,
    is_address,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use std::{collections::HashSet, time::Duration};

/// Against letters that nobody wants: addresses that one person may write to, and one organisation.
const BY_PERSON: Throttle = Throttle { name: "invite-person", tries: 2_000, within: Duration::from_hours(1) };
const BY_ORGANISATION: Throttle =
    Throttle { name: "invite-organisation", tries: 5_000, within: Duration::from_hours(24) };
/// An organisation is new for so long. Then it has shown that people want its letters; until then it may send as many
/// in a day as the operator has set.
const NEW: Duration = Duration::from_hours(7 * 24);

/// Rows of one statement; PostgreSQL takes at most 65,535 values.
const BATCH: usize = 1_000;

/// A place as it is given: with its name, what the role is called there, and whether the inviter may.
struct ResolvedTarget {
    account: AccountId,
    account_name: String,
    role: Role,
    role_name: RoleName,
    /// The toggles of a custom role.
    permissions: PermissionSet,
    within_ceiling: bool,
}

/// Invites people into one or more accounts, and says for each address and account what became of it.
///
/// # Errors
/// [`Problem::Invalid`] for the form; [`Problem::Refused`] where the inviter may not invite, and when
/// every role holds more than they do; [`Problem::TooMany`] by inviter and by organisation, of which a new one may send
/// fewer.
pub async fn invite(ctx: &Context, account: AccountId, form: InviteMembers) -> Result<Vec<InviteResult>> {
    let form = form.validated()?;
    let addresses = form.addresses();
    let access = ctx.access(account, Permission::MemberInvite).await?;
    let count = i32::try_from(addresses.len() * (form.also.len() + 1)).unwrap_or(i32::MAX);
    count_letters(&access, count).await?;
    access
        .change(async |change| {
            let mut places = Vec::new();
            for place in std::iter::once(InviteTarget { account, role: form.role }).chain(form.also) {
                places.push(resolve_target(change, place, form.permissions).await?);
            }
            if !places.iter().any(|place| place.within_ceiling) {
                return Err(Refusal::AboveOwnPermissions.into());
            }
            let taken = Existing::of(change, &places, &addresses).await?;
            let mut plan = Plan { policy: tenant::policy(change.db(), change.access()).await?, ..Plan::default() };
            for email in &addresses {
                plan.add(change, email, &places, &taken)?;
            }
            for (outcome, why) in [
                (InviteOutcome::DomainNotAllowed, Refusal::DomainNotAllowed),
                (InviteOutcome::AboveOwnPermissions, Refusal::AboveOwnPermissions),
            ] {
                if plan.answer.iter().any(|line| line.outcome == outcome) {
                    plan.events.push(Event::Audit(AuditEvent::Refused { why }));
                }
            }
            for rows in plan.rows.chunks(BATCH) {
                invitation::Entity::insert_many(rows.to_vec()).exec_without_returning(change.db()).await?;
            }
            change.deliver_all(&plan.letters).await?;
            Ok((plan.answer, plan.events))
        })
        .await
}

/// Counts what is to be sent.
///
/// # Errors
/// [`Problem::TooMany`] by inviter and by organisation; [`Problem::Invalid`] for more than a new organisation may send
/// in a day.
pub(super) async fn count_letters(access: &Access, letters: i32) -> Result<()> {
    let ctx = access.ctx();
    if ctx.now() < tenant::row(access.readers(), access).await?.created_at + NEW {
        let most = ctx.service().settings.new_organisation_invitations;
        if letters > i32::from(most) {
            return Err(FieldErrors::one("emails", FieldFault::TooManyForNewOrganisation { limit: most }).into());
        }
        let by_new = Throttle { name: "invite-new-organisation", tries: most.into(), within: Duration::from_hours(24) };
        throttle::count_many(ctx, by_new, &access.organisation().to_string(), letters).await?;
    }
    throttle::count_many(ctx, BY_PERSON, &ctx.person()?.to_string(), letters).await?;
    throttle::count_many(ctx, BY_ORGANISATION, &access.organisation().to_string(), letters).await
}

async fn resolve_target(
    change: &Change,
    InviteTarget { account, role }: InviteTarget,
    own: PermissionSet,
) -> Result<ResolvedTarget, Rollback> {
    let access = change.access();
    let row =
        access.in_organisation::<account::Entity>().filter(account::Column::Id.eq(account)).one(change.db()).await?;
    let row = row.ok_or(Problem::NotFound)?;
    let held = change.permissions_in(account, Permission::MemberInvite).await?;
    let grant = granted(change, account, role, own).await?;
    let within_ceiling = grant.permissions.is_subset(held);
    let permissions = if role == Role::Custom { grant.permissions } else { PermissionSet::EMPTY };
    let role_name = grant.role_name;
    Ok(ResolvedTarget { account, account_name: row.name, role, role_name, permissions, within_ceiling })
}

/// Who is a member or invited already, by account and address.
struct Existing {
    members: HashSet<(AccountId, String)>,
    invited: HashSet<(AccountId, String)>,
}

impl Existing {
    async fn of(change: &Change, places: &[ResolvedTarget], addresses: &[String]) -> Result<Self> {
        let (db, access) = (change.db(), change.access());
        let accounts: Vec<AccountId> = places.iter().map(|place| place.account).collect();
        let addresses: Vec<&String> = addresses.iter().filter(|address| is_address(address)).collect();
        let members = access
            .in_organisation::<membership::Entity>()
            .join(JoinType::InnerJoin, joins::member_to_user())
            .filter(membership::Column::AccountId.is_in(accounts.clone()))
            .filter(user::Column::Email.is_in(addresses.clone()))
            .select_only()
            .column(membership::Column::AccountId)
            .column(user::Column::Email)
            .into_tuple()
            .all(db)
            .await?;
        let invited = joins::pending_invitations(access.in_organisation(), access.ctx().now())
            .filter(invitation::Column::AccountId.is_in(accounts))
            .filter(invitation::Column::Email.is_in(addresses))
            .select_only()
            .column(invitation::Column::AccountId)
            .column(invitation::Column::Email)
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self { members: members.into_iter().collect(), invited: invited.into_iter().collect() })
    }

    fn outcome(&self, policy: &Policy, place: &ResolvedTarget, email: &str) -> InviteOutcome {
        let key = (place.account, email.to_owned());
        if !is_address(email) {
            InviteOutcome::Malformed
        } else if self.members.contains(&key) {
            InviteOutcome::AlreadyMember
        } else if self.invited.contains(&key) {
            InviteOutcome::AlreadyInvited
        } else if policy.admits(email).is_err() {
            InviteOutcome::DomainNotAllowed
        } else if place.within_ceiling {
            InviteOutcome::Invited
        } else {
            InviteOutcome::AboveOwnPermissions
        }
    }
}

/// What is to be written for everybody.
#[derive(Default)]
struct Plan {
    policy: Policy,
    rows: Vec<invitation::ActiveModel>,
    letters: Vec<Message>,
    events: Vec<Event>,
    answer: Vec<InviteResult>,
}

impl Plan {
    /// One address, in all places. Its invitations share a letter.
    fn add(&mut self, change: &Change, email: &str, places: &[ResolvedTarget], taken: &Existing) -> Result<()> {
        let access = change.access();
        let (ctx, now) = (access.ctx(), access.ctx().now());
        let mut first: Option<InvitationId> = None;
        for place in places {
            let outcome = taken.outcome(&self.policy, place, email);
            let (account, account_name) = (place.account, place.account_name.clone());
            self.answer.push(InviteResult { email: email.to_owned(), account, account_name, outcome });
            if outcome != InviteOutcome::Invited {
                continue;
            }
            let id = InvitationId(ctx.new_id()?);
            self.rows.push(invitation::ActiveModel {
                id: Set(id),
                organisation_id: Set(access.organisation()),
                account_id: Set(place.account),
                email: Set(email.to_owned()),
                role: Set(place.role),
                permissions: Set(place.permissions),
                invited_by: Set(access.user()),
                api_key_id: Set(access.key()),
                sent_with: Set(first),
                created_at: Set(now),
                sent_at: Set(now),
                expires_at: Set(now + self.policy.invitation_lifetime()),
                accepted_at: Set(None),
                revoked_at: Set(None),
                undeliverable_at: Set(None),
            });
            self.events.push(Event::People(PeopleEvent::MemberInvited {
                invitation: id,
                role: place.role_name.clone(),
                permissions: (!place.permissions.is_empty()).then_some(place.permissions),
            }));
            if first.is_none() {
                first = Some(id);
                self.letters.push(Message::Invitation(id));
            }
        }
        Ok(())
    }
}
