use crate::{
    api::{GetOrganisation, UpdateOrganisation as Action},
    components::{Field, PageHead, PostForm, SelectField, Submit, Time, Waiting},
    pages::organisation::{billing::BillingSection, deletion::DeletionSection, ownership::OwnershipSection},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Address, Country, Moment, Organisation, Permission, Topic, UpdateOrganisation, countries};

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
        <Title text="Organisation"/>
        <PageHead title="Organisation" purpose="The name and address that stand on invitations, and whose it is."/>
        <Waiting on=organisation.progress/>
        {move || {
            organisation.get().map(|organisation| {
                if may_update.get() { view! { <Details organisation/> }.into_any() } else { view! { <ReadOnly organisation/> }.into_any() }
            })
        }}
        <BillingSection/>
        <OwnershipSection/>
        <DeletionSection/>
    }
    .into_any()
}

#[component]
fn Details(organisation: Organisation) -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<Action>().success_message("The organisation's details are saved.");
    let Organisation { id: _, details, owner, updated } = organisation;
    let UpdateOrganisation { name, physical_address } = details;
    let lines = physical_address.lines();
    view! {
        <div class="grid gap-6 lg:grid-cols-3">
            <PostForm posting id="organisation" check={check::<UpdateOrganisation>} class="card flex flex-col gap-6 p-4 sm:p-6 lg:col-span-2">
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="name" label="Name" value=name autocomplete="organization" required=true/>
                <AddressFields title="Physical address" names=PHYSICAL address=physical_address/>
                <footer class="flex flex-wrap items-center gap-4 border-t border-base-300 pt-4">
                    <p class="text-muted grow text-xs">"Owner: " {owner} ". " <Updated updated/></p>
                    <Submit posting label="Save"/>
                </footer>
            </PostForm>
            <Written title="Where to find it" lines empty="Nobody knows yet: fill in the physical address."/>
        </div>
    }
    .into_any()
}

/// An address as its country writes it.
#[component]
pub fn Written(
    title: &'static str,
    lines: Vec<String>,
    /// What stands there before there is one.
    #[prop(optional)]
    empty: &'static str,
) -> impl IntoView {
    let id = title.to_lowercase().replace(' ', "-");
    let labelled = id.clone();
    let written = if lines.is_empty() {
        view! { <p class="text-muted">{empty}</p> }.into_any()
    } else {
        let lines = lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view();
        view! { <address class="not-italic">{lines}</address> }.into_any()
    };
    view! {
        <section class="card self-start p-4 sm:p-6" aria-labelledby=labelled>
            <h2 id=id class="mb-4 text-base font-semibold">{title}</h2>
            {written}
        </section>
    }
    .into_any()
}

/// Who changed what last.
#[component]
pub fn Updated(updated: Option<(String, String, Moment)>) -> impl IntoView {
    updated.map(|(who, what, at)| view! { {format!("{who} {what}, ")} <Time moment=at/> "." }).into_any()
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
pub fn AddressFields(title: &'static str, names: Names, address: Address) -> impl IntoView {
    let Address { street, extra, city, region, postal_code, country } = address;
    let [street_name, extra_name, city_name, region_name, postal_code_name, country_name] = names;
    view! {
        <fieldset class="flex flex-col gap-4">
            <legend class="mb-4 text-base font-semibold">{title}</legend>
            <Field name=street_name label="Street and number" value=street/>
            <Field name=extra_name label="Building, floor, unit" value=extra/>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name=city_name label="City" value=city/>
                <Field name=region_name label="Region" value=region/>
                <Field name=postal_code_name label="Postal code" value=postal_code/>
                <SelectField name=country_name label="Country" value=country.value() options=choices(&country)/>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The countries, and what was typed before there was a list.
fn choices(country: &Country) -> Vec<(String, String)> {
    let own = |text: &str, called: &str| (text.to_owned(), called.to_owned());
    let mut choices = vec![own("", "Not filled in")];
    if let Country::Typed(text) = country {
        choices.push((text.clone(), format!("{text} (as it was typed)")));
    }
    choices.extend(countries().map(|(code, name)| own(code, name)));
    choices
}

#[component]
fn ReadOnly(organisation: Organisation) -> impl IntoView {
    let Organisation { id: _, details, owner, updated } = organisation;
    let UpdateOrganisation { name, physical_address } = details;
    let lines = physical_address.lines();
    let address = if lines.is_empty() {
        "Not filled in".into_any()
    } else {
        lines.into_iter().map(|line| view! { <span class="block">{line}</span> }).collect_view().into_any()
    };
    view! {
        <dl class="card details-list">
            <dt>"Name"</dt><dd>{name}</dd>
            <dt>"Owner"</dt><dd>{owner}</dd>
            <dt>"Physical address"</dt><dd>{address}</dd>
        </dl>
        <p class="text-muted mt-2 text-xs"><Updated updated/></p>
    }
    .into_any()
}
