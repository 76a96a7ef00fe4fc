use crate::{
    api::{GetBilling, UpdateBilling},
    components::{Field, PageHead, PostForm, Submit, Waiting},
    pages::organisation::details::{AddressFields, Names, Updated, Written},
    runtime::{Fetched, FormAction, Here, check, locale, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Billing, BillingDetails, BillingText, ButtonText, Permission, Topic};

/// What stands on the organisation's invoices, for those who may see billing and change it.
#[component]
pub fn BillingPage() -> impl IntoView {
    let here = Here::expect();
    let billing = fetched(here);
    let may_manage = here.may(Permission::BillingManage);
    view! {
        <Title text=|| t(BillingText::Title)/>
        <PageHead title=|| t(BillingText::Title) purpose=|| t(BillingText::Purpose)/>
        <Waiting on=billing.progress/>
        {move || {
            billing.get().map(|billing| {
                if may_manage.get() { view! { <Manage billing/> }.into_any() } else { view! { <ReadOnly billing/> }.into_any() }
            })
        }}
    }
    .into_any()
}

/// The same on the page of the organisation, for those who may see it.
#[component]
pub fn BillingSection() -> impl IntoView {
    let here = Here::expect();
    let may_read = here.may(Permission::BillingRead);
    move || may_read.get().then(|| view! { <Short/> })
}

#[component]
fn Short() -> impl IntoView {
    let here = Here::expect();
    let billing = fetched(here);
    let may_manage = here.may(Permission::BillingManage);
    view! {
        <div class="mt-6">
            {move || billing.get().map(|billing| view! { <ReadOnly billing/> })}
            <a class="btn btn-sm mt-4" class:hidden=move || !may_manage.get() href=move || here.path("billing")>{t(BillingText::Edit)}</a>
        </div>
    }
    .into_any()
}

fn fetched(here: Here) -> Fetched<Billing> {
    Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        GetBilling { account: here.account.get() }
    })
}

const ADDRESS: Names = [
    "address[street]",
    "address[extra]",
    "address[city]",
    "address[region]",
    "address[postal_code]",
    "address[country]",
];

#[component]
fn Manage(billing: Billing) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<UpdateBilling>().success_message(&BillingText::Saved);
    let Billing { name, details, updated } = billing;
    let lines = details.lines(&name, locale());
    let BillingDetails { address, email, vat_number } = details;
    view! {
        <div class="grid gap-6 lg:grid-cols-3">
            <PostForm posting id="billing" check={check::<BillingDetails>} class="card flex flex-col gap-6 p-4 sm:p-6 lg:col-span-2">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <AddressFields title=t(BillingText::Address) names=ADDRESS address/>
                <div class="grid gap-4 md:grid-cols-2">
                    <Field name="email" label=t(BillingText::Email) kind="email" value=email hint=t(BillingText::EmailHint)/>
                    <Field name="vat_number" label=t(BillingText::VatNumber) value=vat_number hint=t(BillingText::VatNumberHint)/>
                </div>
                <footer class="flex flex-wrap items-center gap-4 border-t border-base-300 pt-4">
                    <p class="text-muted grow text-xs"><Updated updated/></p>
                    <Submit posting label=t(ButtonText::Save)/>
                </footer>
            </PostForm>
            <MadeOut lines/>
        </div>
    }
    .into_any()
}

#[component]
fn ReadOnly(billing: Billing) -> impl IntoView {
    let Billing { name, details, updated } = billing;
    let email = match &*details.email {
        "" => t(BillingText::NoEmail),
        email => t(BillingText::SentTo { email: email.to_owned() }),
    };
    view! {
        <MadeOut lines=details.lines(&name, locale())/>
        <p class="text-muted mt-4">{email}</p>
        <p class="text-muted mt-2 text-xs"><Updated updated/></p>
    }
    .into_any()
}

#[component]
fn MadeOut(lines: Vec<String>) -> impl IntoView {
    view! { <Written id="addressed-to" title=t(BillingText::AddressedTo) lines/> }
}
