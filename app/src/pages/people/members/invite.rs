use super::custom_permissions::CustomPermissions;
use crate::{
    api::{InviteMembers as Action, ListInvitationAccounts},
    components::{Done, Drawer, DropZone, Field, Glyph, GroupNote, Icon, PostForm, Submit},
    pages::people::roles::roles_of,
    runtime::{Fetched, FormAction, Here, check, t, t_with},
};
use leptos::prelude::*;
use model::{
    AccountChoice, InviteMembers, InviteOutcome, InviteResult, InviteText, Meaning, PermissionSet, Role, RoleEntry,
    RoleName, Topic,
};

/// Invites people into one or more accounts, with a role in each.
#[component]
pub fn InvitePeople() -> impl IntoView {
    let here = Here::expect();
    let posting = FormAction::to::<Action>();
    let back = Signal::derive(move || here.path_with_query("members"));
    let roles = roles_of(here);
    // The policy's role, as far as the inviter may give it.
    let starts = Memo::new(move |_| {
        let start = roles.with(|roles| roles.and_then(|roles| roles.iter().find(|entry| entry.starts)).cloned());
        start.filter(|start| within_reach(here, start.permissions))
    });
    let start = Signal::derive(move || starts.with(|starts| starts.as_ref().map_or(Role::Viewer, |start| start.role)));
    let role_hint =
        move || t(InviteText::RoleHint(starts.with(|starts| starts.as_ref().map(|start| start.name.clone()))));
    let outcome = move || posting.answer().map(|invited| view! { <Outcome invited/> });
    let given = Role::ASSIGNABLE.map(|role| {
        view! { <Choice role name=RoleName::BuiltIn(role) holds=role.permissions(PermissionSet::EMPTY) start/> }
    });
    let named = move || {
        let choice =
            |entry: RoleEntry| view! { <Choice role=entry.role name=entry.name holds=entry.permissions start/> };
        own_roles(roles).into_iter().map(choice).collect_view()
    };
    view! {
        <Drawer label=t(InviteText::Title) back>
            <h2 class="mb-6 pe-10 text-base font-semibold">{t(InviteText::Title)}</h2>
            <PostForm posting id="invite" check={check::<InviteMembers>}>
                <input type="hidden" name="account" value=move || here.account.get().to_string()/>
                <Field name="emails" label=t(InviteText::Emails) multiline=true required=true hint=t(InviteText::EmailsHint)/>
                <File/>
                <fieldset class="flex flex-col gap-2">
                    <legend class="field-label mb-1.5">{t_with(InviteText::RoleIn, [(move || here.place()).into_any()])}</legend>
                    {given}
                    {named}
                    <GroupNote name="role" hint=role_hint/>
                </fieldset>
                <OtherAccounts roles start/>
                <CustomPermissions/>
                <Submit posting label=t(InviteText::Send) class="btn btn-primary mt-2"/>
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
    name: RoleName,
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
                <span class="block font-medium">{t(name)}</span>
                <span class="text-muted block text-xs">{t(Meaning(role))}</span>
                <span class="text-muted block text-xs" class:hidden=reach>{t(InviteText::OutOfReach)}</span>
            </span>
        </label>
    }
    .into_any()
}

/// Takes the addresses out of a file, into the field above.
#[component]
fn File() -> impl IntoView {
    let read = Callback::new(move |()| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::take_addresses("invite-file", "invite-emails");
    });
    view! { <DropZone id="invite-file" label=t(InviteText::File) accept=".csv,.txt,text/csv,text/plain" on_file=read/> }
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
        let given = Role::ASSIGNABLE.map(|role| (role.to_value(), t(role).into_owned())).into_iter();
        let named = own_roles(roles).into_iter().map(|entry| (entry.role.to_value(), t(entry.name).into_owned()));
        let option = |(value, label): (String, String)| {
            let selected = value == start.get().to_value();
            view! { <option value=value selected=selected>{label}</option> }
        };
        given.chain(named).map(option).collect_view()
    };
    let row = move |id: u32| {
        view! {
            <div class="flex items-center gap-2">
                <select class="select select-sm min-w-0 grow" name=format!("form[also][{id}][account]") aria-label=t(InviteText::Account)>{places}</select>
                <select class="select select-sm w-32" name=format!("form[also][{id}][role]") aria-label=t(InviteText::RoleThere)>{options}</select>
                <button type="button" class="btn btn-ghost btn-sm btn-square" aria-label=t(InviteText::RemoveAccount)
                    on:click=move |_| rows.update(|rows| rows.retain(|row| *row != id))><Glyph icon=Icon::X/></button>
            </div>
        }
    };
    let several = move || accounts.with(|accounts| accounts.is_some_and(|accounts| accounts.len() > 1));
    view! {
        <div class="needs-code flex flex-col gap-2" class:hidden=move || !several()>
            <For each=move || rows.get() key=|id| *id let(id)>{row(id)}</For>
            <GroupNote name="also"/>
            <button type="button" class="btn btn-sm self-start" on:click=add><Glyph icon=Icon::Plus/>{t(InviteText::AddAccount)}</button>
        </div>
    }
    .into_any()
}

#[component]
fn Outcome(invited: Vec<InviteResult>) -> impl IntoView {
    let sent = invited.iter().filter(|invited| invited.outcome == InviteOutcome::Invited).count();
    let line = |InviteResult { email, account: _, account_name, outcome }| {
        view! { <li>{t_with(InviteText::Result, [email.into_any(), account_name.into_any(), t(outcome).into_any()])}</li> }
    };
    view! {
        <Done sentence=t(InviteText::Sent(sent as u64))/>
        <ul class="text-muted mt-2 max-h-60 overflow-y-auto text-xs">{invited.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}
