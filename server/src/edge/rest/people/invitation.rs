use crate::edge::rest::{
    Route,
    body::{List, NamedRole, RestBody, timestamp},
    created,
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, InvitationFilter, InvitationId, InviteMembers, InviteOutcome, Permission, UserId};
use serde::Serialize;
use service::invitation;

/// An invitation that waits for its answer.
#[derive(Serialize)]
struct Invitation {
    id: InvitationId,
    email: String,
    #[serde(flatten)]
    role: NamedRole,
    account: String,
    account_id: AccountId,
    invited_by: Option<String>,
    invited_by_id: Option<UserId>,
    /// The last time.
    sent_at: String,
    expires_at: String,
    /// The mail server refused the address.
    undeliverable: bool,
    /// Whoever sent it may no longer give this, or the policy closed the domain.
    void: bool,
}

impl RestBody for Invitation {}

impl From<model::Invitation> for Invitation {
    fn from(invitation: model::Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email,
            role: NamedRole::new(invitation.role, invitation.role_name),
            account: invitation.account_name,
            account_id: invitation.account,
            invited_by: invitation.invited_by_id.map(|_| invitation.invited_by),
            invited_by_id: invitation.invited_by_id,
            sent_at: timestamp(invitation.sent),
            expires_at: timestamp(invitation.expires),
            undeliverable: invitation.undeliverable,
            void: invitation.void,
        }
    }
}

/// What became of one address in one account.
#[derive(Serialize)]
struct InviteResult {
    email: String,
    account: String,
    account_id: AccountId,
    outcome: InviteOutcome,
}

impl RestBody for InviteResult {}

impl From<model::InviteResult> for InviteResult {
    fn from(model::InviteResult { email, account, account_name, outcome }: model::InviteResult) -> Self {
        Self { email, account: account_name, account_id: account, outcome }
    }
}

pub fn routes() -> [Route; 3] {
    const INVITATIONS: &str = "/v1/accounts/{account}/invitations";
    const INVITATION: &str = "/v1/accounts/{account}/invitations/{invitation}";
    [
        Route::new(MethodFilter::GET, INVITATIONS, [Permission::MemberInvite], list),
        Route::new(MethodFilter::POST, INVITATIONS, [Permission::MemberInvite], invite),
        Route::new(MethodFilter::DELETE, INVITATION, [Permission::MemberInvite], revoke),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<InvitationFilter>,
) -> Response {
    ok::<List<Invitation>>(&ctx, invitation::list(&ctx, account, filter).await)
}

async fn invite(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<InviteMembers>,
) -> Response {
    created::<List<InviteResult>>(&ctx, invitation::invite(&ctx, account, form).await)
}

async fn revoke(Caller(ctx): Caller, PathIds((account, invitation)): PathIds<(AccountId, InvitationId)>) -> Response {
    no_content(&ctx, invitation::revoke(&ctx, account, invitation).await.map(drop))
}
