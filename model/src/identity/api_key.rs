//! API keys: what a program shows in the place of a person's sign-in.

use crate::{
    AccountId, Cursor, FieldErrors, FieldFault, Form, GrantPath, MemberId, Moment, Permission, PermissionChange,
    PermissionSet, Refusal, Role, Unused, UserId, limit,
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

id! { ApiKeyId }

/// A key as the list shows it. The secret itself is shown once, to whoever made it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApiKey {
    pub id: ApiKeyId,
    pub name: String,
    /// How the secret begins, so that it is known again where it is used.
    pub begins: String,
    pub account: AccountId,
    pub account_name: String,
    /// Who made it: it may never do what they may not.
    pub creator: String,
    pub creator_id: UserId,
    /// What it was given.
    pub permissions: PermissionSet,
    pub state: KeyState,
    pub created: Moment,
    /// To the minute.
    pub last_used: Option<Moment>,
    pub expires: Option<Moment>,
}

/// Whether a key opens anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    Live,
    Expired,
    Revoked,
    /// Whoever made it is suspended, or a member no more.
    CreatorInactive,
}

impl KeyState {
    pub const ALL: [Self; 4] = [Self::Live, Self::Expired, Self::Revoked, Self::CreatorInactive];

    /// Its name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::CreatorInactive => "without_maker",
        }
    }
}

/// The text names no state of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownKeyState;

impl fmt::Display for UnknownKeyState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such state of a key")
    }
}

impl FromStr for KeyState {
    type Err = UnknownKeyState;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(UnknownKeyState)
    }
}

/// Which keys a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct ApiKeyFilter {
    /// Part of a key's name, or how its secret begins.
    pub search: String,
    pub state: Option<KeyState>,
    pub cursor: Option<Cursor>,
}

/// One key with everything its drawer needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApiKeyDetails {
    pub key: ApiKey,
    /// What it was given.
    pub permissions: PermissionSet,
    /// What of it its creator holds now, which is all that it may do; for those who may see the members.
    pub effective: Option<PermissionSet>,
    /// What the reader may do with it, or why not.
    pub update: Result<(), Refusal>,
    pub rotate: Result<(), Refusal>,
    pub revoke: Result<(), Refusal>,
    /// What the reader holds here: nobody gives or takes more.
    pub ceiling: PermissionSet,
    /// What can be held in the key's account at all.
    pub reach: PermissionSet,
    /// Open invitations sent through it, that can no longer be accepted without it.
    pub invitations: u64,
}

/// What a new key begins with by the policy, for whoever makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewKeyStart {
    pub permissions: PermissionSet,
    /// All that its creator may: more than most programs need.
    pub is_all: bool,
}

/// Makes a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyForm {
    pub name: String,
    /// What it may do, as far as its creator may. A word that is no node of the tree is an error: what is mistyped
    /// would be missed only when the key is used.
    #[serde(deserialize_with = "PermissionSet::deserialize_known")]
    pub permissions: PermissionSet,
    /// 0 for until it is revoked; otherwise one of [`KEY_DAYS`].
    #[serde(default)]
    pub days: u16,
    /// A role to copy in the place of `permissions`, as far as its creator may; the owner's stands for all that they may.
    #[serde(default)]
    pub like: Option<Role>,
}

/// For how many days a key may be made; 0 for until it is revoked.
pub const KEY_DAYS: [u16; 4] = [0, 30, 90, 365];

impl Form for ApiKeyForm {
    fn check(&mut self, errors: &mut FieldErrors) {
        errors.required("name", &mut self.name, limit::NAME);
        if !KEY_DAYS.contains(&self.days) {
            errors.add("days", FieldFault::NotOffered);
        }
    }
}

/// A key with its secret, which is told this one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApiKey {
    pub id: ApiKeyId,
    pub name: String,
    pub secret: String,
}

/// What a change of a key's permissions did, said in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKeyUpdated {
    pub permissions: PermissionSet,
    pub change: PermissionChange,
}

/// A key as it sees itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKey {
    pub id: ApiKeyId,
    pub name: String,
    /// It works here and in the accounts below.
    pub account: AccountId,
    /// What it may do here now.
    pub permissions: PermissionSet,
}

/// A key that holds a permission in an account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyHolder {
    pub id: ApiKeyId,
    pub name: String,
    pub creator: String,
    /// The key's account, for those who may see the members there.
    pub account_name: Option<String>,
    /// From an account above.
    pub inherited: bool,
    /// The ways by which its creator holds it.
    pub chains: Vec<GrantPath>,
}

/// What one key may do in an account, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAccess {
    pub id: ApiKeyId,
    pub name: String,
    pub creator: String,
    /// A membership of its creator that reaches here, if there is one.
    pub member: Option<MemberId>,
    pub state: KeyState,
    pub account_name: String,
    /// What it was given.
    pub given: PermissionSet,
    /// What it may do here: what it was given, as far as its creator holds it.
    pub held: PermissionSet,
    /// What can be held here at all.
    pub reach: PermissionSet,
    /// Every way of its creator, with what that gives.
    pub chains: Vec<(GrantPath, PermissionSet)>,
    /// Whether the reader could change the key, or why not.
    pub update: Result<(), Refusal>,
    /// The key belongs to an account above, and is changed there.
    pub is_above: bool,
    /// For those who may read the data access log.
    pub unused: Option<Unused>,
}

impl KeyAccess {
    /// The ways by which the key's creator holds a permission.
    pub fn ways(&self, permission: Permission) -> impl Iterator<Item = &GrantPath> {
        self.chains.iter().filter(move |(_, gives)| gives.contains(permission)).map(|(chain, _)| chain)
    }

    /// Why the key may not do it.
    pub fn lack(&self, permission: Permission) -> KeyLack {
        match self.state {
            KeyState::Live if !self.reach.contains(permission) => KeyLack::TopLevelOnly,
            KeyState::Live if self.given.contains(permission) => {
                KeyLack::NotOfCreator { creator: self.creator.clone() }
            }
            KeyState::Live => KeyLack::NotGiven,
            KeyState::Expired => KeyLack::Expired,
            KeyState::Revoked => KeyLack::Revoked,
            KeyState::CreatorInactive => KeyLack::CreatorInactive { creator: self.creator.clone() },
        }
    }
}

/// Why a key may not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyLack {
    Expired,
    Revoked,
    CreatorInactive { creator: String },
    TopLevelOnly,
    NotOfCreator { creator: String },
    NotGiven,
}
