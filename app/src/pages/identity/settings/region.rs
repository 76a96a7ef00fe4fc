//! One's own country and time zone.

use crate::{
    api::{GetOwnRegion, UpdateOwnRegion},
    components::{Field, PostForm, SelectField, Submit, Waiting, keyed},
    pages::OwnSection,
    runtime::{Fetched, FormAction, check, t},
};
use leptos::prelude::*;
use model::{ButtonText, Country, OwnRegion, RegionText, TimeZoneChoice, UpdateRegion, countries};

/// Where the reader is, and the zone that they read dates in.
pub const REGION: OwnSection =
    OwnSection { id: "region", title: &RegionText::Title, content: || view! { <OwnRegionSection/> }.into_any() };

/// The list that the zone's field suggests from.
const ZONES: &str = "time-zones";

/// What the form is made from.
#[derive(Clone, PartialEq, Hash)]
struct Shown {
    country: Country,
    time_zone: Option<TimeZoneChoice>,
    browser: TimeZoneChoice,
}

#[component]
fn OwnRegionSection() -> impl IntoView {
    // It outlives the form, which is made anew once it is saved.
    let posting = FormAction::to::<UpdateOwnRegion>().success_message(&RegionText::Saved);
    let region = Fetched::of(move || {
        posting.succeeded();
        GetOwnRegion {}
    });
    let shown = Memo::new(move |_| region.with(|region| region.map(shown)));
    let zones =
        Memo::new(move |_| region.with(|region| region.map(|region| options(&region.zones)).unwrap_or_default()));
    view! {
        <p class="text-muted mb-6 mt-1">{t(RegionText::Purpose)}</p>
        <Waiting on=region.progress rows=2/>
        {keyed(move || Vec::from_iter(shown.get()), move |shown| view! { <Region shown posting/> }.into_any())}
        <datalist id=ZONES inner_html=zones></datalist>
    }
    .into_any()
}

fn shown(region: &OwnRegion) -> Shown {
    let OwnRegion { country, time_zone, browser, zones: _ } = region;
    Shown { country: country.clone(), time_zone: time_zone.clone(), browser: browser.clone() }
}

/// As one piece, since there are hundreds of them. No name of a zone needs to be escaped.
fn options(zones: &[TimeZoneChoice]) -> String {
    let [begin, end] = ["<option value='", "'></option>"];
    zones.iter().flat_map(|zone| [begin.to_owned(), zone.to_string(), end.to_owned()]).collect()
}

#[component]
fn Region(shown: Shown, posting: FormAction) -> impl IntoView {
    let Shown { country, time_zone, browser } = shown;
    let none = (String::new(), t(RegionText::NoCountry).into_owned());
    let listed = countries().map(|(code, name)| (code.to_owned(), name.to_owned()));
    let options = std::iter::once(none).chain(listed).collect();
    let zone = time_zone.map(|zone| zone.to_string()).unwrap_or_default();
    view! {
        <PostForm posting id="own-region" check={check::<UpdateRegion>}>
            <div class="grid items-start gap-4 sm:grid-cols-2">
                <SelectField name="country" label=t(RegionText::Country) value=country.value() options/>
                <Field name="time_zone" label=t(RegionText::TimeZone) value=zone hint=t(RegionText::TimeZoneHint(browser)) list=ZONES/>
            </div>
            <Submit posting label=t(ButtonText::Save) class="btn btn-primary self-start"/>
        </PostForm>
    }
    .into_any()
}
