use super::goes_to;
use crate::{
    NO_CAMPAIGN,
    api::{CreateCampaign, DeleteCampaign, GetCampaign, UpdateCampaign},
    components::{Confirm, Drawer, Field, PostForm, Submit, Waiting, grouped},
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{Campaign, CampaignDetails, CampaignForm, CampaignId, Permission, PermissionSet, Segments, Topic};

fn back() -> Signal<String> {
    let here = Here::expect();
    Signal::derive(move || here.path("campaigns"))
}

#[component]
pub fn NewCampaign() -> impl IntoView {
    let here = Here::expect();
    // The redirect of the server function closes the drawer.
    let posting = FormAction::to::<CreateCampaign>().success_message("The campaign is saved.");
    view! {
        <Drawer label="Write a campaign" back=back()>
            <h2 class="mb-6 pe-10 text-base font-semibold">"Write a campaign"</h2>
            <PostForm posting id="new-campaign" check={check::<CampaignForm>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Fields name=String::new() text=String::new() tag=String::new()/>
                <Submit posting label="Save the campaign" class="btn btn-primary mt-2"/>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

#[component]
fn Fields(name: String, text: String, tag: String) -> impl IntoView {
    view! {
        <Field name="name" label="Name" value=name required=true hint="For you and your colleagues: contacts do not see it."/>
        <Field name="text" label="Text" value=text multiline=true required=true says=length/>
        <Field name="tag" label="Tag" value=tag hint="Goes to the contacts with this tag. Empty for all contacts of the account."/>
    }
    .into_any()
}

fn length(text: &str) -> String {
    Segments::of(text.trim()).sentence()
}

#[component]
pub fn CampaignDrawer() -> impl IntoView {
    let here = Here::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("campaign").and_then(|id| id.parse().ok()).unwrap_or(NO_CAMPAIGN))
    });
    let campaign = Fetched::of(move || {
        here.live.follow(&[Topic::Rights]);
        GetCampaign { account: here.account.get(), campaign: id.get() }
    });
    // What is typed stays as long as nothing of this is another.
    let shown = Memo::new(move |_| {
        let CampaignDetails { campaign, recipients } = campaign.get()?;
        let Campaign { id: _, name, text, tag, updated_by: _, updated: _ } = campaign;
        Some((CampaignForm { name, text, tag }, recipients))
    });
    let held = Memo::new(move |_| here.permissions.get().intersection("campaign.update campaign.delete".into()));
    view! {
        <Drawer label="Campaign" back=back()>
            <div class="pe-10"><Waiting on=campaign.progress rows=3/></div>
            {move || shown.get().map(|(form, recipients)| view! { <Details id=id.get_untracked() form recipients held=held.get()/> })}
        </Drawer>
    }
    .into_any()
}

#[component]
fn Details(id: CampaignId, form: CampaignForm, recipients: Option<u64>, held: PermissionSet) -> impl IntoView {
    let here = Here::expect();
    let CampaignForm { name, text, tag } = form;
    let hidden = move || {
        view! {
            <input type="hidden" name="account" value=here.account.get().to_string()/>
            <input type="hidden" name="campaign" value=id.to_string()/>
        }
    };
    let title = name.clone();
    let reaches = recipients.map(|recipients| {
        let contacts = if recipients == 1 { "contact" } else { "contacts" };
        format!("It would reach {} {contacts} with a mobile number.", grouped(recipients))
    });
    let body = if held.contains(Permission::CampaignUpdate) {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<UpdateCampaign>().success_message("The campaign is saved.");
        view! {
            <PostForm posting id="campaign" check={check::<CampaignForm>}>
                {hidden()}
                <Fields name text tag/>
                <Submit posting label="Save" class="btn btn-primary mt-2"/>
            </PostForm>
        }
        .into_any()
    } else {
        view! {
            <dl class="details-list">
                <dt>"Text"</dt><dd class="whitespace-pre-wrap">{text}</dd>
                <dt>"Goes to"</dt><dd>{goes_to(&tag)}</dd>
            </dl>
        }
        .into_any()
    };
    let delete = held.contains(Permission::CampaignDelete).then(|| {
        // The redirect of the server function closes the drawer.
        let posting = FormAction::to::<DeleteCampaign>().success_message("The campaign is deleted.");
        view! {
            <footer class="drawer-foot">
                <Confirm id="delete-campaign" ask="Delete" title="Delete this campaign?".to_owned().into()
                    consequence="The campaign and its text are gone for everyone. This cannot be undone.".to_owned().into()>
                    <PostForm posting id="delete" class="">
                        {hidden()}
                        <Submit posting label="Delete the campaign" class="btn btn-error btn-sm"/>
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
