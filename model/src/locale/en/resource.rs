//! What resources are called, and what each permission on them lets somebody do.

use super::{English, count};
use crate::{Counted, Meaning, Node, NodeKey, Permission, Resource};
use std::borrow::Cow;

/// Label of a toggle, and a sentence about it.
const fn words(key: NodeKey) -> (&'static str, &'static str) {
    use NodeKey as K;
    match key {
        K::Organisation => ("Organisation", "Your organisation's details and rules"),
        K::OrganisationRead => ("Read", "See the organisation's name and address"),
        K::OrganisationUpdate => ("Update", "Change the organisation's name and address"),
        K::OrganisationPolicy => ("Set policy", "Set the rules that apply to everyone"),
        K::Account => ("Accounts", "Accounts and sub-accounts"),
        K::AccountRead => ("Read", "See sub-accounts"),
        K::AccountCreate => ("Create", "Add sub-accounts"),
        K::AccountUpdate => ("Update", "Rename and move accounts"),
        K::AccountDelete => ("Delete", "Delete accounts"),
        K::Member => ("Members", "People, and what each of them can do"),
        K::MemberRead => ("Read", "See who is a member, and their roles"),
        K::MemberInvite => ("Invite", "Invite people and withdraw invitations"),
        K::MemberUpdate => ("Modify permissions", "Change roles and permissions"),
        K::MemberSuspend => ("Suspend", "Suspend and restore people"),
        K::MemberRemove => ("Remove", "Remove people"),
        K::Role => ("Roles", "Your organisation's own roles"),
        K::RoleRead => ("Read", "See the roles"),
        K::RoleManage => ("Manage", "Create, change and delete roles"),
        K::ApiKey => ("API keys", "Keys for integrations"),
        K::ApiKeyRead => ("Read", "See API keys"),
        K::ApiKeyCreate => ("Create", "Create API keys"),
        K::ApiKeyUpdate => ("Update", "Change what a key can do"),
        K::ApiKeyRevoke => ("Revoke", "Revoke API keys"),
        K::Contact => ("Contacts", "People you send messages to"),
        K::ContactRead => ("Read", "See contacts"),
        K::ContactReadBasic => ("Read basics", "See that a contact exists, and its tags"),
        K::ContactReadPii => ("Read personal details", "See names, mobile numbers and e-mail addresses"),
        K::ContactCreate => ("Create", "Add contacts"),
        K::ContactUpdate => ("Update", "Change contacts"),
        K::ContactUpdateDetails => ("Update details", "Change names, mobile numbers and e-mail addresses"),
        K::ContactUpdateTags => ("Update tags", "Change the tags of contacts"),
        K::ContactUpdateOptOut => ("Opt out", "Opt contacts out of messages"),
        K::ContactDelete => ("Delete", "Delete contacts"),
        K::ContactImport => ("Import", "Import contacts from a file"),
        K::ContactExport => ("Export", "Download contacts"),
        K::Campaign => ("Campaigns", "Messages sent to many contacts"),
        K::CampaignRead => ("Read", "See campaigns"),
        K::CampaignCreate => ("Create", "Write campaigns"),
        K::CampaignUpdate => ("Update", "Change campaigns"),
        K::CampaignDelete => ("Delete", "Delete campaigns"),
        K::CampaignSend => ("Send", "Send campaigns"),
        K::Hook => ("Hooks", "Calls to your own systems"),
        K::HookRead => ("Read", "See hooks"),
        K::HookManage => ("Manage", "Create, change and delete hooks"),
        K::Message => ("Messages", "Single messages"),
        K::MessageRead => ("Read", "See messages"),
        K::MessageSend => ("Send", "Send messages"),
        K::Billing => ("Billing", "What appears on your invoices"),
        K::BillingRead => ("Read", "See the billing address, e-mail and VAT number"),
        K::BillingManage => ("Manage", "Change the billing address, e-mail and VAT number"),
        K::Alert => ("Alerts", "Notices when something happens"),
        K::AlertRead => ("Read", "See alerts, and the platform events behind them"),
        K::AlertManage => ("Manage", "Create, change and delete alerts"),
        K::PlatformEvent => ("Platform events", "What your messaging platform reports"),
        K::EventReport => ("Report", "Report platform events with an API key"),
        K::AccessLog => ("Data access log", "Who accessed which data"),
        K::AccessLogRead => ("Read", "See the data access log"),
        K::AccessLogExport => ("Export", "Download the data access log"),
    }
}

impl English for Node {
    fn en(&self) -> Cow<'static, str> {
        words(self.key).0.into()
    }
}

impl English for Meaning<Node> {
    fn en(&self) -> Cow<'static, str> {
        words(self.0.key).1.into()
    }
}

/// Away from the tree: "Contacts: Read personal details".
impl English for Permission {
    fn en(&self) -> Cow<'static, str> {
        format!("{}: {}", self.resource().en(), self.node().en()).into()
    }
}

/// "1 account", "3,478 contacts".
impl English for Counted {
    fn en(&self) -> Cow<'static, str> {
        let (one, several) = match self.resource {
            Resource::Account => ("account", "accounts"),
            Resource::Member => ("member", "members"),
            Resource::Invitation => ("pending invitation", "pending invitations"),
            Resource::Contact => ("contact", "contacts"),
            Resource::ApiKey => ("API key", "API keys"),
            Resource::Campaign => ("campaign", "campaigns"),
            Resource::Role => ("role", "roles"),
            Resource::LogEntry => ("log entry", "log entries"),
        };
        count(self.count, one, several).into()
    }
}
