use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{
    Account, AccountChoice, AccountForm, AccountId, AccountMove, AccountNode, AccountTree, Contents, SearchResults,
};

/// Finds people, contacts and what else an account has, and the accounts that are open to the reader.
#[server(protocol = Form)]
pub async fn search_account(account: AccountId, text: String) -> Answer<SearchResults> {
    crate::api::call(async |ctx| service::overview::search(ctx, account, &text).await).await
}

/// Finds accounts that the reader may enter.
#[server(protocol = Form)]
pub async fn search_open_accounts(text: String) -> Answer<Vec<Account>> {
    crate::api::call(async |ctx| service::account::search_open(ctx, &text).await).await
}

/// An account and those below it.
#[server(protocol = Form)]
pub async fn list_accounts(account: AccountId, name: String) -> Answer<AccountTree> {
    crate::api::call(async |ctx| service::account::list(ctx, account, &name).await).await
}

/// The accounts here and below to choose from.
#[server(protocol = Form)]
pub async fn list_account_choices(account: AccountId) -> Answer<Vec<AccountChoice>> {
    crate::api::call(async |ctx| service::account::choices(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_account(account: AccountId, place: AccountId) -> Answer<AccountNode> {
    crate::api::call(async |ctx| service::account::get(ctx, account, place).await).await
}

/// Makes an account below this one.
#[server(protocol = Form)]
pub async fn create_account(account: AccountId, form: AccountForm) -> Answer<AccountId> {
    crate::api::call(async |ctx| service::account::create(ctx, account, form).await).await
}

#[server(protocol = Form)]
pub async fn rename_account(account: AccountId, form: AccountForm) -> Answer<()> {
    crate::api::call(async |ctx| service::account::rename(ctx, account, form).await).await
}

#[server(protocol = Form)]
pub async fn preview_account_move(account: AccountId, parent: AccountId) -> Answer<AccountMove> {
    crate::api::call(async |ctx| service::account::preview_move(ctx, account, parent).await).await
}

#[server(protocol = Form)]
pub async fn move_account(account: AccountId, parent: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::account::move_below(ctx, account, parent).await).await
}

#[server(protocol = Form)]
pub async fn preview_account_delete(account: AccountId) -> Answer<Contents> {
    crate::api::call(async |ctx| service::account::preview_delete(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn delete_account(account: AccountId, form: AccountForm) -> Answer<()> {
    crate::api::call(async |ctx| service::account::delete(ctx, account, form).await).await
}

reads! {
    SearchAccount: Nothing;
    SearchOpenAccounts: Nothing;
    GetAccount: All(AccountRead);
    ListAccounts: All(AccountRead);
    ListAccountChoices: All(AccountRead);
    PreviewAccountDelete: All(AccountDelete);
    PreviewAccountMove: All(AccountUpdate);
}
