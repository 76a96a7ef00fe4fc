//! Contacts: the list, and beside it the drawer of a new or changed one.

mod bulk;
mod bulk_dialog;
mod form;
mod sort;

pub use form::{EditContact, NewContact};

use crate::{
    api::ListContacts,
    components::{Column, Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::Outlet,
    hooks::{use_location, use_query_map},
};
use model::{ButtonText, Contact, ContactFilter, ContactSort, ContactsText, Permission, PersonalDetails, Topic, Total};

#[component]
pub fn ContactsPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let personal = here.may(Permission::ContactReadPii);
    let sort = sort::sort_of(personal);
    let filter = Memo::new(move |_| {
        query.with(|query| ContactFilter {
            // Without personal details a search would be refused; the field is not shown then.
            search: query.get("search").filter(|_| personal.get()).unwrap_or_default(),
            tag: query.get("tag").unwrap_or_default(),
            sort: sort.get(),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::once(list_was_open(), move || {
        here.live.follow(&[Topic::Contacts, Topic::Rights]);
        ListContacts { account: here.account.get(), filter: filter.get() }
    });
    let ids = Signal::derive(move || {
        page.with(|page| page.map(|page| page.rows.iter().map(|row| row.id).collect()).unwrap_or_default())
    });
    let chosen = bulk::Selection::provide(ids);
    // Whatever the page and the order, the same contacts are listed.
    let listed = Memo::new(move |_| {
        let filter = ContactFilter { cursor: None, sort: ContactSort::default(), ..filter.get() };
        (here.account.get(), filter)
    });
    Effect::new(move |_| {
        listed.track();
        chosen.clear();
    });
    let total = Signal::derive(move || page.with(|page| page.map_or_else(Total::default, |page| page.total)));
    view! {
        <Title text=|| t(ContactsText::Title)/>
        <PageHead title=|| t(ContactsText::Title) purpose=|| t(ContactsText::Purpose)>
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::ContactCreate).get() href=move || here.path_with_query("contacts/new") data-noscroll="">
                <Glyph icon=Icon::Plus/>
                {t(ContactsText::Add)}
            </a>
        </PageHead>
        <div class="notice mb-4" class:hidden=personal role="note">
            <Glyph icon=Icon::EyeOff class="size-5 text-muted"/>
            <p>{t(ContactsText::DetailsHidden)}</p>
        </div>
        <Filters filters=filters() keep=&["sort"] searchable=personal/>
        <bulk::SelectionBar filter total/>
        <List page name="contacts-list" columns=&COLUMNS empty=no_contacts href=here.list_page("contacts") may_act=bulk::may_act(here)/>
        <bulk_dialog::BulkDialog/>
        <Outlet/>
    }
    .into_any()
}

/// Whether the list itself was opened by now, and not only a drawer beside it: who looks at one contact reads no others.
fn list_was_open() -> Memo<bool> {
    let path = use_location().pathname;
    Memo::new(move |before| {
        before == Some(&true) || path.with(|path| path.trim_end_matches('/').ends_with("/contacts"))
    })
}

static COLUMNS: [Column<Contact>; 6] = [
    Column::with_head(bulk::select_page, "check", bulk::select_box),
    Column::sorted(&ContactsText::Name, sort::by_name, "name", name),
    Column::new(&ContactsText::Mobile, "from-md tabular-nums", |contact| {
        personal(contact, ContactsText::MobileHidden, |details| &details.mobile)
    }),
    Column::new(&ContactsText::Email, "from-md", |contact| {
        personal(contact, ContactsText::EmailHidden, |details| &details.email)
    }),
    Column::new(&ContactsText::Tags, "from-sm", |contact| {
        view! { <span class="flex flex-wrap gap-1">{tags(contact)}</span> }.into_any()
    }),
    Column::sorted(&ContactsText::Added, sort::by_age, "from-lg text-muted", |contact| {
        view! { <Time moment=contact.created.clone()/> }.into_any()
    }),
];

fn no_contacts() -> AnyView {
    let here = Here::expect();
    if let Some(none) = no_match(ContactsText::NoMatch, &["search", "tag", "at"], move || here.path("contacts")) {
        return none;
    }
    view! {
        <Empty icon=Icon::Contact sentence=t(ContactsText::Empty)>
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::ContactCreate).get() href=move || here.path_with_query("contacts/new") data-noscroll="">{t(ContactsText::AddFirst)}</a>
        </Empty>
    }
    .into_any()
}

/// What stands for a field that the reader may not see. The field itself has not left the server.
#[component]
fn Masked(hidden: ContactsText) -> impl IntoView {
    view! { <span class="masked"><span aria-hidden="true">"••••••"</span><span class="sr-only">{t(hidden)}</span></span> }
}

/// A personal detail, or what stands for it.
fn personal(contact: &Contact, hidden: ContactsText, detail: fn(&PersonalDetails) -> &String) -> AnyView {
    match &contact.personal {
        Some(details) => detail(details).clone().into_any(),
        None => view! { <Masked hidden/> }.into_any(),
    }
}

fn tags(contact: &Contact) -> impl IntoView + use<> {
    let tag = |tag: &String| view! { <span class="badge badge-sm badge-ghost">{tag.clone()}</span> };
    contact.tags.iter().map(tag).collect_view()
}

fn name(contact: &Contact) -> AnyView {
    use Permission::{ContactDelete, ContactUpdateDetails, ContactUpdateTags};
    let (here, id) = (Here::expect(), contact.id);
    let may_open = move || {
        let held = here.permissions.get();
        [ContactUpdateTags, ContactUpdateDetails, ContactDelete].into_iter().any(|permission| held.contains(permission))
    };
    let open = move || may_open().then(|| here.path_with_query(&format!("contacts/{id}")));
    let mut details = contact.personal.iter().flat_map(|details| [&details.mobile, &details.email]);
    let below = details.find(|text| !text.is_empty()).cloned();
    view! {
        <a class="row-link" href=open data-noscroll="">{personal(contact, ContactsText::NameHidden, |details| &details.name)}</a>
        <p class="text-muted text-xs md:hidden">{below}</p>
        <p class="mt-1 flex flex-wrap gap-1 sm:hidden">{tags(contact)}</p>
    }
    .into_any()
}

fn filters() -> Vec<Filter> {
    vec![
        Filter { name: "search", label: t(ButtonText::Search), by: FilterKind::Search(t(ContactsText::SearchHint)) },
        Filter { name: "tag", label: t(ContactsText::Tag), by: FilterKind::Text(t(ContactsText::TagExample)) },
    ]
}
