use super::{
    Route, created,
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, InvitationFilter, InvitationId, InviteMembers, MemberFilter, MemberId, Permission, Role};
use serde::Deserialize;
use service::{invitation, member, role};

pub fn routes() -> [Route; 10] {
    const MEMBERS: &str = "/v1/accounts/{account}/members";
    const MEMBER: &str = "/v1/accounts/{account}/members/{member}";
    const ROLE: &str = "/v1/accounts/{account}/members/{member}/role";
    const SUSPENSION: &str = "/v1/accounts/{account}/members/{member}/suspension";
    const ROLES: &str = "/v1/accounts/{account}/roles";
    const INVITATIONS: &str = "/v1/accounts/{account}/invitations";
    const INVITATION: &str = "/v1/accounts/{account}/invitations/{invitation}";
    [
        Route::new(MethodFilter::GET, MEMBERS, Permission::MemberRead, list),
        Route::new(MethodFilter::GET, MEMBER, Permission::MemberRead, get),
        Route::new(MethodFilter::DELETE, MEMBER, Permission::MemberRemove, remove),
        Route::new(MethodFilter::PUT, ROLE, Permission::MemberUpdate, set_role),
        Route::new(MethodFilter::PUT, SUSPENSION, Permission::MemberSuspend, suspend),
        Route::new(MethodFilter::DELETE, SUSPENSION, Permission::MemberSuspend, restore),
        Route::new(MethodFilter::GET, ROLES, Permission::RoleRead, list_roles),
        Route::new(MethodFilter::GET, INVITATIONS, Permission::MemberInvite, list_invitations),
        Route::new(MethodFilter::POST, INVITATIONS, Permission::MemberInvite, invite),
        Route::new(MethodFilter::DELETE, INVITATION, Permission::MemberInvite, revoke_invitation),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<MemberFilter>,
) -> Response {
    ok(&ctx, member::list(&ctx, account, filter).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    ok(&ctx, member::get(&ctx, account, member).await)
}

async fn remove(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::remove(&ctx, account, member).await)
}

#[derive(Deserialize)]
struct GivenRole {
    role: Role,
}

async fn set_role(
    Caller(ctx): Caller,
    PathIds((account, member)): PathIds<(AccountId, MemberId)>,
    StrictJson(given): StrictJson<GivenRole>,
) -> Response {
    ok(&ctx, member::set_role(&ctx, account, member, given.role).await)
}

async fn suspend(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::suspend(&ctx, account, member).await)
}

async fn restore(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::restore(&ctx, account, member).await)
}

async fn list_roles(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok(&ctx, role::list(&ctx, account).await)
}

async fn list_invitations(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<InvitationFilter>,
) -> Response {
    ok(&ctx, invitation::list(&ctx, account, filter).await)
}

async fn invite(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictJson(form): StrictJson<InviteMembers>,
) -> Response {
    created(&ctx, invitation::invite(&ctx, account, form).await)
}

async fn revoke_invitation(
    Caller(ctx): Caller,
    PathIds((account, invitation)): PathIds<(AccountId, InvitationId)>,
) -> Response {
    no_content(&ctx, invitation::revoke(&ctx, account, invitation).await)
}
