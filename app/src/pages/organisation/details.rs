use crate::{
    api::{GetOrganisation, UpdateOrganisation as Action},
    components::{Field, PageHead, PostForm, SelectField, Submit, Time, Waiting},
    pages::organisation::{billing::BillingSection, deletion::DeletionRow, ownership::OwnershipRow},
    runtime::{Fetched, FormAction, Here, check, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    Address, AddressText, ButtonText, Country, DetailsText, LastUpdate, Organisation, Permission, Topic,
    UpdateOrganisation, countries,
};
use std::borrow::Cow;

/// The organisation's name and address, and what stands on its invoices.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    let here = Here::expect();
    let organisation = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        GetOrganisation { account: here.account.get() }
    });
    let may_update = here.may(Permission::OrganisationUpdate);
    view! {
        <Title text=|| t(DetailsText::Title)/>
        <PageHead title=|| t(DetailsText::Title) purpose=|| t(DetailsText::Purpose)/>
        <Waiting on=organisation.progress/>
        {move || {
            organisation.get().map(|organisation| {
                if may_update.get() { view! { <Details organisation/> }.into_any() } else { view! { <ReadOnly organisation/> }.into_any() }
            })
        }}
        <BillingSection/>
        <section class="card mt-6 border-error/40" aria-labelledby="danger-zone">
            <h2 id="danger-zone" class="px-4 pt-4 text-base font-semibold sm:px-6">{t(DetailsText::DangerZone)}</h2>
            <div class="divide-base-300 divide-y">
                <OwnershipRow/>
                <DeletionRow/>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Details(organisation: Organisation) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<Action>().success_message(&DetailsText::Saved);
    let Organisation { id: _, details, owner, updated } = organisation;
    let UpdateOrganisation { name, physical_address } = details;
    let lines = physical_address.lines();
    view! {
        <div class="grid gap-6 lg:grid-cols-3">
            <PostForm posting id="organisation" check={check::<UpdateOrganisation>} class="card flex flex-col gap-6 p-4 sm:p-6 lg:col-span-2">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="name" label=t(DetailsText::Name) value=name autocomplete="organization" required=true/>
                <AddressFields title=t(DetailsText::PhysicalAddress) names=PHYSICAL address=physical_address/>
                <footer class="flex flex-wrap items-center gap-4 border-t border-base-300 pt-4">
                    <p class="text-muted grow text-xs">{t_with(DetailsText::OwnedBy, [owner.into_any()])} " " <Updated updated/></p>
                    <Submit posting label=t(ButtonText::Save)/>
                </footer>
            </PostForm>
            <Written id="written-address" title=t(DetailsText::Address) lines empty=t(DetailsText::NoAddress)/>
        </div>
    }
    .into_any()
}

/// An address as its country writes it.
#[component]
pub fn Written(
    id: &'static str,
    title: Cow<'static, str>,
    lines: Vec<String>,
    /// What stands there before there is one.
    #[prop(optional)]
    empty: Cow<'static, str>,
) -> impl IntoView {
    let written = if lines.is_empty() {
        view! { <p class="text-muted">{empty}</p> }.into_any()
    } else {
        let lines = lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view();
        view! { <address class="not-italic">{lines}</address> }.into_any()
    };
    view! {
        <section class="card self-start p-4 sm:p-6" aria-labelledby=id>
            <h2 id=id class="mb-4 text-base font-semibold">{title}</h2>
            {written}
        </section>
    }
    .into_any()
}

/// Who changed what last.
#[component]
pub fn Updated(updated: Option<LastUpdate>) -> impl IntoView {
    let line = |LastUpdate { by, by_id: _, fields, at }| {
        t_with(DetailsText::Updated { fields }, [by.into_any(), view! { <Time moment=at/> }.into_any()])
    };
    updated.map(line).into_any()
}

/// The names of an address's fields, in the order of [`Address`].
pub type Names = [&'static str; 6];

const PHYSICAL: Names = [
    "physical_address[street]",
    "physical_address[extra]",
    "physical_address[city]",
    "physical_address[region]",
    "physical_address[postal_code]",
    "physical_address[country]",
];

#[component]
pub fn AddressFields(title: Cow<'static, str>, names: Names, address: Address) -> impl IntoView {
    let here = Here::expect();
    // A new address begins in the country of whoever writes it.
    let own =
        || here.profile.with_untracked(|profile| profile.map(|profile| profile.country.clone()).unwrap_or_default());
    let country = if address == Address::default() { own() } else { address.country };
    let Address { street, extra, city, region, postal_code, country: _ } = address;
    let [street_name, extra_name, city_name, region_name, postal_code_name, country_name] = names;
    view! {
        <fieldset class="flex flex-col gap-4">
            <legend class="mb-4 text-base font-semibold">{title}</legend>
            <Field name=street_name label=t(AddressText::Street) value=street/>
            <Field name=extra_name label=t(AddressText::Extra) value=extra/>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name=city_name label=t(AddressText::City) value=city/>
                <Field name=region_name label=t(AddressText::Region) value=region/>
                <Field name=postal_code_name label=t(AddressText::PostalCode) value=postal_code/>
                <SelectField name=country_name label=t(AddressText::Country) value=country.value() options=choices(&country)/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The countries, and what was typed before there was a list.
fn choices(country: &Country) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), t(AddressText::NoCountry).into_owned())];
    if let Country::Typed(text) = country {
        choices.push((text.clone(), t(AddressText::TypedCountry { country: text.clone() }).into_owned()));
    }
    choices.extend(countries().map(|(code, name)| (code.to_owned(), name.to_owned())));
    choices
}

#[component]
fn ReadOnly(organisation: Organisation) -> impl IntoView {
    let Organisation { id: _, details, owner, updated } = organisation;
    let UpdateOrganisation { name, physical_address } = details;
    let lines = physical_address.lines();
    let address = if lines.is_empty() {
        t(DetailsText::NoAddress).into_any()
    } else {
        lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view().into_any()
    };
    view! {
        <dl class="card details-list">
            <dt>{t(DetailsText::Name)}</dt><dd>{name}</dd>
            <dt>{t(DetailsText::Owner)}</dt><dd>{owner}</dd>
            <dt>{t(DetailsText::PhysicalAddress)}</dt><dd>{address}</dd>
        </dl>
        <p class="text-muted mt-2 text-xs"><Updated updated/></p>
    }
    .into_any()
}
