use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Role, RoleChoice, RoleDetails, RoleEntry, RoleForm, RoleId, RoleUpdated};

#[server(protocol = Form)]
pub async fn list_roles(account: AccountId) -> Answer<Vec<RoleEntry>> {
    crate::api::call(async |ctx| service::role::list(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_role(account: AccountId, role: RoleId) -> Answer<RoleDetails> {
    crate::api::call(async |ctx| service::role::get(ctx, account, role).await).await
}

/// The organisation's own roles that a list of members can be narrowed to.
#[server(protocol = Form)]
pub async fn list_role_choices(account: AccountId) -> Answer<Vec<RoleChoice>> {
    crate::api::call(async |ctx| service::role::choices(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn create_role(account: AccountId, form: RoleForm) -> Answer<()> {
    let role = crate::api::call(async |ctx| service::role::create(ctx, account, form).await).await?;
    leptos_axum::redirect(&format!("/accounts/{account}/roles/{role}"));
    Ok(())
}

#[server(protocol = Form)]
pub async fn rename_role(account: AccountId, role: RoleId, form: RoleForm) -> Answer<()> {
    crate::api::call(async |ctx| service::role::rename(ctx, account, role, form).await).await
}

/// Switches a node of the permission tree for everyone who has the role.
#[server(protocol = Form)]
pub async fn switch_role_permission(account: AccountId, role: RoleId, path: String, on: bool) -> Answer<RoleUpdated> {
    crate::api::call(async |ctx| service::role::switch_permission(ctx, account, role, &path, on).await).await
}

#[server(protocol = Form)]
pub async fn delete_role(account: AccountId, role: RoleId, instead: Role) -> Answer<()> {
    crate::api::call(async |ctx| service::role::delete(ctx, account, role, instead).await).await?;
    leptos_axum::redirect(&format!("/accounts/{account}/roles"));
    Ok(())
}

reads! {
    ListRoleChoices: All(MemberRead);
    ListRoles: Any(RoleRead, MemberUpdate, MemberInvite);
    GetRole: All(RoleRead);
}
