use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    AccountId, ApiKey, ApiKeyDetails, ApiKeyFilter, ApiKeyForm, ApiKeyId, ApiKeyUpdated, KeyAccess, KeyHolder,
    NewApiKey, NewKeyStart, Page, Permission, PermissionSet, Role,
};

#[server(protocol = Form)]
pub async fn list_api_keys(account: AccountId, filter: ApiKeyFilter) -> Answer<Page<ApiKey>> {
    crate::api::call(async |ctx| service::api_key::list(ctx, account, filter).await).await
}

#[server(protocol = Form)]
pub async fn get_api_key(account: AccountId, key: ApiKeyId) -> Answer<ApiKeyDetails> {
    crate::api::call(async |ctx| service::api_key::get(ctx, account, key).await).await
}

/// What a new key begins with, by the policy.
#[server(protocol = Form)]
pub async fn get_new_key_start(account: AccountId) -> Answer<NewKeyStart> {
    crate::api::call(async |ctx| service::api_key::new_start(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn create_api_key(account: AccountId, form: ApiKeyForm) -> Answer<NewApiKey> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::api_key::create(ctx, account, form).await).await
}

/// Switches a node of the permission tree for one key.
#[server(protocol = Form)]
pub async fn switch_api_key_permission(
    account: AccountId,
    key: ApiKeyId,
    path: String,
    on: bool,
) -> Answer<ApiKeyUpdated> {
    crate::api::call(async |ctx| service::api_key::switch_permission(ctx, account, key, &path, on).await).await
}

#[server(protocol = Form)]
pub async fn switch_off_api_key(account: AccountId, key: ApiKeyId) -> Answer<ApiKeyUpdated> {
    crate::api::call(async |ctx| service::api_key::switch_off(ctx, account, key).await).await
}

/// Gives a key a copy of what a role holds now.
#[server(protocol = Form)]
pub async fn copy_role_to_api_key(account: AccountId, key: ApiKeyId, role: Role) -> Answer<ApiKeyUpdated> {
    crate::api::call(async |ctx| service::api_key::copy_role(ctx, account, key, role).await).await
}

#[server(protocol = Form)]
pub async fn rotate_api_key(account: AccountId, key: ApiKeyId) -> Answer<NewApiKey> {
    crate::api::answer_on_page();
    crate::api::call(async |ctx| service::api_key::rotate(ctx, account, key).await).await
}

#[server(protocol = Form)]
pub async fn revoke_api_key(account: AccountId, key: ApiKeyId) -> Answer<()> {
    crate::api::call(async |ctx| service::api_key::revoke(ctx, account, key).await).await
}

#[server(protocol = Form)]
pub async fn list_key_holders(account: AccountId, permission: Permission) -> Answer<Vec<KeyHolder>> {
    crate::api::call(async |ctx| service::explorer::key_holders(ctx, account, permission).await).await
}

#[server(protocol = Form)]
pub async fn get_key_access(account: AccountId, key: ApiKeyId) -> Answer<KeyAccess> {
    crate::api::call(async |ctx| service::explorer::get_key(ctx, account, key).await).await
}

#[server(protocol = Form)]
pub async fn take_unused_of_key(
    account: AccountId,
    key: ApiKeyId,
    permissions: PermissionSet,
) -> Answer<ApiKeyUpdated> {
    crate::api::call(async |ctx| service::explorer::take_unused_of_key(ctx, account, key, permissions).await).await
}

reads! {
    ListKeyHolders: All(ApiKeyRead, MemberRead);
    GetKeyAccess: All(ApiKeyRead, MemberRead);
    ListApiKeys: All(ApiKeyRead);
    GetApiKey: All(ApiKeyRead);
    GetNewKeyStart: All(ApiKeyCreate);
}
