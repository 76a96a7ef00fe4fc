//! The orders of the list, behind the titles of its columns.

use crate::{
    components::SortLink,
    runtime::{Here, query_with},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{ContactSort, Permission};

/// The order that stands in the address. By name it would be refused to readers who see none.
pub fn sort_of(personal: Signal<bool>) -> Memo<ContactSort> {
    let query = use_query_map();
    Memo::new(move |_| {
        let asked: Option<ContactSort> = query.with(|query| query.get("sort").and_then(|sort| sort.parse().ok()));
        asked.filter(|sort| personal.get() || !sort.is_by_name()).unwrap_or_default()
    })
}

pub fn by_name() -> SortLink {
    let personal = Here::expect().may(Permission::ContactReadPii);
    link([ContactSort::Name, ContactSort::NameDescending], personal)
}

pub fn by_age() -> SortLink {
    link([ContactSort::Newest, ContactSort::Oldest], Signal::derive(|| true))
}

/// To the first of two orders, or from that to the other.
fn link([first, other]: [ContactSort; 2], open: Signal<bool>) -> SortLink {
    let (query, now) = (use_query_map(), sort_of(Here::expect().may(Permission::ContactReadPii)));
    let href = move || {
        let next = if now.get() == first { other } else { first };
        let name = if next == ContactSort::default() { "" } else { next.name() };
        let to = query.with(|query| query_with(query, "sort", name));
        open.get().then(|| if to.is_empty() { "?".to_owned() } else { to })
    };
    let order = move || match now.get() {
        sort if sort != first && sort != other => None,
        sort if sort.is_descending() => Some("descending"),
        _ => Some("ascending"),
    };
    SortLink { href: Signal::derive(href), order: Signal::derive(order) }
}
