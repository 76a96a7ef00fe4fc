//! What should be so, in plain words: a tree, who is where as what, which keys they made, and nothing else.

use model::{Permission, PermissionSet, Refusal, Role};
use std::collections::BTreeMap;

/// Positions in the lists of the run stand for people and accounts.
pub type Who = usize;
pub type Where = usize;

#[derive(Clone, Debug)]
pub struct Membership {
    pub role: Role,
    pub own: PermissionSet,
    pub suspended: bool,
}

#[derive(Clone, Debug)]
pub struct Key {
    pub creator: Who,
    pub place: Where,
    pub given: PermissionSet,
    pub revoked: bool,
}

/// The reference: the owner and whom they offer it to, the tree and the memberships.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub owner: Who,
    /// The account above, for each account; the first has none.
    pub above: Vec<Option<Where>>,
    pub members: BTreeMap<(Who, Where), Membership>,
    /// Those that are pending, with who sent them: somebody, or a key.
    pub invitations: BTreeMap<(Who, Where), (Role, Who)>,
    /// To whom the owner offers the organisation.
    pub offer: Option<Who>,
    pub people: usize,
    /// Their positions go on after those of the people.
    pub keys: Vec<Key>,
}

/// What an act should be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Done,
    Refused(Refusal),
    NotFound,
    Conflict,
    /// The form names what cannot be.
    Invalid,
}

impl World {
    fn path(&self, account: Where) -> Vec<Where> {
        let mut path = vec![account];
        while let Some(above) = self.above[path[path.len() - 1]] {
            path.push(above);
        }
        path
    }

    /// What somebody may do in an account; `None` if it is not open to them at all.
    pub fn rights(&self, who: Who, account: Where) -> Option<Result<PermissionSet, Refusal>> {
        if let Some(key) = self.key(who) {
            return self.rights_of_key(key, account);
        }
        if who == self.owner {
            return Some(Ok(PermissionSet::ALL));
        }
        let here: Vec<_> = self
            .path(account)
            .into_iter()
            .filter_map(|place| Some((place, self.members.get(&(who, place))?)))
            .collect();
        if here.is_empty() {
            return None;
        }
        let active: Vec<_> = here.into_iter().filter(|(_, membership)| !membership.suspended).collect();
        if active.is_empty() {
            return Some(Err(Refusal::Suspended));
        }
        let held = |(place, membership): &(Where, &Membership)| self.held(*place, membership);
        Some(Ok(active.iter().map(held).fold(PermissionSet::EMPTY, PermissionSet::union)))
    }

    fn key(&self, who: Who) -> Option<&Key> {
        who.checked_sub(self.people).map(|key| &self.keys[key])
    }

    /// Who answers for what is done.
    fn person(&self, who: Who) -> Who {
        self.key(who).map_or(who, |key| key.creator)
    }

    fn rights_of_key(&self, key: &Key, account: Where) -> Option<Result<PermissionSet, Refusal>> {
        if !self.path(account).contains(&key.place) {
            return None;
        }
        Some(match self.rights(key.creator, account) {
            _ if key.revoked => Err(Refusal::KeyRevoked),
            None | Some(Err(_)) => Err(Refusal::KeyCreatorInactive),
            Some(Ok(held)) => Ok(key.given.intersection(self.reach(key.place)).intersection(held)),
        })
    }

    fn reach(&self, place: Where) -> PermissionSet {
        PermissionSet::reach(self.above[place].is_none())
    }

