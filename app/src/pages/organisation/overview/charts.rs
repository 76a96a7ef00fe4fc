use crate::{
    api::{CountNewContacts, CountPersonalReads, CountRefusals},
    components::DayChart,
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use model::{OverviewText, Permission, Topic};

/// What happened day by day, as far as the reader may know it.
#[component]
pub fn Charts() -> impl IntoView {
    let here = Here::expect();
    let (contacts, log) = (here.may(Permission::ContactReadBasic), here.may(Permission::AccessLogRead));
    view! {
        <section class="mt-8" class:hidden=move || !contacts.get() && !log.get() aria-labelledby="charts">
            <h2 id="charts" class="mb-3 text-sm font-medium">{t(OverviewText::Charts)}</h2>
            <div class="grid items-start gap-4 md:grid-cols-2 lg:grid-cols-3">
                {move || contacts.get().then(|| view! { <NewContacts/> })}
                {move || log.get().then(|| view! { <PersonalReads/> })}
                {move || log.get().then(|| view! { <Refusals/> })}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn NewContacts() -> impl IntoView {
    let here = Here::expect();
    let days = Fetched::of(move || {
        here.live.follow(&[Topic::Contacts, Topic::Rights]);
        CountNewContacts { account: here.account.get() }
    });
    view! { <DayChart question=t(OverviewText::NewContactsByDay) days/> }
}

// The log's charts are of days: they do not follow every entry of it.

#[component]
fn PersonalReads() -> impl IntoView {
    let here = Here::expect();
    let days = Fetched::of(move || CountPersonalReads { account: here.account.get() });
    view! { <DayChart question=t(OverviewText::PersonalReadsByDay) days/> }
}

#[component]
fn Refusals() -> impl IntoView {
    let here = Here::expect();
    let days = Fetched::of(move || CountRefusals { account: here.account.get() });
    view! { <DayChart question=t(OverviewText::RefusalsByDay) days/> }
}
