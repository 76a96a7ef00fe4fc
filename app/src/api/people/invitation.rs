use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    AccountChoice, AccountId, Invitation, InvitationFilter, InvitationId, InviteResult, OwnInvitation, Page, RequestId,
    Role,
};

#[server(protocol = Form)]
pub async fn invite_members(account: AccountId, form: model::InviteMembers) -> Answer<Vec<InviteResult>> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::invitation::invite(ctx, account, form).await).await
}

/// The accounts that the reader may invite into.
#[server(protocol = Form)]
pub async fn list_invitation_accounts(account: AccountId) -> Answer<Vec<AccountChoice>> {
    crate::api::call(async |ctx| service::invitation::accounts(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn list_invitations(account: AccountId, filter: InvitationFilter) -> Answer<Page<Invitation>> {
    crate::api::call(async |ctx| service::invitation::list(ctx, account, filter).await).await
}

#[server(protocol = Form)]
pub async fn resend_invitation(account: AccountId, invitation: InvitationId) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::resend(ctx, account, invitation).await).await
}

/// A new link to an invitation, to hand over; the old ones end.
#[server(protocol = Form)]
pub async fn copy_invitation_link(account: AccountId, invitation: InvitationId) -> Answer<String> {
    crate::api::call(async |ctx| service::invitation::copy_link(ctx, account, invitation).await).await
}

/// Gives the request by which it can be taken back.
#[server(protocol = Form)]
pub async fn revoke_invitation(account: AccountId, invitation: InvitationId) -> Answer<RequestId> {
    crate::api::call(async |ctx| service::invitation::revoke(ctx, account, invitation).await).await
}

#[server(protocol = Form)]
pub async fn undo_invitation_revoke(account: AccountId, request: RequestId) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::undo_revoke(ctx, account, request).await).await
}

#[server(protocol = Form)]
pub async fn set_invitation_role(account: AccountId, invitation: InvitationId, role: Role) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::set_role(ctx, account, invitation, role).await).await
}

/// The invitations to the reader themselves.
#[server(protocol = Form)]
pub async fn list_own_invitations() -> Answer<Vec<OwnInvitation>> {
    crate::api::call(service::invitation::list_own).await
}

#[server(protocol = Form)]
pub async fn accept_own_invitation(own: InvitationId) -> Answer<()> {
    let account = crate::api::call(async |ctx| service::invitation::accept_own(ctx, own).await).await?;
    leptos_axum::redirect(&format!("/accounts/{account}"));
    Ok(())
}

#[server(protocol = Form)]
pub async fn decline_own_invitation(own: InvitationId) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::decline_own(ctx, own).await).await
}

/// Asks for a new one in the place of one's own that is void.
#[server(protocol = Form)]
pub async fn ask_own_invitation(own: InvitationId) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::ask_own(ctx, own).await).await
}

/// Asks for a new invitation in the place of one that is over.
#[server(protocol = Form)]
pub async fn ask_for_invitation(secret: String) -> Answer<()> {
    crate::api::call(async |ctx| service::invitation::ask(ctx, &service::Secret::from_client(secret)).await).await
}

/// What the link of an invitation opens.
#[server(protocol = Form)]
pub async fn open_invitation(secret: String) -> Answer<model::OpenInvitation> {
    crate::api::call(async |ctx| service::invitation::open(ctx, &service::Secret::from_client(secret)).await).await
}

/// Accepts an invitation, and signs in who did.
#[server(protocol = Form)]
pub async fn accept_invitation(form: model::AcceptInvitation) -> Answer<()> {
    use crate::api::identity::edge;
    use service::invitation::Acceptance;
    match crate::api::call(async |ctx| service::invitation::accept(ctx, form).await).await? {
        Acceptance::Accepted(login, account) => edge::stay_signed_in(login, &format!("/accounts/{account}")).await,
        // Not back to the link: where one goes then is stored, and the link holds a secret.
        Acceptance::NeedsSecondFactor(login) => edge::ask_for_code(login, "/invitations").await,
    }
}

reads! {
    ListOwnInvitations: Nothing;
    OpenInvitation: Nothing;
    ListInvitations: All(MemberInvite);
    ListInvitationAccounts: All(MemberInvite);
}
