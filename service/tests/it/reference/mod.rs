//! Long random histories, against a reference that anybody can read: what everyone may do everywhere
//! is the same after every step, and so is every answer.

mod world;

use crate::support::{App, Kind, PASSWORD, Person, accept_form, on_both_databases};
use model::{
    AcceptInvitation, AccountId, ApiKeyForm, ApiKeyId, InvitationId, InviteMembers, InviteOutcome, MemberFilter,
    MemberId, OfferOwnership, Password, Permission, PermissionSet, Problem, Role,
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use service::{Context, account, api_key, explorer, invitation, member, organisation, ownership};
use std::collections::BTreeSet;
use world::{Verdict, Where, Who, World};

on_both_databases!(a_hundred_thousand_decisions, a_history_of_its_own);

const PEOPLE: usize = 6;
const ACCOUNTS: usize = 6;
const STEPS: usize = 250;
/// After so many steps each the explorer is asked as well.
const EXPLAINED: usize = 100;

#[derive(Clone, Debug)]
enum Act {
    /// Invited, and accepted at once.
    Join(Role),
    Invite(Role),
    TakeUp,
    WithdrawInvitation,
    SetRole(Role),
    Switch(Permission, bool),
    Suspend(bool),
    Remove,
    Move(Where),
    Offer,
    Withdraw,
    Decline,
    Accept,
    MakeKey(PermissionSet),
    /// The keys that there are, counted round and round.
    SwitchKey(usize, Permission, bool),
    RevokeKey(usize),
}

/// Who acts, as far as that depends on what happened before.
#[derive(Clone, Copy, Debug)]
enum Actor {
    Owner,
    /// Whoever the organisation is offered to.
    Offered,
    /// Whom the act is about.
    Target,
    Anybody(Who),
    /// Of the keys that there are.
    Key(usize),
}

#[derive(Clone, Debug)]
struct Step {
    actor: Actor,
    target: (Who, Where),
    act: Act,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let role = prop::sample::select(&Role::ASSIGNABLE[..]);
    let permission = prop::sample::select(Permission::ALL);
    let act = prop_oneof![
        4 => role.clone().prop_map(Act::Join),
        3 => role.clone().prop_map(Act::SetRole),
        5 => (permission, any::<bool>()).prop_map(|(permission, on)| Act::Switch(permission, on)),
        2 => any::<bool>().prop_map(Act::Suspend),
        1 => Just(Act::Remove),
        2 => (0..ACCOUNTS).prop_map(Act::Move),
    ];
    let (key, given) = (0..100_usize, prop::sample::subsequence(Permission::ALL.to_vec(), 0..Permission::ALL.len()));
    let permission = prop::sample::select(Permission::ALL);
    let of_keys = prop_oneof![
        3 => given.prop_map(|given| Act::MakeKey(given.into_iter().collect())),
        3 => Just(Act::MakeKey(PermissionSet::ALL)),
        4 => (key.clone(), permission, any::<bool>()).prop_map(|(key, permission, on)| Act::SwitchKey(key, permission, on)),
        1 => key.clone().prop_map(Act::RevokeKey),
    ];
    // The owner acts often: otherwise little would be allowed.
    let anybody = (0..PEOPLE).prop_map(Actor::Anybody);
    let actor = prop_oneof![1 => Just(Actor::Owner), 2 => anybody.clone()];
    let target = (0..PEOPLE, 0..ACCOUNTS);
    let step = (actor, target.clone(), act.clone()).prop_map(|(actor, target, act)| Step { actor, target, act });
    let program = key.prop_map(Actor::Key);
    let by = prop_oneof![4 => Just(Actor::Owner), 1 => anybody.clone(), 1 => program.clone()];
    let mostly_root = (0..PEOPLE, prop_oneof![2 => Just(0), 1 => 0..ACCOUNTS]);
    let of_keys = (by, mostly_root.clone(), of_keys).prop_map(|(actor, target, act)| Step { actor, target, act });
    let by_keys = (program, mostly_root, act).prop_map(|(actor, target, act)| Step { actor, target, act });
    // An Admin at the root is rare by chance, and so is an answer by the one who may give it.
    let at_root = (0..PEOPLE).prop_map(|who| (who, 0));
    let promote = prop_oneof![Just(Act::Join(Role::Admin)), Just(Act::SetRole(Role::Admin)), Just(Act::Offer)];
    let promote = (Just(Actor::Owner), at_root.clone(), promote);
    let answer = prop_oneof![3 => Just(Act::Accept), 1 => Just(Act::Decline), 1 => Just(Act::Withdraw)];
    let by = prop_oneof![3 => Just(Actor::Offered), 1 => Just(Actor::Owner), 1 => anybody.clone()];
    let answer = (by, target, answer);
    // Around an open offer: what becomes of the one it is made to.
    let around = prop_oneof![any::<bool>().prop_map(Act::Suspend), Just(Act::Remove), Just(Act::SetRole(Role::Viewer))];
    let around = (Just(Actor::Owner), at_root, around);
    let of_ownership = prop_oneof![4 => promote, 3 => answer, 1 => around];
    let of_ownership = of_ownership.prop_map(|(actor, target, act)| Step { actor, target, act });
    // Few places, so that what is invited is also taken up.
    let near = (1..PEOPLE, 0..3_usize);
    let invite = (Just(Actor::Owner), near.clone(), role.prop_map(Act::Invite));
    let take_up = (Just(Actor::Target), near.clone(), Just(Act::TakeUp));
    let withdraw = (prop_oneof![Just(Actor::Owner), anybody], near, Just(Act::WithdrawInvitation));
    let of_invitations = prop_oneof![4 => invite, 4 => take_up, 1 => withdraw];
    let of_invitations = of_invitations.prop_map(|(actor, target, act)| Step { actor, target, act });
    let any = prop_oneof![5 => step, 5 => of_keys, 6 => by_keys, 7 => of_ownership, 4 => of_invitations];
    prop::collection::vec(any, STEPS)
}

/// The installation beside the reference.
struct Run {
    app: App,
    people: Vec<Person>,
    accounts: Vec<AccountId>,
    /// Of the accounts.
    names: Vec<String>,
    keys: Vec<(ApiKeyId, Context)>,
    /// Acts of keys that were carried out.
    by_keys: usize,
    /// Invitations that were accepted some time after they were made.
    taken_up: usize,
    /// One after the other.
    owners: Vec<Who>,
    decisions: usize,
    world: World,
}

impl Run {
    async fn new(on: Kind) -> Self {
        let app = App::new(on).await;
        let mut people = vec![app.owner()];
        while people.len() < PEOPLE {
            // From elsewhere: members of nothing here.
            people.push(app.stranger().await);
        }
        let mut accounts = vec![app.account];
        let (mut above, mut names) = (vec![None], vec!["Acme".to_owned()]);
        while accounts.len() < ACCOUNTS {
            let parent = accounts.len() / 2;
            names.push(format!("Account {}", accounts.len()));
            accounts.push(app.account_below(accounts[parent], &names[accounts.len()]).await);
            above.push(Some(parent));
        }
        let mut world = World { owner: 0, above, people: PEOPLE, ..World::default() };
        let owner = world::Membership { role: Role::Admin, own: PermissionSet::EMPTY, suspended: false };
        world.members.insert((0, 0), owner);
        Self {
            app,
            people,
            accounts,
            names,
            keys: Vec::new(),
            by_keys: 0,
            taken_up: 0,
            owners: vec![0],
            decisions: 0,
            world,
        }
    }

    async fn take(&mut self, step: &Step) {
        let Step { actor, target, act } = step.clone();
        let actor = match actor {
            Actor::Owner => self.world.owner,
            Actor::Offered => self.world.offer.unwrap_or(0),
            Actor::Target => target.0,
            Actor::Anybody(who) => who,
            Actor::Key(_) if self.keys.is_empty() => self.world.owner,
            Actor::Key(key) => PEOPLE + key % self.keys.len(),
        };
        let nth = |key: usize| key % self.keys.len();
        if self.keys.is_empty() && matches!(act, Act::SwitchKey(..) | Act::RevokeKey(_)) {
            return;
        }
        let (member, invitation) = (self.member(target).await, self.invitation(target).await);
        let expected = match act.clone() {
            Act::Join(role) => self.world.join(actor, target, role),
            Act::Invite(role) => self.world.invite(actor, target, role),
            Act::TakeUp => self.world.take_up(target),
            Act::WithdrawInvitation => self.world.withdraw_invitation(actor, target),
            Act::SetRole(role) => self.world.set_role(actor, target, role),
            Act::Switch(permission, on) => self.world.switch(actor, target, permission, on),
            Act::Suspend(on) => self.world.suspend(actor, target, on),
            Act::Remove => self.world.remove(actor, target),
            Act::Move(parent) => self.world.move_below(actor, target.1, parent),
            Act::Offer => self.world.offer(actor, target),
            Act::Withdraw => self.world.withdraw(actor, target.1),
            Act::Decline => self.world.decline(actor, target.1),
            Act::Accept => self.world.accept(actor, target.1),
            Act::MakeKey(given) => self.world.make_key(actor, target.1, given),
            Act::SwitchKey(key, permission, on) => self.world.switch_key(actor, nth(key), permission, on),
            Act::RevokeKey(key) => self.world.revoke_key(actor, nth(key)),
        };
        let ctx = self.context(actor);
        let here = self.accounts[target.1];
        let answer = match act {
            Act::Join(role) => self.join(&ctx, target, role).await,
            Act::Invite(role) => self.invite(&ctx, target, role).await.map(drop),
            Act::TakeUp => invitation::accept_own(&ctx, invitation).await.map(drop),
            Act::WithdrawInvitation => invitation::revoke(&ctx, here, invitation).await.map(drop),
            Act::SetRole(role) => member::set_role(&ctx, here, member, role).await.map(drop),
            Act::Switch(permission, on) => {
                member::switch_permission(&ctx, here, member, permission.path(), on).await.map(drop)
            }
            Act::Suspend(true) => member::suspend(&ctx, here, member).await,
            Act::Suspend(false) => member::restore(&ctx, here, member).await,
            Act::Remove => member::remove(&ctx, here, member).await,
            Act::Move(parent) => account::move_below(&ctx, here, self.accounts[parent]).await,
            Act::Offer => {
                let form = OfferOwnership { member };
                ownership::offer(&ctx, here, form).await
            }
            Act::Withdraw => ownership::withdraw(&ctx, here).await,
            Act::Decline => ownership::decline(&ctx, here).await,
            Act::Accept => ownership::accept(&ctx, here).await,
            Act::MakeKey(given) => self.make_key(&ctx, here, given).await,
            Act::SwitchKey(key, permission, on) => {
                let (place, id) = (self.world.keys[nth(key)].place, self.keys[nth(key)].0);
                api_key::switch_permission(&ctx, self.accounts[place], id, permission.path(), on).await.map(drop)
            }
            Act::RevokeKey(key) => {
                let (place, id) = (self.world.keys[nth(key)].place, self.keys[nth(key)].0);
                api_key::revoke(&ctx, self.accounts[place], id).await
            }
        };
        self.by_keys += usize::from(actor >= PEOPLE && answer.is_ok());
        self.taken_up += usize::from(matches!(step.act, Act::TakeUp) && answer.is_ok());
        assert_eq!(verdict(answer), expected, "{step:?}");
    }

    fn context(&self, who: Who) -> Context {
        match who.checked_sub(PEOPLE) {
            Some(key) => self.keys[key].1.clone(),
            None => self.people[who].ctx.clone(),
        }
    }

    async fn make_key(&mut self, ctx: &Context, account: AccountId, permissions: PermissionSet) -> service::Result<()> {
        let form = ApiKeyForm { name: "A program".to_owned(), permissions, days: 0, like: None };
        let minted = api_key::create(ctx, account, form).await?;
        self.keys.push((minted.id, self.app.with_key(&minted.secret).await.unwrap()));
        Ok(())
    }

    /// The id of a membership; of none, where there is none.
    async fn member(&self, (who, place): (Who, Where)) -> MemberId {
        let filter = MemberFilter { search: self.people[who].email.clone(), ..MemberFilter::default() };
        let found = member::list(&self.people[self.world.owner].ctx, self.accounts[place], filter).await.unwrap();
        let row = found.rows.iter().find(|row| row.account == self.accounts[place]);
        row.map_or(MemberId(uuid::Uuid::nil()), |row| row.id)
    }

    /// The id of a pending invitation; of none, where there is none.
    async fn invitation(&self, (who, place): (Who, Where)) -> InvitationId {
        let own = invitation::list_own(&self.people[who].ctx).await.unwrap();
        let here = own.iter().find(|own| own.account_name == self.names[place]);
        here.map_or(InvitationId(uuid::Uuid::nil()), |own| own.id)
    }

    async fn invite(&self, ctx: &Context, at: (Who, Where), role: Role) -> service::Result<InviteOutcome> {
        let form =
            InviteMembers { emails: self.people[at.0].email.clone(), role, also: Vec::new(), permissions: "".into() };
        let outcome = invitation::invite(ctx, self.accounts[at.1], form).await?[0].outcome;
        self.app.deliver().await;
        Ok(outcome)
    }

    async fn join(&self, ctx: &Context, at: (Who, Where), role: Role) -> service::Result<()> {
        if self.invite(ctx, at, role).await? == InviteOutcome::Invited {
            let secret = self.app.secrets(&self.people[at.0].email).into_iter().next().unwrap();
            let form = AcceptInvitation { password: Password::new(PASSWORD), ..accept_form(&secret) };
            invitation::accept(&self.app.anonymous(), form).await?;
        }
        Ok(())
    }

    /// Compares what everyone may do everywhere; gives how many decisions that were.
    async fn compare(&self, step: &Step) -> usize {
        let mut decisions = 0;
        for who in 0..PEOPLE + self.keys.len() {
            let ctx = self.context(who);
            for (place, account) in self.accounts.iter().enumerate() {
                let expected = match self.world.rights(who, place) {
                    None => Err(Problem::NotFound),
                    Some(Err(refusal)) => Err(Problem::Refused(refusal)),
                    Some(Ok(held)) => Ok(held),
                };
                let standing = match organisation::standing(&ctx, *account).await {
                    Ok(standing) => Ok(standing.permissions),
                    Err(service::Error::Problem(problem)) => Err(problem),
                    Err(error) => panic!("{error}"),
                };
                assert_eq!(standing, expected, "person or key {who} in account {place} after {step:?}");
                decisions += Permission::ALL.len();
            }
        }
        decisions
    }

    /// Compares what the explorer says with what a check says, of everyone, everywhere, in everything.
    async fn explain(&self) {
        let owner = &self.people[self.world.owner];
        for (place, account) in self.accounts.iter().enumerate() {
            for permission in Permission::ALL {
                let page = explorer::holders(&owner.ctx, *account, *permission, None).await.unwrap();
                assert_eq!(page.total, page.rows.len() as u64);
                let told: BTreeSet<String> = page.rows.iter().map(|holder| holder.email.clone()).collect();
                let mut passed = BTreeSet::new();
                for person in &self.people {
                    if person.ctx.access(*account, *permission).await.is_ok() {
                        passed.insert(person.email.clone());
                    }
                }
                assert_eq!(told, passed, "{permission} in account {place}");
                let told = explorer::key_holders(&owner.ctx, *account, *permission).await.unwrap();
                let told: BTreeSet<ApiKeyId> = told.into_iter().map(|holder| holder.id).collect();
                let mut passed = BTreeSet::new();
                for (id, ctx) in &self.keys {
                    if ctx.access(*account, *permission).await.is_ok() {
                        passed.insert(*id);
                    }
                }
                assert_eq!(told, passed, "keys: {permission} in account {place}");
            }
        }
        for (number, (id, _)) in self.keys.iter().enumerate() {
            let place = self.world.keys[number].place;
            let told = explorer::get_key(&owner.ctx, self.accounts[place], *id).await.unwrap();
            let held = self.world.rights(PEOPLE + number, place).unwrap().unwrap_or_default();
            assert_eq!(told.held, held, "key {number}");
        }
        for (who, place) in self.world.members.keys() {
            let member = self.member((*who, *place)).await;
            let told = explorer::get(&owner.ctx, self.accounts[*place], member).await.unwrap();
            let held = self.world.rights(*who, *place).unwrap().unwrap_or_default();
            assert_eq!(told.held, held, "person {who} in account {place}");
        }
    }
}

fn verdict(answer: service::Result<()>) -> Verdict {
    match answer {
        Ok(()) => Verdict::Done,
        Err(service::Error::Problem(Problem::Refused(refusal))) => Verdict::Refused(refusal),
        Err(service::Error::Problem(Problem::NotFound)) => Verdict::NotFound,
        Err(service::Error::Problem(Problem::Conflict(_))) => Verdict::Conflict,
        Err(service::Error::Problem(Problem::Invalid(_))) => Verdict::Invalid,
        Err(error) => panic!("{error}"),
    }
}

/// The same history every time, of which one knows what it leads through.
async fn a_hundred_thousand_decisions(on: Kind) {
    let run = live(on, TestRunner::deterministic()).await;
    assert!(run.decisions >= 100_000, "{}", run.decisions);
    assert!(run.keys.len() >= 8 && run.by_keys >= 3, "{} keys, {} acts by them", run.keys.len(), run.by_keys);
    assert!(run.taken_up >= 3, "{} invitations taken up later", run.taken_up);
    assert!(run.owners.len() > 2, "it is handed over more than once: {:?}", run.owners);
}

/// Another history with every run; which one is told when it fails, so that it can be lived again.
#[expect(clippy::disallowed_methods, reason = "the seed of a history that is to be lived again")]
#[expect(clippy::print_stdout, reason = "shown when the test fails")]
async fn a_history_of_its_own(on: Kind) {
    let seed = std::env::var("HISTORY")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or_else(|| u64::from(std::process::id()));
    println!("to live this history again: HISTORY={seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&u64::to_le_bytes(seed));
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    live(on, TestRunner::new_with_rng(Config::default(), rng)).await;
}

async fn live(on: Kind, mut runner: TestRunner) -> Run {
    let history = steps().new_tree(&mut runner).unwrap().current();
    let mut run = Run::new(on).await;
    for (number, step) in history.iter().enumerate() {
        // Whoever is refused too often within a minute is told that instead.
        run.app.move_clock(std::time::Duration::from_mins(1));
        run.take(step).await;
        run.decisions += run.compare(step).await;
        if number % EXPLAINED == EXPLAINED - 1 {
            run.explain().await;
        }
        if run.owners.last() != Some(&run.world.owner) {
            run.owners.push(run.world.owner);
        }
    }
    run
}
