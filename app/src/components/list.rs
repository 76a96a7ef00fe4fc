use super::{Fetched, Progress, Waiting};
use leptos::prelude::*;
use model::{Cursor, Page, PageEdges};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Title, one sentence that says what the page is for, and its primary act.
#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    #[prop(into)] purpose: Signal<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="mb-6 flex flex-wrap items-end gap-x-6 gap-y-3">
            <div class="min-w-60 flex-1">
                <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
                <p class="text-muted mt-1">{purpose}</p>
            </div>
            <div class="flex gap-2 empty:hidden">{children.map(|children| children())}</div>
        </header>
    }
    .into_any()
}

/// A column of a list: its title, and the classes that say on which screens it stands.
pub type Column = (&'static str, &'static str);

/// A list in a card: its rows, what stands there when there are none, and the ways to newer and
/// older ones.
#[component]
pub fn List<T: Clone + PartialEq + Hash + Send + Sync + 'static>(
    page: Fetched<Page<T>>,
    columns: &'static [Column],
    row: fn(T) -> AnyView,
    empty: fn() -> AnyView,
    /// The address of another page of this list.
    href: Callback<String, String>,
) -> impl IntoView {
    let edges = Signal::derive(move || page.with(|page| page.map(Page::edges)));
    let rows = keyed(move || page.with(|page| page.map(|page| page.rows.clone()).unwrap_or_default()), row);
    frame(page.progress, edges, columns, rows, empty, href)
}

/// What all lists have in common. Not generic, so that it travels to the browser once.
fn frame(
    progress: Progress,
    edges: Signal<Option<PageEdges>>,
    columns: &'static [Column],
    rows: AnyView,
    empty: fn() -> AnyView,
    href: Callback<String, String>,
) -> AnyView {
    let heads = columns.iter().map(|(title, class)| view! { <th class=*class>{*title}</th> }).collect_view();
    let is_empty = Memo::new(move |_| edges.with(|edges| edges.as_ref().is_some_and(|edges| edges.is_empty)));
    view! {
        <Waiting on=progress/>
        <div class="card" class:hidden=move || !progress.is_there()>
            <table class="table">
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {move || is_empty.get().then(empty)}
            <Pager edges href/>
        </div>
    }
    .into_any()
}

/// "1 to 50 of 62", with the ways to newer and older rows.
#[component]
fn Pager(edges: Signal<Option<PageEdges>>, href: Callback<String, String>) -> impl IntoView {
    let caption = move || edges.with(|edges| edges.as_ref().map(|edges| edges.caption.clone()));
    let step = move |cursor: fn(&PageEdges) -> Option<Cursor>, label: &'static str| {
        move || match edges.with(|edges| edges.as_ref().and_then(cursor)) {
            Some(cursor) => view! { <a class="btn btn-sm" href=href.run(cursor.to_string())>{label}</a> }.into_any(),
            None => view! { <span class="btn btn-sm btn-disabled" aria-disabled="true">{label}</span> }.into_any(),
        }
    };
    view! {
        <footer class="flex items-center gap-2 border-t border-base-300 px-4 py-3">
            <p class="text-muted grow text-xs tabular-nums">{caption}</p>
            <nav class="flex gap-2" aria-label="Pages of the list">
                {step(|edges| edges.newer, "Previous")}
                {step(|edges| edges.older, "Next")}
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
        let item = |thing: T| {
            let mut hasher = DefaultHasher::new();
            thing.hash(&mut hasher);
            let show = show.clone();
            Item { key: hasher.finish(), show: Box::new(move || show(thing)) }
        };
        each().into_iter().map(item).collect()
    };
    in_place(Box::new(items))
}

fn in_place(items: Box<dyn Fn() -> Vec<Item> + Send>) -> AnyView {
    view! { <For each=items key=|item| item.key let(item)>{(item.show)()}</For> }.into_any()
}
