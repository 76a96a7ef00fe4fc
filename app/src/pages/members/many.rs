//! What is done to members from the list: to one by the menu of its row, to many by the bar that
//! appears when rows are selected.

use crate::{
    api::{PreviewMembersChange, change_members, undo_members_change},
    components::{Failure, Fetched, Toasts, Undo, Waiting},
    console::Here,
    pages::roles::roles_of,
};
use leptos::{
    ev,
    html::{Dialog, Select},
    prelude::*,
    task::spawn_local,
};
use model::{
    ActOutcome, Member, MemberAct, MemberFilter, MemberId, MemberLine, MemberSelection, MembersChanged, Permission,
    Problem, RequestId, Role, RoleEntry,
};
use std::collections::BTreeSet;

/// Who is selected, and what is about to be done.
#[derive(Clone, Copy)]
pub struct Chosen {
    members: RwSignal<BTreeSet<MemberId>>,
    /// All that match the filter, beyond this page.
    all: RwSignal<bool>,
    /// Whose menu is open.
    menu: RwSignal<Option<Member>>,
    asking: RwSignal<Option<(MemberSelection, MemberAct)>>,
}

impl Chosen {
    pub fn provide() -> Self {
        let chosen = Self {
            members: RwSignal::default(),
            all: RwSignal::new(false),
            menu: RwSignal::new(None),
            asking: RwSignal::new(None),
        };
        provide_context(chosen);
        chosen
    }

    fn has(self, member: MemberId) -> bool {
        self.members.with(|members| members.contains(&member))
    }

    fn toggle(self, member: MemberId) {
        self.all.set(false);
        self.members.update(|members| {
            if !members.remove(&member) {
                members.insert(member);
            }
        });
    }

    pub fn none(self) {
        self.all.set(false);
        self.members.update(BTreeSet::clear);
    }
}

/// What can be done besides giving a role.
const ACTS: [MemberAct; 3] = [MemberAct::Suspend, MemberAct::Restore, MemberAct::Remove];

/// The roles that a row's menu offers.
const ROLES: [Role; 3] = [Role::Admin, Role::Member, Role::Viewer];

/// Whether the reader may do anything to members.
pub fn may_act(here: Here) -> Signal<bool> {
    use Permission::{MemberRemove, MemberSuspend, MemberUpdate};
    Signal::derive(move || {
        here.permissions.with(|held| [MemberUpdate, MemberSuspend, MemberRemove].into_iter().any(|p| held.contains(p)))
    })
}

/// The box that selects a row.
pub fn select_box(id: MemberId, name: &str) -> AnyView {
    let chosen = use_context::<Chosen>();
    view! {
        <input type="checkbox" class="checkbox checkbox-sm" aria-label=format!("Select {name}")
            prop:checked=move || chosen.is_some_and(|chosen| chosen.has(id))
            on:change=move |_| if let Some(chosen) = chosen { chosen.toggle(id) }/>
    }
    .into_any()
}

/// The box that selects all rows of the page.
pub fn select_page(page: Signal<Vec<MemberId>>) -> AnyView {
    let chosen: Chosen = expect_context();
    let whole = move || page.with(|page| !page.is_empty() && page.iter().all(|id| chosen.has(*id)));
    let toggle = move |_| {
        if untrack(whole) {
            chosen.none();
        } else {
            chosen.members.update(|members| members.extend(page.get_untracked()));
        }
    };
    view! { <input type="checkbox" class="checkbox checkbox-sm" aria-label="Select all on this page" prop:checked=whole on:change=toggle/> }
        .into_any()
}

/// The button at the end of a row, which opens its menu.
pub fn menu_button(member: &Member) -> AnyView {
    let chosen = use_context::<Chosen>();
    let label = format!("More for {}", member.name);
    let member = StoredValue::new(member.clone());
    view! {
        <button type="button" class="btn btn-ghost btn-sm btn-square" popovertarget="member-menu" aria-label=label
            on:click=move |_| if let Some(chosen) = chosen { chosen.menu.set(Some(member.get_value())) }>"⋯"</button>
    }
    .into_any()
}

