//! The permission tree. Toggles, checks, role pages and tests are all made from this one table:
//! adding a permission is one line here.

use crate::PermissionSet;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// A node of the tree: a parent (its children are the nodes whose path begins with its own and a
/// dot) or a leaf, which carries the [`Permission`] that checks name.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Dotted: `contact.read.pii`.
    pub path: &'static str,
    /// What a toggle says: "Read personal details".
    pub label: &'static str,
    /// What the holder may do, in a sentence.
    pub meaning: &'static str,
    /// `None` for a parent.
    pub leaf: Option<Permission>,
}

macro_rules! tree {
    ($($path:literal $($leaf:ident)? , $label:literal , $meaning:literal ;)+) => {
        /// The whole tree, every parent before its children.
        pub const TREE: &[Node] = &[$(
            Node { path: $path, label: $label, meaning: $meaning, leaf: tree!(@leaf $($leaf)?) },
        )+];
        tree!(@permissions [] $($path [$($leaf)?])+);
    };
    (@leaf) => { None };
    (@leaf $leaf:ident) => { Some(Permission::$leaf) };
    (@permissions [$($done:tt)*]) => { tree!(@define $($done)*); };
    (@permissions [$($done:tt)*] $path:literal [] $($rest:tt)*) => {
        tree!(@permissions [$($done)*] $($rest)*);
    };
    (@permissions [$($done:tt)*] $path:literal [$leaf:ident] $($rest:tt)*) => {
        tree!(@permissions [$($done)* ($leaf $path)] $($rest)*);
    };
    (@define $(($leaf:ident $path:literal))+) => {
        /// A leaf of the tree: the only thing a check can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Permission { $($leaf),+ }

        impl Permission {
            /// Every leaf, in the order of the tree.
            pub const ALL: &[Permission] = &[$(Permission::$leaf),+];

            /// Its dotted name.
            pub const fn path(self) -> &'static str {
                match self { $(Permission::$leaf => $path),+ }
            }
        }
    };
}

tree! {
    "organisation", "Organisation", "The organisation's details and rules";
    "organisation.read" OrganisationRead, "Read", "See the organisation's name and address";
    "organisation.update" OrganisationUpdate, "Update", "Change the organisation's name and address";
    "organisation.policy" OrganisationPolicy, "Set policy", "Decide the rules that hold for everyone";
    "account", "Accounts", "The tree of accounts";
    "account.read" AccountRead, "Read", "See the accounts below this one";
    "account.create" AccountCreate, "Create", "Add accounts below this one";
    "account.update" AccountUpdate, "Update", "Rename and move accounts";
    "account.delete" AccountDelete, "Delete", "Delete accounts";
    "member", "Members", "The people, and what each may do";
    "member.read" MemberRead, "Read", "See who is a member, with which role";
    "member.invite" MemberInvite, "Invite", "Invite people and withdraw invitations";
    "member.update" MemberUpdate, "Modify permissions", "Change roles and flip permissions";
    "member.suspend" MemberSuspend, "Suspend", "Suspend people and restore them";
    "member.remove" MemberRemove, "Remove", "Remove people";
    "role", "Roles", "Roles with a name of your own";
    "role.read" RoleRead, "Read", "See the roles";
    "role.manage" RoleManage, "Manage", "Create, change and delete roles";
    "api_key", "API keys", "Keys for programs";
    "api_key.read" ApiKeyRead, "Read", "See which keys there are";
    "api_key.create" ApiKeyCreate, "Create", "Make new keys";
    "api_key.update" ApiKeyUpdate, "Update", "Change what a key may do";
    "api_key.revoke" ApiKeyRevoke, "Revoke", "Revoke keys";
    "contact", "Contacts", "The people you write to";
    "contact.read", "Read", "See contacts";
    "contact.read.basic" ContactReadBasic, "Read basics", "See that a contact exists, and its tags";
    "contact.read.pii" ContactReadPii, "Read personal details", "See names, mobile numbers and e-mail addresses";
    "contact.create" ContactCreate, "Create", "Add contacts";
    "contact.update", "Update", "Change contacts";
    "contact.update.details" ContactUpdateDetails, "Update details", "Change names, mobile numbers and e-mail addresses";
    "contact.update.tags" ContactUpdateTags, "Update tags", "Change the tags of contacts";
    "contact.update.opt_out" ContactUpdateOptOut, "Opt out", "Opt contacts out of messages";
    "contact.delete" ContactDelete, "Delete", "Delete contacts";
    "contact.import" ContactImport, "Import", "Import contacts from a file";
    "contact.export" ContactExport, "Export", "Download contacts";
    "campaign", "Campaigns", "Messages to many contacts";
    "campaign.read" CampaignRead, "Read", "See campaigns";
    "campaign.create" CampaignCreate, "Create", "Write campaigns";
    "campaign.update" CampaignUpdate, "Update", "Change campaigns";
    "campaign.delete" CampaignDelete, "Delete", "Delete campaigns";
    "campaign.send" CampaignSend, "Send", "Send campaigns";
    "hook", "Hooks", "Calls to your own systems";
    "hook.read" HookRead, "Read", "See hooks";
    "hook.manage" HookManage, "Manage", "Create, change and delete hooks";
    "message", "Messages", "Single messages";
    "message.read" MessageRead, "Read", "See messages";
    "message.send" MessageSend, "Send", "Send messages";
    "billing", "Billing", "What stands on invoices";
    "billing.read" BillingRead, "Read", "See the billing address, e-mail and VAT number";
    "billing.manage" BillingManage, "Manage", "Change the billing address, e-mail and VAT number";
    "alert", "Alerts", "Notices when something happens";
    "alert.read" AlertRead, "Read", "See alerts";
    "alert.manage" AlertManage, "Manage", "Create, change and delete alerts";
    "access_log", "Data access log", "Who touched which data";
    "access_log.read" AccessLogRead, "Read", "See the data access log";
    "access_log.export" AccessLogExport, "Export", "Download the data access log";
}

impl Permission {
    /// What it is called away from the tree: "Contacts: Read personal details".
    pub fn title(self) -> String {
        let resource = self.path().split('.').next().and_then(Node::at).map_or("", |node| node.label);
        format!("{resource}: {}", self.node().label)
    }

    /// Whether it reaches beyond an account: what it allows touches the whole organisation, so that
    /// it counts only when it is held at the root.
    pub const fn is_of_organisation(self) -> bool {
        matches!(self, Self::OrganisationUpdate | Self::OrganisationPolicy | Self::RoleManage | Self::BillingManage)
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