    pub fn make_key(&mut self, actor: Who, place: Where, given: PermissionSet) -> Verdict {
        let held = match self.demand(actor, place, Permission::ApiKeyCreate) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        if self.key(actor).is_some() {
            return Verdict::Refused(Refusal::PeopleOnly);
        }
        let given = given.intersection(self.reach(place));
        if !given.is_subset(held) {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        self.keys.push(Key { creator: actor, place, given, revoked: false });
        Verdict::Done
    }

    /// What the actor holds where a key that still lives belongs.
    fn target_key(&self, actor: Who, key: usize, permission: Permission) -> Result<PermissionSet, Verdict> {
        let held = self.demand(actor, self.keys[key].place, permission)?;
        if self.keys[key].revoked { Err(Verdict::Conflict) } else { Ok(held) }
    }

    pub fn switch_key(&mut self, actor: Who, key: usize, permission: Permission, on: bool) -> Verdict {
        let held = match self.target_key(actor, key, Permission::ApiKeyUpdate) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        if self.key(actor).is_some() {
            return Verdict::Refused(Refusal::PeopleOnly);
        }
        if !held.intersection(self.reach(self.keys[key].place)).contains(permission) {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        let (one, given) = (PermissionSet::EMPTY.with(permission), self.keys[key].given);
        self.keys[key].given = if on { given.union(one) } else { given.without(one) };
        Verdict::Done
    }

    pub fn revoke_key(&mut self, actor: Who, key: usize) -> Verdict {
        if let Err(verdict) = self.target_key(actor, key, Permission::ApiKeyRevoke) {
            return verdict;
        }
        self.keys[key].revoked = true;
        Verdict::Done
    }

    fn held(&self, place: Where, membership: &Membership) -> PermissionSet {
        let all = membership.role.permissions(membership.own);
        if self.above[place].is_none() { all } else { all.intersection(PermissionSet::reach(false)) }
    }

    pub fn demand(&self, who: Who, account: Where, permission: Permission) -> Result<PermissionSet, Verdict> {
        match self.rights(who, account) {
            None => Err(Verdict::NotFound),
            Some(Err(refusal)) => Err(Verdict::Refused(refusal)),
            Some(Ok(held)) if held.contains(permission) => Ok(held),
            Some(Ok(_)) => Err(Verdict::Refused(Refusal::Permission(permission))),
        }
    }

    /// Whether `actor` may touch this membership.
    fn touchable(&self, actor: Who, who: Who, role: Role) -> Result<(), Verdict> {
        if who == self.owner {
            Err(Verdict::Refused(Refusal::Owner))
        } else if who == self.person(actor) {
            Err(Verdict::Refused(Refusal::Oneself))
        } else if role == Role::Admin && actor != self.owner {
            Err(Verdict::Refused(Refusal::AdminByOwnerOnly))
        } else {
            Ok(())
        }
    }

    /// The membership that an act is about, as `actor` reaches it from its own account.
    fn target(&self, actor: Who, (who, place): (Who, Where), permission: Permission) -> Result<PermissionSet, Verdict> {
        let held = self.demand(actor, place, permission)?;
        let membership = self.members.get(&(who, place)).ok_or(Verdict::NotFound)?;
        self.touchable(actor, who, membership.role)?;
        Ok(held)
    }

    pub fn set_role(&mut self, actor: Who, at: (Who, Where), role: Role) -> Verdict {
        let held = match self.target(actor, at, Permission::MemberUpdate) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        let membership = &self.members[&at];
        let before = self.held(at.1, membership);
        let after = Membership { role, own: before, ..membership.clone() };
        if !before.difference(self.held(at.1, &after)).is_subset(held) {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        let own = if role == Role::Custom { before } else { PermissionSet::EMPTY };
        self.members.insert(at, Membership { own, ..after });
        Verdict::Done
    }

    pub fn switch(&mut self, actor: Who, at: (Who, Where), permission: Permission, on: bool) -> Verdict {
        let held = match self.target(actor, at, Permission::MemberUpdate) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        let effective = self.above[at.1].is_none() || !permission.is_of_organisation();
        if !held.contains(permission) || !effective {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        let before = self.held(at.1, &self.members[&at]);
        let one = PermissionSet::EMPTY.with(permission);
        let own = if on { before.union(one) } else { before.without(one) };
        if let Some(membership) = self.members.get_mut(&at) {
            *membership = Membership { role: Role::Custom, own, suspended: membership.suspended };
        }
        Verdict::Done
    }

    pub fn suspend(&mut self, actor: Who, at: (Who, Where), suspended: bool) -> Verdict {
        if let Err(verdict) = self.target(actor, at, Permission::MemberSuspend) {
            return verdict;
        }
        self.members.entry(at).and_modify(|membership| membership.suspended = suspended);
        Verdict::Done
    }

    pub fn remove(&mut self, actor: Who, at: (Who, Where)) -> Verdict {
        if let Err(verdict) = self.target(actor, at, Permission::MemberRemove) {
            return verdict;
        }
        self.members.remove(&at);
        Verdict::Done
    }

    /// Who is there already, or invited, stays so.
    pub fn invite(&mut self, actor: Who, at: (Who, Where), role: Role) -> Verdict {
        let held = match self.demand(actor, at.1, Permission::MemberInvite) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        let new = Membership { role, own: PermissionSet::EMPTY, suspended: false };
        if !self.held(at.1, &new).is_subset(held) {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        if !self.members.contains_key(&at) {
            self.invitations.entry(at).or_insert((role, actor));
        }
        Verdict::Done
    }

    /// An invitation that is accepted at once.
    pub fn join(&mut self, actor: Who, at: (Who, Where), role: Role) -> Verdict {
        let waits = self.invitations.contains_key(&at);
        let verdict = self.invite(actor, at, role);
        if verdict == Verdict::Done && !waits && self.invitations.contains_key(&at) {
            return self.take_up(at);
        }
        verdict
    }

    /// Whoever is invited accepts, as long as the inviter could still send it.
    pub fn take_up(&mut self, at: (Who, Where)) -> Verdict {
        let Some((role, sender)) = self.invitations.get(&at).copied() else { return Verdict::NotFound };
        let new = Membership { role, own: PermissionSet::EMPTY, suspended: false };
        let held = self.rights(sender, at.1).and_then(Result::ok).unwrap_or(PermissionSet::EMPTY);
        if !held.contains(Permission::MemberInvite) || !self.held(at.1, &new).is_subset(held) {
            return Verdict::Refused(Refusal::InvitationVoid);
        }
        self.invitations.remove(&at);
        self.members.entry(at).or_insert(Membership { role, own: PermissionSet::EMPTY, suspended: false });
        Verdict::Done
    }

    pub fn withdraw_invitation(&mut self, actor: Who, at: (Who, Where)) -> Verdict {
        if let Err(verdict) = self.demand(actor, at.1, Permission::MemberInvite) {
            return verdict;
        }
        if self.invitations.remove(&at).is_some() { Verdict::Done } else { Verdict::NotFound }
    }

    pub fn move_below(&mut self, actor: Who, account: Where, parent: Where) -> Verdict {
        if let Err(verdict) = self.demand(actor, parent, Permission::AccountCreate) {
            return verdict;
        }
        let held = match self.demand(actor, account, Permission::AccountUpdate) {
            Ok(held) => held,
            Err(verdict) => return verdict,
        };
        let deepest = (0..self.above.len()).filter(|place| self.path(*place).contains(&account));
        let below = deepest.map(|place| self.path(place).len() - self.path(account).len()).max().unwrap_or(0);
        let too_deep = self.path(parent).len() + below > usize::from(model::limit::DEPTH);
        if self.above[account].is_none() || self.path(parent).contains(&account) || too_deep {
            return Verdict::Conflict;
        }
        let before = self.path(account);
        let new: Vec<Where> = self.path(parent).into_iter().filter(|place| !before.contains(place)).collect();
        let gains = |((who, place), membership): (&(Who, Where), &Membership)| {
            // Whoever is suspended may be restored.
            let reaches = new.contains(place) && *who != self.owner;
            reaches.then(|| self.held(*place, membership).intersection(PermissionSet::reach(false)))
        };
        let key_gains = |key: &Key| {
            let reaches = new.contains(&key.place) && !key.revoked;
            reaches.then(|| key.given.intersection(PermissionSet::reach(false)))
        };
        let waits = |((_, place), (role, _)): (&(Who, Where), &(Role, Who))| {
            let new_member = Membership { role: *role, own: PermissionSet::EMPTY, suspended: false };
            let reaches = new.contains(place);
            reaches.then(|| self.held(*place, &new_member).intersection(PermissionSet::reach(false)))
        };
        let of_members = self.members.iter().filter_map(gains).chain(self.invitations.iter().filter_map(waits));
        let mut gained = of_members.chain(self.keys.iter().filter_map(key_gains));
        if !gained.all(|gained| gained.is_subset(held)) {
            return Verdict::Refused(Refusal::AboveOwnPermissions);
        }
        self.above[account] = Some(parent);
        Verdict::Done
    }

    /// What every member may do, who is not suspended.
    fn enter(&self, who: Who, account: Where) -> Result<(), Verdict> {
        match self.rights(who, account) {
            None => Err(Verdict::NotFound),
            Some(Err(refusal)) => Err(Verdict::Refused(refusal)),
            Some(Ok(_)) => Ok(()),
        }
    }

    fn enter_as_owner(&self, who: Who, account: Where) -> Result<(), Verdict> {
        self.enter(who, account)?;
        if who == self.owner { Ok(()) } else { Err(Verdict::Refused(Refusal::OwnerOnly)) }
    }

    /// Whether somebody can own it next: an Admin of the first account.
    fn is_candidate(&self, who: Who) -> bool {
        let admin = |member: &Membership| member.role == Role::Admin && !member.suspended;
        who != self.owner && self.members.get(&(who, 0)).is_some_and(admin)
    }

    pub fn offer(&mut self, actor: Who, (who, place): (Who, Where)) -> Verdict {
        if let Err(verdict) = self.enter_as_owner(actor, place) {
            return verdict;
        }
        if place != 0 || !self.is_candidate(who) {
            return Verdict::Invalid;
        }
        self.offer = Some(who);
        Verdict::Done
    }

    pub fn withdraw(&mut self, actor: Who, place: Where) -> Verdict {
        if let Err(verdict) = self.enter_as_owner(actor, place) {
            return verdict;
        }
        if self.offer.take().is_some() { Verdict::Done } else { Verdict::NotFound }
    }

    pub fn decline(&mut self, actor: Who, place: Where) -> Verdict {
        if let Err(verdict) = self.enter(actor, place) {
            return verdict;
        }
        if self.offer != Some(actor) {
            return Verdict::NotFound;
        }
        self.offer = None;
        Verdict::Done
    }

    /// Whoever owned it stays as the Admin that they are in the first account.
    pub fn accept(&mut self, actor: Who, place: Where) -> Verdict {
        if let Err(verdict) = self.enter(actor, place) {
            return verdict;
        }
        if self.offer != Some(actor) {
            return Verdict::NotFound;
        }
        if !self.is_candidate(actor) {
            return Verdict::Conflict;
        }
        self.offer = None;
        self.owner = actor;
        Verdict::Done
    }
}
