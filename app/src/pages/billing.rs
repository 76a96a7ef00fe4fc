use crate::{
    api::{GetBilling, UpdateBilling},
    components::{Fetched, PageHead, PostForm, Posting, Submit, Waiting, check},
    console::Here,
    pages::organisation::{BillingAddress, BillingLine, Updated},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Billing, BillingDetails, Permission, Topic};

/// What stands on the organisation's invoices, for those who may see billing and change it.
#[component]
pub fn BillingPage() -> impl IntoView {
    let here = Here::expect();
    let billing = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        GetBilling { account: here.account.get() }
    });
    let may_manage = here.may(Permission::BillingManage);
    view! {
        <Title text="Billing"/>
        <PageHead title="Billing" purpose="Whom invoices are made out to, and where they go."/>
        <Waiting on=billing.progress/>
        {move || {
            billing.get().map(|billing| {
                if may_manage.get() { view! { <Manage billing/> }.into_any() } else { view! { <ReadOnly billing/> }.into_any() }
            })
        }}
    }
    .into_any()
}

#[component]
fn Manage(billing: Billing) -> impl IntoView {
    let here = Here::expect();
    let posting = Posting::to::<UpdateBilling>().saying("Billing is saved.");
    let Billing { name, details, updated } = billing;
    let lines = details.lines(&name);
    let BillingDetails { billing_address, billing_email, vat_number } = details;
    view! {
        <div class="grid gap-6 lg:grid-cols-3">
            <PostForm posting id="billing" check={check::<BillingDetails>} class="card flex flex-col gap-6 p-4 sm:p-6 lg:col-span-2">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <BillingAddress address=billing_address/>
                <BillingLine email=billing_email vat_number/>
                <footer class="flex flex-wrap items-center gap-4 border-t border-base-300 pt-4">
                    <p class="text-muted grow text-xs"><Updated updated/></p>
                    <Submit posting label="Save"/>
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
    let email = match &*details.billing_email {
        "" => "No billing e-mail is filled in.".to_owned(),
        email => format!("They go to {email}."),
    };
    view! {
        <MadeOut lines=details.lines(&name)/>
        <p class="text-muted mt-4">{email}</p>
        <p class="text-muted mt-2 text-xs"><Updated updated/></p>
    }
    .into_any()
}

/// The address as it stands on an invoice.
#[component]
fn MadeOut(lines: Vec<String>) -> impl IntoView {
    let empty = lines.is_empty();
    let lines = lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view();
    view! {
        <section class="card self-start p-4 sm:p-6" aria-labelledby="made-out">
            <h2 id="made-out" class="mb-4 text-base font-semibold">"Invoices are made out to"</h2>
            <p class="text-muted" class:hidden=!empty>"Nobody yet: fill in a billing address."</p>
            <address class="not-italic">{lines}</address>
        </section>
    }
    .into_any()
}
