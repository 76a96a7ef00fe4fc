use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{AccountId, DayCount, FirstRun, Overview};

#[server(protocol = Form)]
pub async fn get_overview(account: AccountId) -> Answer<Overview> {
    crate::api::call(async |ctx| service::overview::get(ctx, account).await).await
}

/// How many contacts were new on each of the last 30 days.
#[server(protocol = Form)]
pub async fn count_new_contacts(account: AccountId) -> Answer<Vec<DayCount>> {
    crate::api::call(async |ctx| service::overview::new_contacts(ctx, account).await).await
}

/// How often personal details were read on each of the last 30 days.
#[server(protocol = Form)]
pub async fn count_personal_reads(account: AccountId) -> Answer<Vec<DayCount>> {
    crate::api::call(async |ctx| service::access_counts::personal_reads(ctx, account).await).await
}

/// How often access was refused on each of the last 30 days.
#[server(protocol = Form)]
pub async fn count_refusals(account: AccountId) -> Answer<Vec<DayCount>> {
    crate::api::call(async |ctx| service::access_counts::refusals(ctx, account).await).await
}

/// How far a new organisation is set up; `None` in a browser where the reader wants to hear no more of it.
#[server(protocol = Form)]
pub async fn get_first_run(account: AccountId) -> Answer<Option<FirstRun>> {
    let steps = crate::api::call(async |ctx| service::overview::first_run(ctx, account).await).await?;
    Ok((!edge::is_dismissed(account)?).then_some(steps))
}

/// Hides the first steps from the reader in this browser, however often they sign in.
#[server(protocol = Form)]
pub async fn dismiss_first_run(account: AccountId) -> Answer<()> {
    crate::api::call(async |ctx| service::overview::first_run(ctx, account).await).await?;
    edge::dismiss(account)
}

/// What the browser keeps of the first steps: who dismissed them in an account.
#[cfg(feature = "ssr")]
mod edge {
    use crate::{
        request::{cookie_of_request, set_cookie},
        runtime::{Answer, context},
    };
    use model::{AccountId, Problem, UserId};
    use std::time::Duration;

    const YEAR: Duration = Duration::from_hours(365 * 24);

    fn name(account: AccountId) -> String {
        format!("first_run_{account}")
    }

    fn reader() -> Answer<UserId> {
        context()?.user().map_err(|_| Problem::SignedOut)
    }

    pub fn is_dismissed(account: AccountId) -> Answer<bool> {
        Ok(cookie_of_request(&name(account)) == Some(reader()?.to_string()))
    }

    pub fn dismiss(account: AccountId) -> Answer<()> {
        let public_url = &context()?.service().settings.public_url.clone();
        set_cookie(&name(account), &reader()?.to_string(), YEAR, public_url);
        Ok(())
    }
}

reads! {
    GetOverview: Nothing;
    CountNewContacts: All(ContactReadBasic);
    CountPersonalReads: All(AccessLogRead);
    CountRefusals: All(AccessLogRead);
    GetFirstRun: All(OrganisationUpdate);
}
