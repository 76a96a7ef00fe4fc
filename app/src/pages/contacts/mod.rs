//! Contacts: the list, and beside it the drawer of a new or changed one.

mod form;

pub use form::{EditContact, NewContact};

use crate::{
    api::list_contacts,
    components::{Empty, Failure, Glyph, Icon, PageHead, Pager, Skeleton, Time},
    console::Here,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    components::{Form, Outlet},
    hooks::use_query_map,
};
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
    let page = Resource::new(
        move || (here.account.get(), filter.get(), here.live.version(Topic::Contacts), here.permissions.get()),
        |(account, filter, ..)| list_contacts(account, filter),
    );
    let shown = Memo::new(move |_| page.get().and_then(Result::ok));
    let rows = move || shown.with(|page| page.as_ref().map(|page| page.rows.clone()).unwrap_or_default());
    let may_open = Memo::new(move |_| {
        let held = here.permissions.get();
        held.contains(Permission::ContactUpdateTags)
            || held.contains(Permission::ContactDelete)
            || held.contains(Permission::ContactUpdateDetails)
    });
    let href = here.list_page("contacts");
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
        <Filters filter personal/>
        <Transition fallback=|| view! { <Skeleton/> }>
            {move || page.get().and_then(Result::err).map(|problem| view! { <Failure problem retry=move |()| page.refetch()/> })}
            <div class="card" class:hidden=move || shown.with(Option::is_none)>
                <table class="table">
                    <thead>
                        <tr>
                            <th>"Name"</th>
                            <th class="max-md:hidden">"Mobile"</th>
                            <th class="max-md:hidden">"E-mail"</th>
                            <th class="max-sm:hidden">"Tags"</th>
                            <th class="max-lg:hidden">"Added"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=Contact::clone let(contact)><Row contact may_open/></For>
                    </tbody>
                </table>
                {move || {
                    let empty = shown.with(|page| page.as_ref().is_some_and(|page| page.rows.is_empty()));
                    empty.then(|| view! { <NoContacts filtered=filter.with(|filter| *filter != ContactFilter::default())/> })
                }}
                <Pager page=shown.into() href/>
            </div>
        </Transition>
        <Outlet/>
    }
    .into_any()
}

#[component]
fn NoContacts(filtered: bool) -> impl IntoView {
    let here = Here::expect();
    if filtered {
        return view! {
            <Empty icon=Icon::Search sentence="No contact matches.">
                <a class="btn btn-sm" href=move || here.path("contacts")>"Show all"</a>
            </Empty>
        }
        .into_any();
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

#[component]
fn Row(contact: Contact, may_open: Memo<bool>) -> impl IntoView {
    let here = Here::expect();
    let Contact { id, personal, tags, created } = contact;
    let open = move || may_open.get().then(|| here.path(&format!("contacts/{id}")));
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
            <td class="wrap-anywhere">
                <a class="row-link" href=open>{text(name, "Name")}</a>
                <p class="text-muted text-xs md:hidden">{below}</p>
                <p class="mt-1 flex flex-wrap gap-1 sm:hidden">{tags.clone()}</p>
            </td>
            <td class="tabular-nums max-md:hidden">{text(mobile, "Mobile")}</td>
            <td class="max-md:hidden">{text(email, "E-mail")}</td>
            <td class="max-sm:hidden"><span class="flex flex-wrap gap-1">{tags}</span></td>
            <td class="text-muted max-lg:hidden"><Time moment=created/></td>
        </tr>
    }
    .into_any()
}

#[component]
fn Filters(filter: Memo<ContactFilter>, personal: Signal<bool>) -> impl IntoView {
    let now = filter.get_untracked();
    view! {
        <Form method="GET" action="" attr:class="mb-4 flex flex-wrap items-end gap-2" attr:role="search">
            <label class="filter" class:hidden=move || !personal.get()>
                <span>"Search"</span>
                <input class="input input-sm" type="search" name="search" value=now.search placeholder="Name, mobile or e-mail"/>
            </label>
            <label class="filter"><span>"Tag"</span><input class="input input-sm" name="tag" value=now.tag placeholder="vip"/></label>
            <button type="submit" class="btn btn-sm">"Filter"</button>
        </Form>
    }
    .into_any()
}
