//! One's own name and roles.

use crate::{
    api::{GetOwnProfile, UpdateOwnName},
    components::{Avatar, Field, PostForm, RoleBadge, Submit, Waiting, keyed},
    pages::OwnSection,
    runtime::{Fetched, FormAction, Here, check, t},
};
use leptos::prelude::*;
use model::{ButtonText, OwnPlace, OwnProfile, ProfileText, Role, Topic, UpdateName};

/// Who the reader is to others.
pub const PROFILE: OwnSection =
    OwnSection { id: "profile", title: &ProfileText::Title, content: || view! { <OwnProfileSection/> }.into_any() };

#[component]
fn OwnProfileSection() -> impl IntoView {
    let here = Here::expect();
    // It outlives the form, which is made anew once it is saved.
    let posting = FormAction::to::<UpdateOwnName>().success_message(&ProfileText::Saved);
    let profile = Fetched::of(move || {
        posting.succeeded();
        here.live.follow(&[Topic::Rights, Topic::Organisation, Topic::Roles]);
        GetOwnProfile {}
    });
    let name = Memo::new(move |_| {
        profile.with(|profile| {
            profile.map(|it| UpdateName { first_name: it.first_name.clone(), last_name: it.last_name.clone() })
        })
    });
    let contact = Memo::new(move |_| {
        profile.with(|profile| profile.map(|it| (it.email.clone(), it.confirmed, it.mobile.clone())))
    });
    view! {
        <p class="text-muted mb-6 mt-1">{t(ProfileText::Purpose)}</p>
        <Waiting on=profile.progress rows=3/>
        {move || name.get().map(|name| view! { <Name name posting/> })}
        {move || contact.get().map(|(email, confirmed, mobile)| view! { <Contact email confirmed mobile/> })}
        <Roles profile/>
    }
    .into_any()
}

#[component]
fn Name(name: UpdateName, posting: FormAction) -> impl IntoView {
    let UpdateName { first_name, last_name } = name;
    let whole = format!("{first_name} {last_name}");
    view! {
        <div class="mb-4 flex min-w-0 items-center gap-3">
            <Avatar name=whole.clone()/>
            <p class="truncate font-medium">{whole}</p>
        </div>
        <PostForm posting id="own-name" check={check::<UpdateName>}>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name="first_name" label=t(ProfileText::FirstName) value=first_name autocomplete="given-name" required=true/>
                <Field name="last_name" label=t(ProfileText::LastName) value=last_name autocomplete="family-name" required=true/>
            </div>
            <Submit posting label=t(ButtonText::Save) class="btn btn-primary self-start"/>
        </PostForm>
    }
    .into_any()
}

/// Where the reader is reached, each with the section that changes it.
#[component]
fn Contact(email: String, confirmed: bool, mobile: Option<String>) -> impl IntoView {
    let (dot, state, act) = if confirmed {
        ("status-dot bg-success", ProfileText::Confirmed, ProfileText::ChangeEmail)
    } else {
        ("status-dot bg-warning", ProfileText::Unconfirmed, ProfileText::ConfirmEmail)
    };
    let change_mobile = if mobile.is_some() { ProfileText::ChangeMobile } else { ProfileText::AddMobile };
    // A number is read from left to right in every language.
    let mobile = mobile.map(|mobile| view! { <span dir="ltr" class="whitespace-nowrap">{mobile}</span> });
    view! {
        <dl class="own-contact">
            <dt>{t(ProfileText::Email)}</dt>
            <dd>
                <span class="break-all">{email}</span>
                <span class="text-muted flex items-center gap-1.5 text-xs"><span class=dot aria-hidden="true"></span>{t(state)}</span>
                <a class="link-quiet text-xs" href="#email">{t(act)}</a>
            </dd>
            <dt>{t(ProfileText::Mobile)}</dt>
            <dd>
                {mobile}
                <a class="link-quiet text-xs" href="#phone">{t(change_mobile)}</a>
            </dd>
        </dl>
    }
    .into_any()
}

#[component]
fn Roles(profile: Fetched<OwnProfile>) -> impl IntoView {
    let places = move || profile.with(|profile| profile.map(|profile| profile.places.clone()).unwrap_or_default());
    let note = Memo::new(move |_| {
        profile.with(|profile| match profile {
            Some(profile) if profile.places.is_empty() => Some(ProfileText::NoRoles),
            Some(profile) if profile.has_more => Some(ProfileText::MoreRoles),
            _ => None,
        })
    });
    view! {
        <div class:hidden=move || !profile.progress.is_there()>
            <h3 id="own-roles" class="mb-2 font-medium">{t(ProfileText::Roles)}</h3>
            <ul class="divide-base-300 divide-y" aria-labelledby="own-roles">{keyed(places, place)}</ul>
            {move || note.get().map(|note| view! { <p class="text-muted">{t(note)}</p> })}
        </div>
    }
    .into_any()
}

fn place(place: OwnPlace) -> AnyView {
    let OwnPlace { account, account_name, organisation_name, role, role_name, changed_by } = place;
    let name = if account_name == organisation_name {
        account_name
    } else {
        t(ProfileText::AccountOf { account: account_name, organisation: organisation_name }).into_owned()
    };
    let how = if role == Role::Owner { ProfileText::Owner } else { ProfileText::ChangedBy(changed_by) };
    view! {
        <li class="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
            <a class="link-quiet min-w-0 grow break-words font-medium" href=format!("/accounts/{account}")>{name}</a>
            <RoleBadge role name=role_name/>
            <p class="text-muted w-full text-xs">{t(how)}</p>
        </li>
    }
    .into_any()
}
