//! What the calls of pages ask of their reader. A page does not make one that would be refused: it says so instead,
//! and the log accuses nobody who only looked.

use super::{
    CountMembers, GetAccount, GetApiKey, GetBilling, GetCampaign, GetContact, GetDeletion, GetIdlePermissions,
    GetKeyAccess, GetMember, GetMemberAccess, GetNewKeyStart, GetOrganisation, GetOverview, GetOwnEmail, GetOwnership,
    GetPolicy, GetProfile, GetRole, GetSecondFactor, GetStanding, HasLocalOutbox, ListAccessEntries,
    ListAccountChoices, ListAccounts, ListApiKeys, ListCampaigns, ListContacts, ListHolders, ListInvitationAccounts,
    ListInvitations, ListKeyHolders, ListMemberAccounts, ListMembers, ListMembersAbove, ListOwnInvitations,
    ListRoleChoices, ListRoles, OpenEmailChange, OpenInvitation, OpenSignUp, PreviewAccountDelete, PreviewAccountMove,
    PreviewMembersChange, PreviewOrganisationDelete, PreviewRole, SearchAccount, SearchOpenAccounts,
};
use crate::runtime::{Needs, Read};
use model::Permission;

macro_rules! reads {
    ($($call:ident: $needs:expr;)+) => {$(
        impl Read for $call {
            const NEEDS: Needs = $needs;
        }
    )+};
}

use Needs::{All, Any, Nothing, Owner};
use Permission as P;

reads! {
    GetProfile: Nothing;
    GetStanding: Nothing;
    GetOverview: Nothing;
    GetOwnEmail: Nothing;
    GetSecondFactor: Nothing;
    GetOwnership: Nothing;
    GetDeletion: Nothing;
    ListOwnInvitations: Nothing;
    HasLocalOutbox: Nothing;
    OpenEmailChange: Nothing;
    OpenSignUp: Nothing;
    OpenInvitation: Nothing;
    SearchAccount: Nothing;
    SearchOpenAccounts: Nothing;
    PreviewMembersChange: Nothing;
    PreviewOrganisationDelete: Owner;
    GetOrganisation: All(&[P::OrganisationRead]);
    GetPolicy: All(&[P::OrganisationRead]);
    GetBilling: All(&[P::BillingRead]);
    GetAccount: All(&[P::AccountRead]);
    ListAccounts: All(&[P::AccountRead]);
    ListAccountChoices: All(&[P::AccountRead]);
    PreviewAccountDelete: All(&[P::AccountDelete]);
    PreviewAccountMove: All(&[P::AccountUpdate]);
    CountMembers: All(&[P::MemberRead]);
    GetMember: All(&[P::MemberRead]);
    ListMembers: All(&[P::MemberRead]);
    ListMembersAbove: All(&[P::MemberRead]);
    ListMemberAccounts: All(&[P::MemberRead]);
    ListRoleChoices: All(&[P::MemberRead]);
    GetMemberAccess: All(&[P::MemberRead]);
    PreviewRole: All(&[P::MemberRead]);
    ListHolders: All(&[P::MemberRead]);
    ListKeyHolders: All(&[P::ApiKeyRead, P::MemberRead]);
    GetKeyAccess: All(&[P::ApiKeyRead, P::MemberRead]);
    GetIdlePermissions: All(&[P::AccessLogRead]);
    ListInvitations: All(&[P::MemberInvite]);
    ListInvitationAccounts: All(&[P::MemberInvite]);
    ListRoles: Any(&[P::RoleRead, P::MemberUpdate, P::MemberInvite]);
    GetRole: All(&[P::RoleRead]);
    ListApiKeys: All(&[P::ApiKeyRead]);
    GetApiKey: All(&[P::ApiKeyRead]);
    GetNewKeyStart: All(&[P::ApiKeyCreate]);
    ListContacts: All(&[P::ContactReadBasic]);
    GetContact: All(&[P::ContactReadBasic]);
    ListCampaigns: All(&[P::CampaignRead]);
    GetCampaign: All(&[P::CampaignRead]);
    ListAccessEntries: All(&[P::AccessLogRead]);
}
