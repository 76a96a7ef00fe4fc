use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    AccountChoice, AccountId, Cursor, Member, MemberAbove, MemberAct, MemberCounts, MemberDetails, MemberFilter,
    MemberId, MemberSelection, MemberUpdated, MembersChanged, Page, Permission, RequestId, Role,
};

#[server(protocol = Form)]
pub async fn list_members(account: AccountId, filter: MemberFilter) -> Answer<Page<Member>> {
    crate::api::call(async |ctx| service::member::list(ctx, account, filter).await).await
}

/// Those who reach here by a membership in an account above.
#[server(protocol = Form)]
pub async fn list_members_above(account: AccountId, cursor: Option<Cursor>) -> Answer<Page<MemberAbove>> {
    crate::api::call(async |ctx| service::member::above(ctx, account, cursor).await).await
}

/// The accounts that a list of members can be narrowed to.
#[server(protocol = Form)]
pub async fn list_member_accounts(account: AccountId) -> Answer<Vec<AccountChoice>> {
    crate::api::call(async |ctx| service::member::accounts(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn count_members(account: AccountId) -> Answer<MemberCounts> {
    crate::api::call(async |ctx| service::member::counts(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_member(account: AccountId, member: MemberId) -> Answer<MemberDetails> {
    crate::api::call(async |ctx| service::member::get(ctx, account, member).await).await
}

#[server(protocol = Form)]
pub async fn set_role(account: AccountId, member: MemberId, role: Role) -> Answer<MemberUpdated> {
    crate::api::call(async |ctx| service::member::set_role(ctx, account, member, role).await).await
}

/// Switches a node of the permission tree for one member.
#[server(protocol = Form)]
pub async fn switch_permission(account: AccountId, member: MemberId, path: String, on: bool) -> Answer<MemberUpdated> {
    crate::api::call(async |ctx| service::member::switch_permission(ctx, account, member, &path, on).await).await
}

#[server(protocol = Form)]
pub async fn suspend_member(account: AccountId, member: MemberId) -> Answer<()> {
    crate::api::call(async |ctx| service::member::suspend(ctx, account, member).await).await
}

#[server(protocol = Form)]
pub async fn restore_member(account: AccountId, member: MemberId) -> Answer<()> {
    crate::api::call(async |ctx| service::member::restore(ctx, account, member).await).await
}

#[server(protocol = Form)]
pub async fn remove_member(account: AccountId, member: MemberId) -> Answer<()> {
    crate::api::call(async |ctx| service::member::remove(ctx, account, member).await).await?;
    leptos_axum::redirect(&format!("/accounts/{account}/members"));
    Ok(())
}

/// Takes away what a member signs in with besides the password.
#[server(protocol = Form)]
pub async fn reset_second_factor(account: AccountId, member: MemberId) -> Answer<()> {
    crate::api::call(async |ctx| service::member::reset_second_factor(ctx, account, member).await).await
}

#[server(protocol = Form)]
pub async fn preview_members_change(
    account: AccountId,
    selection: MemberSelection,
    act: MemberAct,
) -> Answer<MembersChanged> {
    crate::api::call(async |ctx| service::member::preview_many(ctx, account, selection, act).await).await
}

#[server(protocol = Form)]
pub async fn change_members(account: AccountId, selection: MemberSelection, act: MemberAct) -> Answer<MembersChanged> {
    crate::api::call(async |ctx| service::member::change_many(ctx, account, selection, act).await).await
}

/// Takes back what the reader did to members in a request a moment ago.
#[server(protocol = Form)]
pub async fn undo_members_change(account: AccountId, request: RequestId) -> Answer<MembersChanged> {
    crate::api::call(async |ctx| service::member::undo(ctx, account, request).await).await
}

/// Whom to ask for a permission.
#[server(protocol = Form)]
pub async fn list_granters(account: AccountId, permission: Permission) -> Answer<Vec<String>> {
    crate::api::call(async |ctx| service::member::granters(ctx, account, permission).await).await
}

/// Leaves the organisation.
#[server(protocol = Form)]
pub async fn leave_organisation(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::member::leave(ctx, account).await).await?;
    leptos_axum::redirect("/");
    Ok(())
}

reads! {
    PreviewMembersChange: Nothing;
    ListGranters: Nothing;
    CountMembers: All(MemberRead);
    GetMember: All(MemberRead);
    ListMembers: All(MemberRead);
    ListMembersAbove: All(MemberRead);
    ListMemberAccounts: All(MemberRead);
}
