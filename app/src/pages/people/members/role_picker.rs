//! Which role a member has, and which others they could have.

use super::bulk_dialog::Question;
use crate::{
    api::SetRole,
    pages::people::roles::roles_of,
    runtime::{Fetched, Here, post_to, t, t_with},
};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};
use model::{
    Meaning, MemberAct, MemberDetails, MemberSelection, MemberText, PermissionSet, Refusal, Role, RoleEntry, RoleName,
};

/// A role to choose; `holds` is what a named one has.
#[derive(Clone, PartialEq)]
struct Choice {
    role: Role,
    name: RoleName,
    holds: PermissionSet,
}

/// One list of all roles; another one is asked for before it is given.
#[component]
pub fn RolePicker(
    known: Fetched<MemberDetails>,
    first: MemberDetails,
    /// The role as it is now.
    current: RwSignal<Role>,
    /// What follows when another was given.
    done: Callback<()>,
) -> impl IntoView {
    let (here, question) = (Here::expect(), Question::expect());
    let member = first.member.id;
    let roles = roles_of(here);
    let choices = Memo::new(move |_| {
        let name = known.with(|known| known.map(|known| known.member.role_name.clone()));
        choices(roles.get().unwrap_or_default(), current.get(), name)
    });
    let chosen = RwSignal::new(first.member.role);
    let is_current = RwSignal::new(false);
    Effect::new(move |_| chosen.set(current.get()));
    // Without the page's code the button is never off; with it, it keeps the focus.
    Effect::new(move |_| is_current.set(chosen.get() == current.get()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !is_current.get_untracked() {
            let act = MemberAct::SetRole(chosen.get_untracked());
            question.ask(MemberSelection::Members(vec![member]), act, done);
        }
    };
    let options = move || {
        let option = |choice: Choice| view! { <RoleOption choice known current chosen/> };
        choices.get().into_iter().map(option).collect_view()
    };
    let may_update = move || known.with(|known| known.is_some_and(|known| known.update.is_ok()));
    view! {
        <form method="post" action=post_to(SetRole::url()) on:submit=submit>
            <input type="hidden" name="account" value=here.account.get_untracked().to_string()/>
            <input type="hidden" name="member" value=member.to_string()/>
            <fieldset>
                <legend class="text-muted mb-1.5 text-xs">{t_with(MemberText::RoleIn, [first.member.account_name.into_any()])}</legend>
                <div class="role-list">{options}</div>
            </fieldset>
            <button type="submit" class="btn btn-sm mt-2" class:hidden=move || !may_update() class:btn-disabled=is_current
                aria-disabled=move || is_current.get().then_some("true")>{t(MemberText::ChangeRole)}</button>
        </form>
    }
    .into_any()
}

/// The owner has no other role; everybody else could have one of those that every organisation has, or one of its own.
fn choices(roles: Vec<RoleEntry>, current: Role, name: Option<RoleName>) -> Vec<Choice> {
    let built_in = |role: Role| Choice { role, name: RoleName::BuiltIn(role), holds: PermissionSet::EMPTY };
    if current == Role::Owner {
        return vec![built_in(Role::Owner)];
    }
    let own = roles.into_iter().filter(|entry| matches!(entry.role, Role::Named(_)));
    let own = own.map(|RoleEntry { role, name, permissions, .. }| Choice { role, name, holds: permissions });
    let mut choices: Vec<Choice> = Role::ASSIGNABLE.into_iter().map(built_in).chain(own).collect();
    // Whoever may not see the roles sees the one that the member has.
    if let Some(name) = name.filter(|_| choices.iter().all(|choice| choice.role != current)) {
        choices.push(Choice { role: current, name, holds: PermissionSet::EMPTY });
    }
    choices
}

#[component]
fn RoleOption(
    choice: Choice,
    known: Fetched<MemberDetails>,
    current: RwSignal<Role>,
    chosen: RwSignal<Role>,
) -> impl IntoView {
    let Choice { role, name, holds } = choice;
    let refusal = Memo::new(move |_| {
        known.with(|known| {
            let known = known?;
            match role {
                Role::Named(_) => known.may_hold(holds).err(),
                role => known.may_become(role).err(),
            }
        })
    });
    let is_current = move || current.get() == role;
    let is_off = move || !is_current() && refusal.with(Option::is_some);
    // Why nothing can be changed at all stands below, once.
    let is_beyond = move || !is_current() && refusal.get() == Some(Refusal::AboveOwnPermissions);
    let id = format!("role-{}", role.to_value());
    view! {
        <label class="role-choice">
            <input type="radio" class="radio radio-sm mt-0.5" name="role" value=role.to_value() aria-label=t(name.clone()) aria-describedby=id.clone()
                checked=untrack(is_current) prop:checked=move || chosen.get() == role disabled=is_off on:change=move |_| chosen.set(role)/>
            <span class="min-w-0 grow">
                <span class="flex flex-wrap items-baseline gap-x-2">
                    <span class="font-medium">{t(name)}</span>
                    {move || is_current().then(|| view! { <span class="text-muted text-xs">{t(MemberText::CurrentRole)}</span> })}
                </span>
                <span id=id class="text-muted block text-xs">
                    {t(Meaning(role))}
                    <span class="block" class:hidden=move || !is_beyond()>{t(MemberText::RoleOutOfReach)}</span>
                </span>
            </span>
        </label>
    }
    .into_any()
}
