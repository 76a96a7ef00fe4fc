//! What is done to members from the list: to one by the menu of its row, to many by the bar that
//! appears when rows are selected.

use super::bulk_dialog::Question;
use crate::{
    pages::people::roles::roles_of,
    runtime::{Fetched, Here, t},
};
use leptos::{html::Select, prelude::*};
use model::{
    BulkText, Member, MemberAct, MemberFilter, MemberId, MemberSelection, Permission, Refusal, Role, RoleChoice,
    RoleEntry, RoleName, Total,
};
use std::{borrow::Cow, collections::BTreeSet};

/// Who is selected.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Those on this page of the list.
    page: Signal<Vec<MemberId>>,
    members: RwSignal<BTreeSet<MemberId>>,
    /// All that match the filter, beyond this page.
    all: RwSignal<bool>,
    /// Whose menu is open.
    menu: RwSignal<Option<Member>>,
    question: Question,
}

impl Selection {
    pub fn provide(page: Signal<Vec<MemberId>>) -> Self {
        let chosen = Self {
            page,
            members: RwSignal::default(),
            all: RwSignal::new(false),
            menu: RwSignal::new(None),
            question: Question::expect(),
        };
        provide_context(chosen);
        chosen
    }

    fn has(self, member: MemberId) -> bool {
        self.all.get() || self.members.with(|members| members.contains(&member))
    }

    fn toggle(self, member: MemberId) {
        let was_selected = untrack(|| self.has(member));
        self.all.set(false);
        self.members.update(|members| {
            if was_selected {
                members.remove(&member);
            } else {
                members.insert(member);
            }
        });
    }

    pub fn clear(self) {
        self.all.set(false);
        self.members.update(BTreeSet::clear);
    }

    fn ask(self, selection: MemberSelection, act: MemberAct) {
        self.question.ask(selection, act, Callback::new(move |()| self.clear()));
    }
}

/// What can be done besides giving a role.
const ACTS: [MemberAct; 3] = [MemberAct::Suspend, MemberAct::Restore, MemberAct::Remove];

/// Whether the reader may do anything to members.
pub fn may_act(here: Here) -> Signal<bool> {
    use Permission::{MemberRemove, MemberSuspend, MemberUpdate};
    Signal::derive(move || {
        here.permissions.with(|held| [MemberUpdate, MemberSuspend, MemberRemove].into_iter().any(|p| held.contains(p)))
    })
}

/// The box that selects a row.
pub fn select_box(member: &Member) -> AnyView {
    let id = member.id;
    let label = t(BulkText::SelectPerson { name: member.name.clone() });
    let chosen = use_context::<Selection>();
    view! {
        <input type="checkbox" class="checkbox checkbox-sm" aria-label=label
            prop:checked=move || chosen.is_some_and(|chosen| chosen.has(id))
            on:change=move |_| if let Some(chosen) = chosen { chosen.toggle(id) }/>
    }
    .into_any()
}

/// The box that selects all rows of the page.
pub fn select_page() -> AnyView {
    let chosen: Selection = expect_context();
    let whole = move || chosen.page.with(|page| !page.is_empty() && page.iter().all(|id| chosen.has(*id)));
    let toggle = move |_| {
        let page: BTreeSet<MemberId> = chosen.page.get_untracked().into_iter().collect();
        if untrack(whole) {
            chosen.all.set(false);
            chosen.members.update(|members| members.retain(|id| !page.contains(id)));
        } else {
            chosen.members.update(|members| members.extend(page));
        }
    };
    view! { <input type="checkbox" class="checkbox checkbox-sm" aria-label=t(BulkText::SelectPage) prop:checked=whole on:change=toggle/> }
        .into_any()
}

/// The button at the end of a row, which opens its menu.
pub fn menu_button(member: &Member) -> AnyView {
    let chosen = use_context::<Selection>();
    let label = t(BulkText::MoreFor { name: member.name.clone() });
    let member = StoredValue::new(member.clone());
    view! {
        <button type="button" class="btn btn-ghost btn-sm btn-square" popovertarget="member-menu" aria-label=label
            on:click=move |_| if let Some(chosen) = chosen { chosen.menu.set(Some(member.get_value())) }>"⋯"</button>
    }
    .into_any()
}

