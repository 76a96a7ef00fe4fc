use crate::edge::rest::{
    Route,
    body::{List, NamedRole, RestBody, paths, timestamp},
    extract::{Caller, PathIds, StrictJson, StrictQuery},
    no_content, ok,
};
use axum::{response::Response, routing::MethodFilter};
use model::{AccountId, MemberFilter, MemberId, MemberUpdated, Permission, Role, UserId};
use serde::{Deserialize, Serialize};
use service::member;

/// A person in an account.
#[derive(Serialize)]
struct Member {
    id: MemberId,
    user_id: UserId,
    name: String,
    email: String,
    #[serde(flatten)]
    role: NamedRole,
    account: String,
    account_id: AccountId,
    suspended: bool,
    /// Whether they sign in with a code besides the password; `null` for keys that may not change members.
    second_factor: Option<bool>,
    joined_at: String,
}

impl RestBody for Member {}

impl From<model::Member> for Member {
    fn from(member: model::Member) -> Self {
        Self {
            id: member.id,
            user_id: member.user,
            name: member.name,
            email: member.email,
            role: NamedRole::new(member.role, member.role_name),
            account: member.account_name,
            account_id: member.account,
            suspended: member.suspended,
            second_factor: member.second_factor,
            joined_at: timestamp(member.joined),
        }
    }
}

#[derive(Serialize)]
struct MemberDetails {
    #[serde(flatten)]
    member: Member,
    permissions: Vec<&'static str>,
    open_sessions: u64,
}

impl RestBody for MemberDetails {}

impl From<model::MemberDetails> for MemberDetails {
    fn from(details: model::MemberDetails) -> Self {
        let model::MemberDetails { member, permissions, open_sessions, .. } = details;
        Self { member: member.into(), permissions: paths(permissions), open_sessions }
    }
}

/// What a member has with another role.
#[derive(Serialize)]
struct GivenRole {
    #[serde(flatten)]
    role: NamedRole,
    permissions: Vec<&'static str>,
    open_sessions: u64,
}

impl RestBody for GivenRole {}

impl From<MemberUpdated> for GivenRole {
    fn from(MemberUpdated { role, role_name, permissions, change: _, open_sessions }: MemberUpdated) -> Self {
        Self { role: NamedRole::new(role, role_name), permissions: paths(permissions), open_sessions }
    }
}

pub fn routes() -> [Route; 6] {
    const MEMBERS: &str = "/v1/accounts/{account}/members";
    const MEMBER: &str = "/v1/accounts/{account}/members/{member}";
    const ROLE: &str = "/v1/accounts/{account}/members/{member}/role";
    const SUSPENSION: &str = "/v1/accounts/{account}/members/{member}/suspension";
    [
        Route::new(MethodFilter::GET, MEMBERS, [Permission::MemberRead], list),
        Route::new(MethodFilter::GET, MEMBER, [Permission::MemberRead], get),
        Route::new(MethodFilter::DELETE, MEMBER, [Permission::MemberRemove], remove),
        Route::new(MethodFilter::PUT, ROLE, [Permission::MemberUpdate], set_role),
        Route::new(MethodFilter::PUT, SUSPENSION, [Permission::MemberSuspend], suspend),
        Route::new(MethodFilter::DELETE, SUSPENSION, [Permission::MemberSuspend], restore),
    ]
}

async fn list(
    Caller(ctx): Caller,
    PathIds(account): PathIds<AccountId>,
    StrictQuery(filter): StrictQuery<MemberFilter>,
) -> Response {
    ok::<List<Member>>(&ctx, member::list(&ctx, account, filter).await)
}

async fn get(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    ok::<MemberDetails>(&ctx, member::get(&ctx, account, member).await)
}

async fn remove(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::remove(&ctx, account, member).await)
}

#[derive(Deserialize)]
struct SetRole {
    role: Role,
}

async fn set_role(
    Caller(ctx): Caller,
    PathIds((account, member)): PathIds<(AccountId, MemberId)>,
    StrictJson(SetRole { role }): StrictJson<SetRole>,
) -> Response {
    ok::<GivenRole>(&ctx, member::set_role(&ctx, account, member, role).await)
}

async fn suspend(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::suspend(&ctx, account, member).await)
}

async fn restore(Caller(ctx): Caller, PathIds((account, member)): PathIds<(AccountId, MemberId)>) -> Response {
    no_content(&ctx, member::restore(&ctx, account, member).await)
}
