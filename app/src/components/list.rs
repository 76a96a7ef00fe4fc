use super::{
    Column, Waiting,
    column::{self, heads, row},
};
#[cfg(feature = "ssr")]
use crate::runtime::Here;
use crate::runtime::{Fetched, Progress, t};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos_router::params::ParamsMap;
use model::{Cursor, Page, PageEdges, PagerText};
use std::hash::Hash;
#[cfg(feature = "hydrate")]
use std::hash::{DefaultHasher, Hasher};

/// Title, one sentence that says what the page is for, and its primary act.
#[component]
pub fn PageHead(
    #[prop(into)] title: TextProp,
    #[prop(into)] purpose: TextProp,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
            <div class="min-w-60 flex-1">
                <h1 class="text-xl font-semibold tracking-tight">{move || title.get()}</h1>
                <p class="text-muted mt-1">{move || purpose.get()}</p>
            </div>
            <div class="flex gap-2 empty:hidden">{children.map(|children| children())}</div>
        </header>
    }
    .into_any()
}

/// A list in a card: its rows, what stands there when there are none, and the ways to newer and
/// older ones.
#[component]
pub fn List<T: Clone + PartialEq + Hash + Send + Sync + 'static>(
    page: Fetched<Page<T>>,
    /// Its name in the style sheet.
    name: &'static str,
    columns: &'static [Column<T>],
    empty: fn() -> AnyView,
    /// The address of another page of this list.
    href: Callback<String, String>,
    /// Whether the reader may do anything to rows, where a list has columns for that.
    #[prop(optional)]
    may_act: Option<Signal<bool>>,
) -> impl IntoView {
    let edges = Signal::derive(move || page.with(|page| page.map(Page::edges)));
    let rows = cached_rows(page, columns).unwrap_or_else(|| {
        let rows = move || page.with(|page| page.map(|page| page.rows.to_vec()).unwrap_or_default());
        keyed(rows, move |thing| row(columns, &thing))
    });
    card(page.progress, edges, column::frame(name, heads(columns), rows, may_act), empty, href)
}

/// The rows as they were rendered before, on the server, where nothing moves.
#[cfg(feature = "ssr")]
fn cached_rows<T: Clone + Hash + Send + Sync>(
    page: Fetched<Page<T>>,
    columns: &'static [Column<T>],
) -> Option<AnyView> {
    let (prefetch, here) = use_context::<crate::runtime::Prefetch>().zip(use_context::<Here>())?;
    let (account, permissions) = (here.account.get_untracked(), here.permissions.get_untracked());
    let query = here.query.with_untracked(ParamsMap::to_query_string);
    let (list, rows) = (columns.as_ptr().addr(), &prefetch.cache.rows);
    page.with_untracked(|page| {
        Some(rows.show(list, &page?.rows, account, permissions, &query, |thing| row(columns, thing)))
    })
}

#[cfg(not(feature = "ssr"))]
fn cached_rows<T: Send + Sync>(_: Fetched<Page<T>>, _: &[Column<T>]) -> Option<AnyView> {
    None
}

/// What all lists have in common. Not generic, so that it travels to the browser once.
fn card(
    progress: Progress,
    edges: Signal<Option<PageEdges>>,
    table: AnyView,
    empty: fn() -> AnyView,
    href: Callback<String, String>,
) -> AnyView {
    let is_empty = Memo::new(move |_| edges.with(|edges| edges.as_ref().is_some_and(|edges| edges.is_empty)));
    view! {
        <Waiting on=progress/>
        <div class="card" class:hidden=move || !progress.is_there()>
            {table}
            {move || is_empty.get().then(empty)}
            <Pager edges href/>
        </div>
    }
    .into_any()
}

/// "1 to 50 of 62", with the ways to newer and older rows.
#[component]
pub fn Pager(edges: Signal<Option<PageEdges>>, href: Callback<String, String>) -> impl IntoView {
    let caption = move || edges.with(|edges| edges.as_ref().map(|edges| t(edges.caption)));
    let step = move |cursor: fn(&PageEdges) -> Option<Cursor>, label: PagerText| {
        move || match edges.with(|edges| edges.as_ref().and_then(cursor)) {
            Some(cursor) => view! { <a class="btn btn-sm" href=href.run(cursor.to_string())>{t(label)}</a> }.into_any(),
            None => view! { <span class="btn btn-sm btn-disabled" aria-disabled="true">{t(label)}</span> }.into_any(),
        }
    };
    view! {
        <footer class="flex items-center gap-2 border-t border-base-300 px-4 py-3">
            <p class="text-muted grow text-xs tabular-nums">{caption}</p>
            <nav class="flex gap-2" aria-label=t(PagerText::Label)>
                {step(|edges| edges.newer.clone(), PagerText::Previous)}
                {step(|edges| edges.older.clone(), PagerText::Next)}
            </nav>
        </footer>
    }
    .into_any()
}

/// Something listed, and how it is shown.
struct Item {
    key: u64,
    show: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Shows each thing, and keeps in place what is still the same.
pub fn keyed<T: Hash + Send + 'static>(
    each: impl Fn() -> Vec<T> + Send + Sync + 'static,
    show: impl Fn(T) -> AnyView + Clone + Send + 'static,
) -> AnyView {
    let items = move || {
        let item = |(position, thing): (usize, T)| {
            let (key, show) = (key(position, &thing), show.clone());
            Item { key, show: Box::new(move || show(thing)) }
        };
        each().into_iter().enumerate().map(item).collect()
    };
    in_place(Box::new(items))
}

#[cfg(feature = "hydrate")]
fn key<T: Hash>(_: usize, thing: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

/// On the server nothing moves.
#[cfg(not(feature = "hydrate"))]
fn key<T: Hash>(position: usize, _: &T) -> u64 {
    position as u64
}

fn in_place(items: Box<dyn Fn() -> Vec<Item> + Send>) -> AnyView {
    #[cfg(feature = "hydrate")]
    let items = move || {
        crate::runtime::browser::keep_focus();
        items()
    };
    view! { <For each=items key=|item| item.key let(item)>{(item.show)()}</For> }.into_any()
}
