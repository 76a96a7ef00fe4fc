use crate::{
    api::{InviteMembers as Action, ListInvitationAccounts},
    components::{Done, Drawer, Field, Glyph, Icon, PostForm, Submit},
    pages::people::roles::roles_of,
    runtime::{Fetched, FormAction, Here, check},
};
use leptos::prelude::*;
use model::{AccountChoice, InviteMembers, InviteOutcome, InviteResult, PermissionSet, Role, RoleEntry, Topic};

/// Invites people into one or more accounts, with a role in each.
#[component]
pub fn InvitePeople() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<Action>();
    let back = Signal::derive(move || here.path("members"));
    let roles = roles_of(here);
    // The policy's role, as far as the inviter may give it.
    let starts = Memo::new(move |_| {
        let start = roles.with(|roles| roles.and_then(|roles| roles.iter().find(|entry| entry.starts)).cloned());
        start.filter(|start| within_reach(here, start.permissions))
    });
    let start = Signal::derive(move || starts.with(|starts| starts.as_ref().map_or(Role::Viewer, |start| start.role)));
    let said = move || {
        let start = starts.with(|starts| starts.as_ref().map(|start| start.name.clone()));
        start.map(|name| format!("By your organisation's policy it starts as {name}. "))
    };
    let outcome = move || posting.answer().map(|invited| view! { <Outcome invited/> });
    let given = Role::ASSIGNABLE.map(|role| {
        view! { <Choice role name=role.label() meaning=role.meaning() holds=role.permissions(PermissionSet::EMPTY) start/> }
    });
    let named = move || {
        let choice = |entry: RoleEntry| view! { <Choice role=entry.role name=entry.name meaning=entry.role.meaning() holds=entry.permissions start/> };
        own_roles(roles).into_iter().map(choice).collect_view()
    };
    view! {
        <Drawer label="Invite people" back>
            <h2 class="mb-6 pe-10 text-base font-semibold">"Invite people"</h2>
            <PostForm posting id="invite" check={check::<InviteMembers>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="emails" label="E-mail addresses" multiline=true required=true hint="Any number, with commas, semicolons or lines between."/>
                <File/>
                <fieldset class="flex flex-col gap-2">
                    <legend class="field-label mb-1.5">"Role in " {move || here.place()}</legend>
                    {given}
                    {named}
                    <p class="field-hint">{said} "Give the least that the work needs: it can be changed at any time, and takes effect at once."</p>
                </fieldset>
                <OtherAccounts roles start/>
                <Submit posting label="Send the invitation" class="btn btn-primary mt-2"/>
                <div aria-live="polite">{outcome}</div>
            </PostForm>
        </Drawer>
    }
    .into_any()
}

fn own_roles(roles: Fetched<Vec<RoleEntry>>) -> Vec<RoleEntry> {
    let is_named = |entry: &RoleEntry| matches!(entry.role, Role::Named(_));
    roles.get().unwrap_or_default().into_iter().filter(is_named).collect()
}

/// Whether the reader may give these permissions. What has no effect here counts for nothing.
fn within_reach(here: Here, holds: PermissionSet) -> bool {
    holds.intersection(PermissionSet::reach(here.is_root())).is_subset(here.permissions.get())
}

#[component]
fn Choice(
    role: Role,
    #[prop(into)] name: String,
    meaning: &'static str,
    holds: PermissionSet,
    /// The role that the form starts with.
    start: Signal<Role>,
) -> impl IntoView {
    let here = Here::expect();
    let reach = move || within_reach(here, holds);
    view! {
        <label class="choice" class:choice-off=move || !reach()>
            <input type="radio" class="radio radio-sm" name="form[role]" value=role.to_value() checked=move || start.get() == role disabled=move || !reach()/>
            <span>
                <span class="block font-medium">{name}</span>
                <span class="text-muted block text-xs">{meaning}</span>
                <span class="text-muted block text-xs" class:hidden=reach>"You do not hold all of this yourself."</span>
            </span>
        </label>
    }
    .into_any()
}

/// Takes the addresses out of a file, into the field above.
#[component]
fn File() -> impl IntoView {
    let read = move |_| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::take_addresses("invite-file", "invite-emails");
    };
    view! {
        <label class="needs-code text-muted flex items-center gap-2 text-xs">
            "Or from a file (CSV)"
            <input id="invite-file" type="file" class="text-xs" accept=".csv,.txt,text/csv,text/plain" on:change=read/>
        </label>
    }
    .into_any()
}

/// More accounts, wherever the inviter may invite, with a role in each.
#[component]
fn OtherAccounts(roles: Fetched<Vec<RoleEntry>>, start: Signal<Role>) -> impl IntoView {
    let here = Here::expect();
    let accounts = Fetched::of(move || {
        here.live.follow(&[Topic::Organisation, Topic::Rights]);
        ListInvitationAccounts { account: here.account.get() }
    });
    let (rows, next) = (RwSignal::new(Vec::<u32>::new()), StoredValue::new(0));
    let add = move |_| {
        rows.update(|rows| rows.push(next.get_value()));
        next.update_value(|next| *next += 1);
    };
    let places = move || {
        let place = |AccountChoice { id, name, depth }: AccountChoice| {
            view! { <option value=id.to_string()>{format!("{}{name}", "– ".repeat(usize::from(depth)))}</option> }
        };
        let others = accounts.get().unwrap_or_default().into_iter().filter(|choice| choice.id != here.account.get());
        others.map(place).collect_view()
    };
    let options = move || {
        let given = Role::ASSIGNABLE.map(|role| (role.to_value(), role.label().to_owned())).into_iter();
        let named = own_roles(roles).into_iter().map(|entry| (entry.role.to_value(), entry.name));
        let option = |(value, label): (String, String)| {
            let selected = value == start.get().to_value();
            view! { <option value=value selected=selected>{label}</option> }
        };
        given.chain(named).map(option).collect_view()
    };
    let row = move |id: u32| {
        view! {
            <div class="flex items-center gap-2">
                <select class="select select-sm min-w-0 grow" name=format!("form[also][{id}][account]") aria-label="Account">{places}</select>
                <select class="select select-sm w-32" name=format!("form[also][{id}][role]") aria-label="Role there">{options}</select>
                <button type="button" class="btn btn-ghost btn-sm btn-square" aria-label="Take this account away"
                    on:click=move |_| rows.update(|rows| rows.retain(|row| *row != id))><Glyph icon=Icon::X/></button>
            </div>
        }
    };
    let several = move || accounts.with(|accounts| accounts.is_some_and(|accounts| accounts.len() > 1));
    view! {
        <div class="needs-code flex flex-col gap-2" class:hidden=move || !several()>
            <For each=move || rows.get() key=|id| *id let(id)>{row(id)}</For>
            <button type="button" class="btn btn-sm self-start" on:click=add><Glyph icon=Icon::Plus/>"Another account"</button>
        </div>
    }
    .into_any()
}

#[component]
fn Outcome(invited: Vec<InviteResult>) -> impl IntoView {
    let sent = invited.iter().filter(|invited| invited.outcome == InviteOutcome::Invited).count();
    let sentence = match sent {
        0 => "Nobody new to invite.".to_owned(),
        1 => "1 invitation is on its way.".to_owned(),
        sent => format!("{sent} invitations are on their way."),
    };
    let line = |InviteResult { email, account_name, outcome }| view! { <li>{email} ", " {account_name} ": " {outcome.label()}</li> };
    view! {
        <Done sentence/>
        <ul class="text-muted mt-2 max-h-60 overflow-y-auto text-xs">{invited.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
