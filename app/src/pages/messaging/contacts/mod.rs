//! Contacts: the list, and beside it the drawer of a new or changed one.

mod form;

pub use form::{EditContact, NewContact};

use crate::{
    api::ListContacts,
    components::{Empty, Filter, FilterKind, Filters, Glyph, Icon, List, PageHead, Time, no_match},
    runtime::{Fetched, Here},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{Contact, ContactFilter, Permission, PersonalDetails, Topic};

#[component]
pub fn ContactsPage() -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let personal = here.may(Permission::ContactReadPii);
    let filter = Memo::new(move |_| {
        query.with(|query| ContactFilter {
            // Without personal details a search would be refused; the field is not shown then.
            search: query.get("search").filter(|_| personal.get()).unwrap_or_default(),
            tag: query.get("tag").unwrap_or_default(),
            cursor: query.get("at").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Fetched::of(move || {
        here.live.follow(&[Topic::Contacts, Topic::Rights]);
        ListContacts { account: here.account.get(), filter: filter.get() }
    });
    view! {
        <Title text="Contacts"/>
        <PageHead title="Contacts" purpose="The people this account writes to.">
            <a class="btn btn-primary" class:hidden=move || !here.may(Permission::ContactCreate).get() href=move || here.path("contacts/new")>
                <Glyph icon=Icon::Plus/>
                "Add a contact"
            </a>
        </PageHead>
        <div class="notice mb-4" class:hidden=personal role="note">
            <Glyph icon=Icon::EyeOff class="size-5 text-muted"/>
            <p>"Personal details are hidden: you do not hold the permission to see them."</p>
        </div>
        <Filters filters=filters() searchable=personal/>
        <List page name="contacts-list" columns=COLUMNS row=row empty=no_contacts href=here.list_page("contacts")/>
        <Outlet/>
    }
    .into_any()
}

const COLUMNS: &[&str] = &["Name", "Mobile", "E-mail", "Tags", "Added"];

fn no_contacts() -> AnyView {
    let here = Here::expect();
    if let Some(none) = no_match("No contact matches.", &["search", "tag", "at"], move || here.path("contacts")) {
        return none;
    }
    view! {
        <Empty icon=Icon::Contact sentence="There are no contacts in this account yet.">
            <a class="btn btn-sm" class:hidden=move || !here.may(Permission::ContactCreate).get() href=move || here.path("contacts/new")>"Add the first one"</a>
        </Empty>
    }
    .into_any()
}

/// What stands for a field that the reader may not see. The field itself has not left the server.
#[component]
fn Masked(what: &'static str) -> impl IntoView {
    view! { <span class="masked"><span aria-hidden="true">"••••••"</span><span class="sr-only">{what} " hidden"</span></span> }
}

fn row(contact: Contact) -> AnyView {
    let here = Here::expect();
    let may_open = move || {
        use Permission::{ContactDelete, ContactUpdateDetails, ContactUpdateTags};
        let held = here.permissions.get();
        [ContactUpdateTags, ContactUpdateDetails, ContactDelete].into_iter().any(|permission| held.contains(permission))
    };
    let Contact { id, personal, tags, created } = contact;
    let open = move || may_open().then(|| here.path(&format!("contacts/{id}")));
    let tags = move || {
        tags.iter().map(|tag| view! { <span class="badge badge-sm badge-ghost">{tag.clone()}</span> }).collect_view()
    };
    let (name, mobile, email) = match personal {
        Some(PersonalDetails { name, mobile, email }) => (Some(name), Some(mobile), Some(email)),
        None => (None, None, None),
    };
    let below = [mobile.clone(), email.clone()].into_iter().flatten().find(|text| !text.is_empty());
    let text = |value: Option<String>, what| match value {
        Some(value) => value.into_any(),
        None => view! { <Masked what/> }.into_any(),
    };
    view! {
        <tr>
            <td>
                <a class="row-link" href=open>{text(name, "Name")}</a>
                <p class="text-muted text-xs md:hidden">{below}</p>
                <p class="mt-1 flex flex-wrap gap-1 sm:hidden">{tags.clone()}</p>
            </td>
            <td>{text(mobile, "Mobile")}</td>
            <td>{text(email, "E-mail")}</td>
            <td><span class="flex flex-wrap gap-1">{tags}</span></td>
            <td><Time moment=created/></td>
        </tr>
    }
    .into_any()
}

fn filters() -> Vec<Filter> {
    vec![
        Filter { name: "search", label: "Search", by: FilterKind::Search("Name, mobile or e-mail") },
        Filter { name: "tag", label: "Tag", by: FilterKind::Text("vip") },
    ]
}