/// The one menu of all rows.
#[component]
pub fn RowMenu(
    /// The organisation's own roles.
    named: Fetched<Vec<RoleChoice>>,
) -> impl IntoView {
    let here = Here::expect();
    let chosen: Selection = expect_context();
    let open = move || {
        chosen.menu.with(|member| member.as_ref().map(|member| here.path_with_query(&format!("members/{}", member.id))))
    };
    let open_label =
        move || t(if here.may(Permission::MemberUpdate).get() { BulkText::ModifyPermissions } else { BulkText::Open });
    let entry = move |act: MemberAct, label: Cow<'static, str>| {
        let fits = move || chosen.menu.with(|member| member.as_ref().is_some_and(|member| fits(act, member)));
        let closed = move || matches!(act, MemberAct::SetRole(_)) && here.roles_closed();
        let shown = move || here.may(act.permission()).get() && fits() && !closed();
        let ask = move |_| {
            hide_popovers();
            if let Some(member) = chosen.menu.get_untracked() {
                chosen.ask(MemberSelection::Members(vec![member.id]), act);
            }
        };
        view! { <button type="button" class="menu-entry" class:text-error=act == MemberAct::Remove class:hidden=move || !shown() on:click=ask>{label}</button> }
            .into_any()
    };
    let give = move |role: Role, name: RoleName| entry(MemberAct::SetRole(role), t(BulkText::Make(name)));
    let built_in = Role::ASSIGNABLE.map(|role| give(role, RoleName::BuiltIn(role)));
    let own =
        move || named.get().unwrap_or_default().into_iter().map(|choice| give(choice.role, choice.name)).collect_view();
    let acts = ACTS.map(|act| entry(act, t(act)));
    view! {
        <div id="member-menu" class="menu-pop row-menu" popover="auto">
            <a class="menu-entry" href=open data-noscroll="" on:click=|_| hide_popovers()>{open_label}</a>
            {built_in.into_iter().collect::<Vec<_>>()}
            {own}
            {acts.into_iter().collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

/// Whether an act would change this member.
fn fits(act: MemberAct, member: &Member) -> bool {
    member.role != Role::Owner
        && match act {
            MemberAct::Suspend => !member.suspended,
            MemberAct::Restore => member.suspended,
            MemberAct::SetRole(role) => member.role != role,
            MemberAct::Remove => true,
        }
}

/// How many are selected, and what can be done to them.
#[component]
pub fn SelectionBar(filter: Memo<MemberFilter>, total: Signal<Total>) -> impl IntoView {
    let here = Here::expect();
    let chosen: Selection = expect_context();
    let some = move || chosen.members.with(BTreeSet::len) as u64;
    let count = move || if chosen.all.get() { total.get() } else { Total::counted(some()) };
    let are_all = move || chosen.all.get() || !total.get().is_at_least(some() + 1);
    let selection = move || {
        if chosen.all.get_untracked() {
            MemberSelection::Matching(MemberFilter { cursor: None, ..filter.get_untracked() })
        } else {
            MemberSelection::Members(chosen.members.get_untracked().into_iter().collect())
        }
    };
    let buttons = ACTS.map(|act| {
        view! {
            <button type="button" class="btn btn-sm" class:text-error=act == MemberAct::Remove class:hidden=move || !here.may(act.permission()).get()
                on:click=move |_| chosen.ask(selection(), act)>{t(act)}</button>
        }
    });
    let give = Callback::new(move |role: Role| chosen.ask(selection(), MemberAct::SetRole(role)));
    // The roles are asked for when there is somebody to give one to.
    let may_give =
        Memo::new(move |_| here.may(Permission::MemberUpdate).get() && !chosen.members.with(BTreeSet::is_empty));
    view! {
        <div class="selection-bar" class:hidden=move || chosen.members.with(BTreeSet::is_empty) role="region" aria-label=t(BulkText::Bar)>
            <p class="me-auto font-medium" aria-live="polite">{move || t(BulkText::Selected(count()))}</p>
            <button type="button" class="btn btn-sm btn-ghost" class:hidden=are_all on:click=move |_| chosen.all.set(true)>
                {move || t(BulkText::SelectAll(total.get()))}
            </button>
            {move || match (may_give.get(), here.roles_closed()) {
                (false, _) => None,
                (true, false) => Some(view! { <RoleMenu give/> }.into_any()),
                (true, true) => Some(view! { <p class="text-muted text-xs">{t(Refusal::RolesByOwnerOnly)}</p> }.into_any()),
            }}
            {buttons}
            <button type="button" class="btn btn-sm btn-ghost" on:click=move |_| chosen.clear()>{t(BulkText::Clear)}</button>
        </div>
    }
    .into_any()
}

/// Gives one of the roles that can be given to many.
#[component]
fn RoleMenu(give: Callback<Role>) -> impl IntoView {
    let roles = roles_of(Here::expect());
    let options = move || {
        let option =
            |RoleEntry { role, name, .. }: RoleEntry| view! { <option value=role.to_value()>{t(name)}</option> };
        roles.get().unwrap_or_default().into_iter().filter(|entry| entry.role != Role::Owner).map(option).collect_view()
    };
    let chosen = NodeRef::<Select>::new();
    let choose = move |_| {
        let Some(select) = chosen.get_untracked() else { return };
        if let Ok(role) = select.value().parse() {
            give.run(role);
        }
        select.set_value("");
    };
    view! {
        <select class="select select-sm w-36" aria-label=t(BulkText::ChangeRole) node_ref=chosen on:change=choose>
            <option value="">{t(BulkText::ChangeRole)}</option>
            {options}
        </select>
    }
    .into_any()
}

fn hide_popovers() {
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::hide_popovers();
}
