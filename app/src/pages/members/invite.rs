use crate::{
    api::InviteMembers as Action,
    components::{Done, Drawer, Field, PostForm, Posting, Submit, check},
    console::Here,
};
use leptos::prelude::*;
use model::{InviteMembers, InviteOutcome, Invited, PermissionSet, Role};

/// Invites one or more people with a role.
#[component]
pub fn InvitePeople() -> impl IntoView {
    let here = Here::expect();
    let posting = Posting::to::<Action>();
    let back = Signal::derive(move || here.path("members"));
    let outcome = move || posting.answer().map(|invited| view! { <Outcome invited/> });
    let roles = Role::ASSIGNABLE.map(|role| {
        let reach = move || role.permissions(PermissionSet::EMPTY).is_subset(here.permissions.get());
        view! {
            <label class="choice" class:choice-off=move || !reach()>
                <input type="radio" class="radio radio-sm" name="form[role]" value=role.name() checked=role == Role::Viewer disabled=move || !reach()/>
                <span>
                    <span class="block font-medium">{role.label()}</span>
                    <span class="text-muted block text-xs">{role.meaning()}</span>
                    <span class="text-muted block text-xs" class:hidden=reach>"You do not hold all of this yourself."</span>
                </span>
            </label>
        }
    });
    view! {
        <Drawer label="Invite people" back>
            <h2 class="mb-6 pe-10 text-base font-semibold">"Invite people"</h2>
            <PostForm posting id="invite" check={check::<InviteMembers>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="emails" label="E-mail addresses" multiline=true required=true hint="One or more, with commas or lines between."/>
                <fieldset class="flex flex-col gap-2">
                    <legend class="field-label mb-1.5">"Role"</legend>
                    {roles.collect_view()}
                    <p class="field-hint">"Give the least that the work needs: it can be changed at any time, and takes effect at once."</p>
                </fieldset>
                <Submit posting label="Send the invitation" class="btn btn-primary mt-2"/>
                <div aria-live="polite">{outcome}</div>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

#[component]
fn Outcome(invited: Vec<Invited>) -> impl IntoView {
    let sent = invited.iter().filter(|invited| invited.outcome == InviteOutcome::Invited).count();
    let sentence = match sent {
        0 => "Nobody new to invite.".to_owned(),
        1 => "1 invitation is on its way.".to_owned(),
        sent => format!("{sent} invitations are on their way."),
    };
    let line = |Invited { email, outcome }| view! { <li>{email} ": " {outcome.label()}</li> };
    view! {
        <Done sentence/>
        <ul class="text-muted mt-2 text-xs">{invited.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
