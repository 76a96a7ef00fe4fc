//! The permission tree. Toggles, checks, role pages and tests are all made from this one table:
//! adding a permission is one line here, and one for its words in each language.

use crate::{PermissionSet, Role};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A node of the tree: a parent (its children are the nodes whose path begins with its own and a
/// dot) or a leaf, which carries the [`Permission`] that checks name.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub key: NodeKey,
    /// Dotted: `contact.read.pii`.
    pub path: &'static str,
    /// `None` for a parent.
    pub leaf: Option<Permission>,
    /// The roles below Admin that hold the leaf.
    pub roles: &'static [Role],
}

macro_rules! tree {
    ($($key:ident $path:literal $($leaf:ident [$($role:ident)*])? ;)+) => {
        /// The whole tree, every parent before its children.
        pub const TREE: &[Node] = &[$(
            Node {
                key: NodeKey::$key,
                path: $path,
                leaf: tree!(@leaf $key $($leaf)?),
                roles: &[$($(Role::$role),*)?],
            },
        )+];

        /// A node of the tree, for its label and its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NodeKey { $($key),+ }

        tree!(@permissions [] $($key $path [$($leaf)?])+);
    };
    (@leaf $key:ident) => { None };
    (@leaf $key:ident leaf) => { Some(Permission::$key) };
    (@permissions [$($done:tt)*]) => { tree!(@define $($done)*); };
    (@permissions [$($done:tt)*] $key:ident $path:literal [] $($rest:tt)*) => {
        tree!(@permissions [$($done)*] $($rest)*);
    };
    (@permissions [$($done:tt)*] $key:ident $path:literal [leaf] $($rest:tt)*) => {
        tree!(@permissions [$($done)* ($key $path)] $($rest)*);
    };
    (@define $(($key:ident $path:literal))+) => {
        /// A leaf of the tree: the only thing a check can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Permission { $($key),+ }

        impl Permission {
            /// Every leaf, in the order of the tree.
            pub const ALL: &[Permission] = &[$(Permission::$key),+];

            /// Its dotted name.
            pub const fn path(self) -> &'static str {
                match self { $(Permission::$key => $path),+ }
            }
        }
    };
}

// A leaf names the roles that hold it besides Owner and Admin, who hold everything.
tree! {
    Organisation "organisation";
    OrganisationRead "organisation.read" leaf [Member Viewer];
    OrganisationUpdate "organisation.update" leaf [];
    OrganisationPolicy "organisation.policy" leaf [];
    Account "account";
    AccountRead "account.read" leaf [Member Viewer];
    AccountCreate "account.create" leaf [];
    AccountUpdate "account.update" leaf [];
    AccountDelete "account.delete" leaf [];
    Member "member";
    MemberRead "member.read" leaf [Member Viewer];
    MemberInvite "member.invite" leaf [];
    MemberUpdate "member.update" leaf [];
    MemberSuspend "member.suspend" leaf [];
    MemberRemove "member.remove" leaf [];
    Role "role";
    RoleRead "role.read" leaf [Viewer];
    RoleManage "role.manage" leaf [];
    ApiKey "api_key";
    ApiKeyRead "api_key.read" leaf [];
    ApiKeyCreate "api_key.create" leaf [];
    ApiKeyUpdate "api_key.update" leaf [];
    ApiKeyRevoke "api_key.revoke" leaf [];
    Contact "contact";
    ContactRead "contact.read";
    ContactReadBasic "contact.read.basic" leaf [Member Viewer];
    ContactReadPii "contact.read.pii" leaf [Member];
    ContactCreate "contact.create" leaf [Member];
    ContactUpdate "contact.update";
    ContactUpdateDetails "contact.update.details" leaf [Member];
    ContactUpdateTags "contact.update.tags" leaf [Member];
    ContactUpdateOptOut "contact.update.opt_out" leaf [Member];
    ContactDelete "contact.delete" leaf [];
    ContactImport "contact.import" leaf [];
    ContactExport "contact.export" leaf [];
    Campaign "campaign";
    CampaignRead "campaign.read" leaf [Member Viewer];
    CampaignCreate "campaign.create" leaf [Member];
    CampaignUpdate "campaign.update" leaf [Member];
    CampaignDelete "campaign.delete" leaf [];
    CampaignSend "campaign.send" leaf [Member];
    Hook "hook";
    HookRead "hook.read" leaf [Viewer];
    HookManage "hook.manage" leaf [];
    Message "message";
    MessageRead "message.read" leaf [Member Viewer];
    MessageSend "message.send" leaf [Member];
    Billing "billing";
    BillingRead "billing.read" leaf [];
    BillingManage "billing.manage" leaf [];
    Alert "alert";
    AlertRead "alert.read" leaf [Viewer];
    AlertManage "alert.manage" leaf [];
    PlatformEvent "event";
    EventReport "event.report" leaf [];
    AccessLog "access_log";
    AccessLogRead "access_log.read" leaf [];
    AccessLogExport "access_log.export" leaf [];
}

impl Permission {
    /// Whether it reaches beyond an account: what it allows touches the whole organisation, so that
    /// it counts only when it is held at the root.
    pub const fn is_of_organisation(self) -> bool {
        matches!(self, Self::OrganisationUpdate | Self::OrganisationPolicy | Self::RoleManage | Self::BillingManage)
    }