/// The one menu of all rows.
#[component]
pub fn RowMenu() -> impl IntoView {
    let here = Here::expect();
    let chosen: Chosen = expect_context();
    let open =
        move || chosen.menu.with(|member| member.as_ref().map(|member| here.path(&format!("members/{}", member.id))));
    let entries = ROLES.map(MemberAct::SetRole).into_iter().chain(ACTS).map(|act| {
        let fits = move || chosen.menu.with(|member| member.as_ref().is_some_and(|member| fits(act, member)));
        let shown = move || here.may(act.permission()).get() && fits();
        let ask = move |_| {
            hide_popovers();
            if let Some(member) = chosen.menu.get_untracked() {
                chosen.asking.set(Some((MemberSelection::Members(vec![member.id]), act)));
            }
        };
        view! { <button type="button" class="menu-entry" class:text-error=act == MemberAct::Remove class:hidden=move || !shown() on:click=ask>{verb(act)}</button> }
    });
    view! {
        <div id="member-menu" class="menu-pop row-menu" popover="auto">
            <a class="menu-entry" href=open>"Open"</a>
            {entries.collect_view()}
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
pub fn SelectionBar(filter: Memo<MemberFilter>, total: Signal<u64>) -> impl IntoView {
    let here = Here::expect();
    let chosen: Chosen = expect_context();
    let count = move || if chosen.all.get() { total.get() } else { chosen.members.with(BTreeSet::len) as u64 };
    let selection = move || match chosen.all.get_untracked() {
        true => MemberSelection::Matching(MemberFilter { cursor: None, ..filter.get_untracked() }),
        false => MemberSelection::Members(chosen.members.get_untracked().into_iter().collect()),
    };
    let buttons = ACTS.map(|act| {
        view! {
            <button type="button" class="btn btn-sm" class:text-error=act == MemberAct::Remove class:hidden=move || !here.may(act.permission()).get()
                on:click=move |_| chosen.asking.set(Some((selection(), act)))>{verb(act)}</button>
        }
    });
    let give = move |role: Role| chosen.asking.set(Some((selection(), MemberAct::SetRole(role))));
    view! {
        <div class="selection-bar" class:hidden=move || chosen.members.with(BTreeSet::is_empty) role="region" aria-label="Selected members">
            <p class="me-auto font-medium" aria-live="polite">{move || format!("{} selected", count())}</p>
            <button type="button" class="btn btn-sm btn-ghost" class:hidden=move || { count() >= total.get() } on:click=move |_| chosen.all.set(true)>
                {move || format!("Select all {}", total.get())}
            </button>
            <div class:hidden=move || !here.may(Permission::MemberUpdate).get()><RoleMenu give=Callback::new(give)/></div>
            {buttons}
            <button type="button" class="btn btn-sm btn-ghost" on:click=move |_| chosen.none()>"Clear"</button>
        </div>
    }
    .into_any()
}

/// Gives one of the roles that can be given to many.
#[component]
fn RoleMenu(give: Callback<Role>) -> impl IntoView {
    let roles = roles_of(Here::expect());
    let options = move || {
        let option = |RoleEntry { role, name, .. }: RoleEntry| view! { <option value=role.to_value()>{name}</option> };
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
        <select class="select select-sm w-36" aria-label="Change role" node_ref=chosen on:change=choose>
            <option value="">"Change role"</option>
            {options}
        </select>
    }
    .into_any()
}

/// Asks before anything is done, with what it would do to whom; afterwards says what it did.
#[component]
pub fn Question() -> impl IntoView {
    let chosen: Chosen = expect_context();
    let dialog = NodeRef::<Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), chosen.asking.with(Option::is_some))
            && !dialog.open()
        {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    });
    let close = move || {
        #[cfg(feature = "hydrate")]
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby="question" on:close=move |_: ev::Event| chosen.asking.set(None)>
            <div class="modal-box max-w-md">
                {move || chosen.asking.get().map(|(selection, act)| view! { <Preview selection act close=Callback::new(move |()| close())/> })}
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Preview(selection: MemberSelection, act: MemberAct, close: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let (toasts, chosen): (_, Chosen) = (Toasts::expect(), expect_context());
    let selection = StoredValue::new(selection);
    let effect = Fetched::of(move || PreviewMembersChange {
        account: here.account.get(),
        selection: selection.get_value(),
        act,
    });
    let (pending, fault) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let go = move |_| {
        pending.set(true);
        let account = here.account.get_untracked();
        spawn_local(async move {
            let answer = change_members(account, selection.get_value(), act).await;
            match answer {
                Ok(changed) => {
                    let undo = changed.undo.map(|request| undo(here, toasts, request));
                    toasts.offer(done(act, &changed), undo);
                    chosen.none();
                    close.run(());
                }
                Err(problem) => {
                    pending.try_set(false);
                    fault.try_set(Some(problem));
                }
            }
        });
    };
    let nobody = move || effect.with(|effect| effect.is_none_or(|effect| effect.changed == 0));
    view! {
        <h2 id="question" class="text-base font-semibold">{move || effect.with(|effect| effect.map_or_else(|| "One moment".to_owned(), |effect| title(act, effect)))}</h2>
        <Waiting on=effect.progress rows=2/>
        {move || effect.get().map(|effect| view! { <Effects effect act/> })}
        {move || fault.get().map(|problem| view! { <Failure problem/> })}
        <div class="modal-action">
            <button type="button" class="btn btn-sm" on:click=move |_| close.run(())>"Keep"</button>
            <button type="button" class="btn btn-sm" class:btn-error=act == MemberAct::Remove class:btn-primary=act != MemberAct::Remove
                class:hidden=nobody disabled=pending on:click=go>{verb(act)}</button>
        </div>
    }
    .into_any()
}

/// Takes a change back, and says so.
fn undo(here: Here, toasts: Toasts, request: RequestId) -> Undo {
    let account = here.account.get_untracked();
    Undo::new(move |()| {
        spawn_local(async move {
            toasts.say(match undo_members_change(account, request).await {
                Ok(MembersChanged { changed: 1, .. }) => "Taken back: 1 person is as before.".to_owned(),
                Ok(back) => format!("Taken back: {} people are as before.", back.changed),
                Err(problem) => problem.to_string(),
            });
        });
    })
}

fn verb(act: MemberAct) -> String {
    match act {
        MemberAct::Suspend => "Suspend".to_owned(),
        MemberAct::Restore => "Restore".to_owned(),
        MemberAct::Remove => "Remove".to_owned(),
        MemberAct::SetRole(Role::Named(_)) => "Change role".to_owned(),
        MemberAct::SetRole(role) => format!("Make {role}"),
    }
}

fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn title(act: MemberAct, effect: &MembersChanged) -> String {
    match effect.changed {
        0 => "Nobody would change".to_owned(),
        changed => match act {
            MemberAct::Suspend | MemberAct::Restore | MemberAct::Remove => {
                format!("{} {}?", verb(act), people(changed))
            }
            MemberAct::SetRole(Role::Named(_)) => format!("Change the role of {}?", people(changed)),
            MemberAct::SetRole(role) => format!("Give {} the role {role}?", people(changed)),
        },
    }
}

fn done(act: MemberAct, changed: &MembersChanged) -> String {
    let who = people(changed.changed);
    match act {
        MemberAct::Suspend => format!("Suspended: {who}."),
        MemberAct::Restore => format!("Restored: {who}."),
        MemberAct::Remove => format!("Removed: {who}."),
        MemberAct::SetRole(Role::Named(_)) => format!("Another role now: {who}."),
        MemberAct::SetRole(role) => format!("{role} now: {who}."),
    }
}

/// What an act would do, with a line for each who stays as they are.
#[component]
fn Effects(effect: MembersChanged, act: MemberAct) -> impl IntoView {
    let MembersChanged { changed, unchanged, refused: _, lines, undo: _ } = effect;
    let consequence = match act {
        MemberAct::Suspend => {
            "They lose access on every tab and device with their next request, until they are restored."
        }
        MemberAct::Restore => "They can do again what they could before.",
        MemberAct::Remove => "They lose access on every tab and device with their next request.",
        MemberAct::SetRole(_) => "What they may do changes with their next request.",
    };
    let line = |MemberLine { member: _, name, outcome }: MemberLine| match outcome {
        ActOutcome::Changed => view! { <li class="py-1">{name}</li> }.into_any(),
        ActOutcome::Unchanged => view! { <li class="text-muted py-1">{name} ": is so already"</li> }.into_any(),
        ActOutcome::Refused(refusal) => {
            view! { <li class="py-1">{name} ": " <span class="text-error">{refusal.sentence()}</span></li> }.into_any()
        }
    };
    view! {
        <p class="text-muted mt-2" class:hidden=changed == 0>{consequence}</p>
        <p class="text-muted mt-2" class:hidden=unchanged == 0>{format!("{} would not change: they are so already.", people(unchanged))}</p>
        <ul class="mt-3 max-h-60 overflow-y-auto text-sm">{lines.into_iter().map(line).collect_view()}</ul>
    }
    .into_any()
}

fn hide_popovers() {
    #[cfg(feature = "hydrate")]
    crate::console::browser::hide_popovers();
}
