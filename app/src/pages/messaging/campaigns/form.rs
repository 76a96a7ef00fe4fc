use super::recipients;
use crate::{
    api::{CreateCampaign, DeleteCampaign, GetCampaign, UpdateCampaign},
    components::{Confirm, Drawer, EditConflict, Field, FieldConflict, PostForm, Submit, Waiting, differences},
    runtime::{Fetched, FormAction, Here, check, form_source, posted, route_param, t},
};
use leptos::prelude::*;
use model::{
    ButtonText, Campaign, CampaignDetails, CampaignForm, CampaignText, Form, Permission, PermissionSet, Segments, Topic,
};
use std::borrow::Cow;

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path_with_query("campaigns"))
}

#[component]
pub fn NewCampaign() -> impl IntoView {
    let here = Here::expect();
    // The redirect of the server function closes the drawer.
    let posting = FormAction::to::<CreateCampaign>().success_message(&CampaignText::Saved);
    view! {
        <Drawer label=t(CampaignText::NewTitle) back=back()>
            <h2 class="mb-6 pe-10 text-base font-semibold">{t(CampaignText::NewTitle)}</h2>
            <PostForm posting id="new-campaign" check={check::<CampaignForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Fields name=String::new() text=String::new() tag=String::new()/>
                <Submit posting label=t(CampaignText::Save) class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

#[component]
fn Fields(name: String, text: String, tag: String) -> impl IntoView {
    view! {
        <Field name="name" label=t(CampaignText::Name) value=name required=true hint=t(CampaignText::NameHint)/>
        <Field name="text" label=t(CampaignText::Body) value=text multiline=true required=true says=length/>
        <Field name="tag" label=t(CampaignText::Tag) value=tag hint=t(CampaignText::TagHint)/>
    }
    .into_any()
}

fn length(text: &str) -> Cow<'static, str> {
    t(Segments::of(text.trim()))
}

#[component]
pub fn CampaignDrawer() -> impl IntoView {
    let here = Here::expect();
    let id = route_param("campaign");
    let campaign = Fetched::when(move || {
        here.live.follow(&[Topic::Rights]);
        Some(GetCampaign { account: here.account.get(), campaign: id.get()? })
    });
    let again = RwSignal::new(0);
    let now = move || campaign.with(|details| details.map(|details| details.campaign.clone()));
    let shown = form_source(campaign.progress, now, |one, other| one.id == other.id, again);
    let held = Memo::new(move |_| here.permissions.get().intersection("campaign.update campaign.delete".into()));
    view! {
        <Drawer label=t(CampaignText::Title) back=back()>
            <div class="pe-10"><Waiting on=campaign.progress rows=3/></div>
            {move || shown.get().map(|(_, shown)| view! { <Details shown campaign again held=held.get()/> })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Details(
    /// What the form is made from.
    shown: Campaign,
    /// As it is now.
    campaign: Fetched<CampaignDetails>,
    again: RwSignal<u32>,
    held: PermissionSet,
) -> impl IntoView {
    let here = Here::expect();
    let Campaign { id, name, text, tag, version, .. } = shown;
    let hidden = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="campaign" value=id.to_string()/>
        }
    };
    let title = name.clone();
    let reached = Memo::new(move |_| campaign.with(|details| details.and_then(|details| details.recipients)));
    let reaches = move || reached.get().map(|contacts| t(CampaignText::Reaches { contacts }));
    let body = if held.contains(Permission::CampaignUpdate) {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<UpdateCampaign>().success_message(&CampaignText::Saved);
        let now = Signal::derive(move || campaign.with(|details| details.map(|details| details.campaign.version)));
        let fields = Signal::derive(move || campaign.get().map(|now| conflicts(now, posting)).unwrap_or_default());
        let use_theirs = Callback::new(move |()| again.update(|again| *again += 1));
        view! {
            <PostForm posting id="campaign" check={check::<CampaignForm>}>
                {hidden()}
                <EditConflict posting shown=version now progress=campaign.progress fields use_theirs/>
                <Fields name text tag/>
                <div class:hidden=move || posting.is_outdated()><Submit posting label=t(ButtonText::Save) class="btn btn-primary mt-2"/></div>
            </PostForm>
        }
        .into_any()
    } else {
        view! {
            <dl class="details-list">
                <dt>{t(CampaignText::Body)}</dt><dd class="whitespace-pre-wrap">{text}</dd>
                <dt>{t(CampaignText::Recipients)}</dt><dd>{recipients(&tag)}</dd>
            </dl>
        }
        .into_any()
    };
    let delete = held.contains(Permission::CampaignDelete).then(|| {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<DeleteCampaign>().success_message(&CampaignText::Deleted);
        view! {
            <footer class="drawer-foot">
                <Confirm id="delete-campaign" ask=t(CampaignText::DeleteAsk) title=|| t(CampaignText::DeleteQuestion)
                    consequence=|| t(CampaignText::DeleteConsequence)>
                    <PostForm posting id="delete" class="">
                        {hidden()}
                        <Submit posting label=t(CampaignText::Delete) class="btn btn-error btn-sm"/>
                    </PostForm>
                </Confirm>
            </footer>
        }
    });
    view! {
        <h2 class="mb-1 pe-10 text-base font-semibold">{title}</h2>
        <p class="text-muted mb-6">{reaches}</p>
        {body}
        {delete}
    }
    .into_any()
}

/// The fields that differ between what was saved meanwhile and what was posted last.
fn conflicts(now: CampaignDetails, posting: FormAction) -> Vec<FieldConflict> {
    let theirs = now.campaign;
    let yours = posting.sent.with(|sent| posted::<CampaignForm>(sent)).unwrap_or_default();
    let yours = yours.clone().validated().unwrap_or(yours);
    differences([
        (t(CampaignText::Name), theirs.name, yours.name),
        (t(CampaignText::Body), theirs.text, yours.text),
        (t(CampaignText::Tag), theirs.tag, yours.tag),
    ])
}