    /// Whether each use of it leaves an entry under its name in the data access log. Changes do, and
    /// so does reading personal details; a page that is read leaves none.
    pub const fn is_use_logged(self) -> bool {
        match self {
            Self::OrganisationUpdate
            | Self::OrganisationPolicy
            | Self::AccountUpdate
            | Self::AccountDelete
            | Self::MemberInvite
            | Self::MemberUpdate
            | Self::MemberSuspend
            | Self::MemberRemove
            | Self::RoleManage
            | Self::ApiKeyCreate
            | Self::ApiKeyUpdate
            | Self::ApiKeyRevoke
            | Self::ContactReadPii
            | Self::ContactCreate
            | Self::ContactUpdateDetails
            | Self::ContactUpdateOptOut
            | Self::ContactDelete
            | Self::ContactImport
            | Self::ContactExport
            | Self::CampaignCreate
            | Self::CampaignUpdate
            | Self::CampaignDelete
            | Self::CampaignSend
            | Self::HookManage
            | Self::MessageSend
            | Self::BillingManage
            | Self::AlertManage
            | Self::EventReport
            | Self::AccessLogExport => true,
            // Asked for beside another too, under whose name the entry stands then: when an account
            // moves, when a contact's form changes its tags.
            Self::AccountCreate
            | Self::ContactUpdateTags
            | Self::OrganisationRead
            | Self::AccountRead
            | Self::MemberRead
            | Self::RoleRead
            | Self::ApiKeyRead
            | Self::ContactReadBasic
            | Self::CampaignRead
            | Self::HookRead
            | Self::MessageRead
            | Self::BillingRead
            | Self::AlertRead
            | Self::AccessLogRead => false,
        }
    }

    /// Whether anything asks for it yet. What does not says so at its toggle, until its feature is there.
    pub const fn is_available(self) -> bool {
        match self {
            Self::ContactUpdateOptOut
            | Self::ContactImport
            | Self::ContactExport
            | Self::CampaignSend
            | Self::HookRead
            | Self::HookManage
            | Self::MessageRead
            | Self::MessageSend
            | Self::AlertManage => false,
            Self::OrganisationRead
            | Self::OrganisationUpdate
            | Self::OrganisationPolicy
            | Self::AccountRead
            | Self::AccountCreate
            | Self::AccountUpdate
            | Self::AccountDelete
            | Self::MemberRead
            | Self::MemberInvite
            | Self::MemberUpdate
            | Self::MemberSuspend
            | Self::MemberRemove
            | Self::RoleRead
            | Self::RoleManage
            | Self::ApiKeyRead
            | Self::ApiKeyCreate
            | Self::ApiKeyUpdate
            | Self::ApiKeyRevoke
            | Self::ContactReadBasic
            | Self::ContactReadPii
            | Self::ContactCreate
            | Self::ContactUpdateDetails
            | Self::ContactUpdateTags
            | Self::ContactDelete
            | Self::CampaignRead
            | Self::CampaignCreate
            | Self::CampaignUpdate
            | Self::CampaignDelete
            | Self::BillingRead
            | Self::BillingManage
            | Self::AlertRead
            | Self::EventReport
            | Self::AccessLogRead
            | Self::AccessLogExport => true,
        }
    }

    /// The resource that it is about.
    pub fn resource(self) -> &'static Node {
        self.path().split('.').next().and_then(Node::at).unwrap_or(&TREE[0])
    }

    /// Its line of the tree.
    pub fn node(self) -> &'static Node {
        Node::at(self.path()).unwrap_or(&TREE[0])
    }
}

impl Node {
    /// The node with this dotted path.
    pub fn at(path: &str) -> Option<&'static Self> {
        TREE.iter().find(|node| node.path == path)
    }

    /// Whether `other` is this node or lies below it.
    pub fn covers(&self, other: &Self) -> bool {
        other.path.strip_prefix(self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The leaves of this node: itself, or all those below it.
    pub fn leaves(&self) -> PermissionSet {
        TREE.iter().filter(|node| self.covers(node)).filter_map(|node| node.leaf).collect()
    }

    /// How deep the node stands: 0 for a resource.
    pub fn depth(&self) -> usize {
        self.path.matches('.').count()
    }

    /// The nodes one step below.
    pub fn children(&self) -> impl Iterator<Item = &'static Self> {
        let (parent, depth) = (*self, self.depth() + 1);
        TREE.iter().filter(move |node| parent.covers(node) && node.depth() == depth)
    }

    /// The nodes at the top: one for each resource.
    pub fn resources() -> impl Iterator<Item = &'static Self> {
        TREE.iter().filter(|node| node.depth() == 0)
    }
}

/// What a role below Admin holds.
pub(crate) const fn held_by(role: Role) -> PermissionSet {
    let (mut held, mut node) = (PermissionSet::EMPTY, 0);
    while node < TREE.len() {
        let Node { leaf, roles, .. } = TREE[node];
        let mut position = 0;
        while position < roles.len() {
            if let Some(permission) = leaf
                && roles[position].rank() == role.rank()
            {
                held = held.with(permission);
            }
            position += 1;
        }
        node += 1;
    }
    held
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path())
    }
}

/// The text names no leaf of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPermission;

impl fmt::Display for UnknownPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such permission")
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        Node::at(path).and_then(|node| node.leaf).ok_or(UnknownPermission)
    }
}

impl Serialize for Permission {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}
