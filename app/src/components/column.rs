use super::keyed;
use crate::runtime::t;
use leptos::{prelude::*, tachys::view::iterators::StaticVec};
use model::Text;
use std::hash::Hash;

/// A column of a table. A list declares its columns once; the head and the cells of all rows are made from them.
pub struct Column<T: 'static> {
    head: Head,
    /// How it reads, and on which screens it stands: classes of the style sheet ("The columns of tables").
    kind: &'static str,
    cell: fn(&T) -> AnyView,
}

enum Head {
    Title(&'static (dyn Text + Sync)),
    View(fn() -> AnyView),
    Sort(&'static (dyn Text + Sync), fn() -> SortLink),
}

/// What a title does by which a list can be sorted.
pub struct SortLink {
    /// Where the list is in that order; `None` for a reader to whom it is not open.
    pub href: Signal<Option<String>>,
    /// The order that the list is in now by this column, as `aria-sort` has it.
    pub order: Signal<Option<&'static str>>,
}

impl<T> Column<T> {
    pub const fn new(title: &'static (dyn Text + Sync), kind: &'static str, cell: fn(&T) -> AnyView) -> Self {
        Self { head: Head::Title(title), kind, cell }
    }

    /// A column by which the list can be sorted.
    pub const fn sorted(
        title: &'static (dyn Text + Sync),
        link: fn() -> SortLink,
        kind: &'static str,
        cell: fn(&T) -> AnyView,
    ) -> Self {
        Self { head: Head::Sort(title, link), kind, cell }
    }

    /// A column whose head is more than a title.
    pub const fn with_head(head: fn() -> AnyView, kind: &'static str, cell: fn(&T) -> AnyView) -> Self {
        Self { head: Head::View(head), kind, cell }
    }
}

/// The heads of all columns.
pub(super) fn heads<T>(columns: &[Column<T>]) -> AnyView {
    let head = |Column { head, kind, .. }: &Column<T>| match head {
        Head::Title(title) => view! { <th class=*kind>{t(*title)}</th> }.into_any(),
        Head::View(view) => view! { <th class=*kind>{view()}</th> }.into_any(),
        Head::Sort(title, link) => {
            let SortLink { href, order } = link();
            view! { <th class=*kind aria-sort=order><a class="sort-link" href=href data-noscroll="">{t(*title)}</a></th> }.into_any()
        }
    };
    one_row(columns.iter().map(head).collect())
}

/// A row of a table.
pub(super) fn row<T>(columns: &[Column<T>], thing: &T) -> AnyView {
    let cell = |Column { kind, cell, .. }: &Column<T>| view! { <td class=*kind>{cell(thing)}</td> }.into_any();
    one_row(columns.iter().map(cell).collect())
}

fn one_row(cells: Vec<AnyView>) -> AnyView {
    view! { <tr>{StaticVec::from(cells)}</tr> }.into_any()
}

/// A table of all there are, without pages.
pub fn table<T: Hash + Send + 'static>(
    name: &'static str,
    columns: &'static [Column<T>],
    each: impl Fn() -> Vec<T> + Send + Sync + 'static,
) -> AnyView {
    frame(name, heads(columns), keyed(each, move |thing| row(columns, &thing)), None)
}

/// The table with this name in the style sheet. Not generic, so that it travels to the browser once.
pub(super) fn frame(name: &'static str, heads: AnyView, rows: AnyView, may_act: Option<Signal<bool>>) -> AnyView {
    let idle = move || may_act.is_some_and(|may| !may.get());
    view! {
        <table class=format!("table {name}") class:idle=idle>
            <thead>{heads}</thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
