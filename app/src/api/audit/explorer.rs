use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    AccountId, Cursor, Holder, IdlePermissions, MemberAccess, MemberId, MemberUpdated, Page, Permission, PermissionSet,
    Role, RolePreview,
};

/// Who holds a permission here.
#[server(protocol = Form)]
pub async fn list_holders(account: AccountId, permission: Permission, cursor: Option<Cursor>) -> Answer<Page<Holder>> {
    crate::api::call(async |ctx| service::explorer::holders(ctx, account, permission, cursor).await).await
}

#[server(protocol = Form)]
pub async fn get_idle_permissions(account: AccountId) -> Answer<IdlePermissions> {
    crate::api::call(async |ctx| service::explorer::idle(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_member_access(account: AccountId, member: MemberId) -> Answer<MemberAccess> {
    crate::api::call(async |ctx| service::explorer::get(ctx, account, member).await).await
}

#[server(protocol = Form)]
pub async fn preview_role(account: AccountId, member: MemberId, role: Role) -> Answer<RolePreview> {
    crate::api::call(async |ctx| service::explorer::preview_role(ctx, account, member, role).await).await
}

/// Takes from a member what they hold of these and have not used.
#[server(protocol = Form)]
pub async fn take_unused(account: AccountId, member: MemberId, permissions: PermissionSet) -> Answer<MemberUpdated> {
    crate::api::call(async |ctx| service::explorer::take_unused(ctx, account, member, permissions).await).await
}

reads! {
    GetMemberAccess: All(MemberRead);
    PreviewRole: All(MemberRead);
    ListHolders: All(MemberRead);
    GetIdlePermissions: All(AccessLogRead);
}
