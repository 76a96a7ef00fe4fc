use crate::edge::rest::{
    Route,
    body::{List, NamedRole, RestBody, paths},
    extract::{Caller, PathIds},
    ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, Permission, RoleEntry};
use serde::Serialize;
use service::role;

#[derive(Serialize)]
struct RoleBody {
    #[serde(flatten)]
    role: NamedRole,
    permissions: Vec<&'static str>,
    /// As far as the key may see members and invitations.
    member_count: u64,
    invitation_count: u64,
    /// Whether the policy has invitations start with it.
    default_for_invitations: bool,
}

impl RestBody for RoleBody {}

impl From<RoleEntry> for RoleBody {
    fn from(RoleEntry { role, name, permissions, members, invitations, starts }: RoleEntry) -> Self {
        Self {
            role: NamedRole::new(role, name),
            permissions: paths(permissions),
            member_count: members,
            invitation_count: invitations,
            default_for_invitations: starts,
        }
    }
}

pub fn route() -> Route {
    Route::new(MethodFilter::GET, "/v1/accounts/{account}/roles", [Permission::RoleRead], list)
}

async fn list(Caller(ctx): Caller, PathIds(account): PathIds<AccountId>) -> Response {
    ok::<List<RoleBody>>(&ctx, role::list(&ctx, account).await)
}
