use super::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, Organisation, Standing};

/// Where an account is, and what the reader may do there now.
#[server(protocol = Form)]
pub async fn get_standing(account: AccountId) -> Answer<Standing> {
    super::call(async |ctx| service::organisation::standing(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn get_organisation(account: AccountId) -> Answer<Organisation> {
    super::call(async |ctx| service::organisation::get(ctx, account).await).await
}

#[server(protocol = Form)]
pub async fn update_organisation(account: AccountId, form: model::UpdateOrganisation) -> Answer<()> {
    super::call(async |ctx| service::organisation::update(ctx, account, form).await).await
}
