//! What is done to many contacts: their boxes, and the bar that appears when some are selected.

use crate::runtime::{Here, t};
use leptos::prelude::*;
use model::{
    BulkText, Contact, ContactAct, ContactFilter, ContactId, ContactSelection, ContactSort, ContactsBulkText,
    Permission, Total,
};
use std::collections::BTreeSet;

/// What is about to be done, to which and how many.
#[derive(Clone)]
pub struct Asked {
    pub selection: ContactSelection,
    pub contacts: Total,
    pub act: ContactAct,
}

/// Which contacts are selected.
#[derive(Clone, Copy)]
pub struct Selection {
    /// Those on this page of the list.
    page: Signal<Vec<ContactId>>,
    contacts: RwSignal<BTreeSet<ContactId>>,
    /// All that match the filter, beyond this page.
    all: RwSignal<bool>,
    pub asking: RwSignal<Option<Asked>>,
}

impl Selection {
    pub fn provide(page: Signal<Vec<ContactId>>) -> Self {
        let (contacts, all, asking) = (RwSignal::default(), RwSignal::new(false), RwSignal::new(None));
        let chosen = Self { page, contacts, all, asking };
        provide_context(chosen);
        chosen
    }

    fn has(self, contact: ContactId) -> bool {
        self.all.get() || self.contacts.with(|contacts| contacts.contains(&contact))
    }

    fn toggle(self, contact: ContactId) {
        let was_selected = untrack(|| self.has(contact));
        self.all.set(false);
        self.contacts.update(|contacts| {
            if was_selected {
                contacts.remove(&contact);
            } else {
                contacts.insert(contact);
            }
        });
    }

    pub fn clear(self) {
        self.all.set(false);
        self.contacts.update(BTreeSet::clear);
    }
}

/// Whether the reader may do anything to contacts from the list.
pub fn may_act(here: Here) -> Signal<bool> {
    let acts = [Permission::ContactUpdateTags, Permission::ContactDelete];
    Signal::derive(move || here.permissions.with(|held| acts.into_iter().any(|act| held.contains(act))))
}

/// The box that selects a row.
pub fn select_box(contact: &Contact) -> AnyView {
    let id = contact.id;
    let name = contact.personal.as_ref().map(|personal| personal.name.clone());
    let chosen = use_context::<Selection>();
    view! {
        <input type="checkbox" class="checkbox checkbox-sm" aria-label=t(ContactsBulkText::Select { name })
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
        let page: BTreeSet<ContactId> = chosen.page.get_untracked().into_iter().collect();
        if untrack(whole) {
            chosen.all.set(false);
            chosen.contacts.update(|contacts| contacts.retain(|id| !page.contains(id)));
        } else {
            chosen.contacts.update(|contacts| contacts.extend(page));
        }
    };
    view! { <input type="checkbox" class="checkbox checkbox-sm" aria-label=t(BulkText::SelectPage) prop:checked=whole on:change=toggle/> }
        .into_any()
}

/// How many are selected, and what can be done to them.
#[component]
pub fn SelectionBar(filter: Memo<ContactFilter>, total: Signal<Total>) -> impl IntoView {
    let here = Here::expect();
    let chosen: Selection = expect_context();
    let some = move || chosen.contacts.with(BTreeSet::len) as u64;
    let count = move || if chosen.all.get() { total.get() } else { Total::counted(some()) };
    let are_all = move || chosen.all.get() || !total.get().is_at_least(some() + 1);
    let ask = move |act: ContactAct| {
        let selection = if chosen.all.get_untracked() {
            let filter = filter.get_untracked();
            ContactSelection::Matching(ContactFilter { cursor: None, sort: ContactSort::default(), ..filter })
        } else {
            ContactSelection::Contacts(chosen.contacts.get_untracked().into_iter().collect())
        };
        chosen.asking.set(Some(Asked { selection, contacts: untrack(count), act }));
    };
    let acts = [ContactAct::Tag(String::new()), ContactAct::Untag(String::new()), ContactAct::Delete];
    let buttons = acts.map(|act| {
        let (permission, label) = (act.permission(), t(&act));
        view! {
            <button type="button" class="btn btn-sm" class:text-error=act == ContactAct::Delete class:hidden=move || !here.may(permission).get()
                on:click=move |_| ask(act.clone())>{label}</button>
        }
    });
    view! {
        <div class="selection-bar" class:hidden=move || chosen.contacts.with(BTreeSet::is_empty) role="region" aria-label=t(ContactsBulkText::Bar)>
            <p class="me-auto font-medium" aria-live="polite">{move || t(BulkText::Selected(count()))}</p>
            <button type="button" class="btn btn-sm btn-ghost" class:hidden=are_all on:click=move |_| chosen.all.set(true)>
                {move || t(BulkText::SelectAll(total.get()))}
            </button>
            {buttons}
            <button type="button" class="btn btn-sm btn-ghost" on:click=move |_| chosen.clear()>{t(BulkText::Clear)}</button>
        </div>
    }
    .into_any()
}
