use super::{Glyph, Icon};
use leptos::prelude::*;
use leptos_router::{components::Form, hooks::use_query_map};

/// Something that a list can be narrowed by. It lives in the address under its name, so that a view
/// can be kept and shared.
#[derive(Clone)]
pub struct Filter {
    pub name: &'static str,
    pub label: &'static str,
    pub by: FilterKind,
}

#[derive(Clone)]
pub enum FilterKind {
    /// What is typed into the line beside the chips.
    Search(&'static str),
    /// What is typed, such as this.
    Text(&'static str),
    /// One of these: the name in the address, and what it is called.
    Choice(Vec<(&'static str, &'static str)>),
    /// One of these, which the server knows.
    OneOf(Signal<Vec<(String, String)>>),
}

impl FilterKind {
    /// What a value is called.
    fn label(&self, value: &str) -> String {
        let called = match self {
            Self::Choice(choices) => {
                choices.iter().find(|(name, _)| *name == value).map(|(_, label)| (*label).to_owned())
            }
            Self::OneOf(choices) => {
                choices.with(|choices| choices.iter().find(|(name, _)| name == value).map(|(_, label)| label.clone()))
            }
            Self::Search(_) | Self::Text(_) => None,
        };
        called.unwrap_or_else(|| value.to_owned())
    }
}

/// A list's filters: a line to search, a chip for each filter that holds, and a menu of all.
#[component]
pub fn Filters(
    filters: Vec<Filter>,
    /// What else stands in the address and stays, such as the tab.
    #[prop(optional)]
    keep: &'static [&'static str],
    /// Whether there is a line to search.
    #[prop(optional, into)]
    searchable: Option<Signal<bool>>,
) -> impl IntoView {
    let query = use_query_map();
    let value = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let kept = keep.iter().map(|name| {
        view! {
            <input type="hidden" name=*name prop:value=move || value(name) value=untrack(|| value(name)) disabled=move || value(name).is_empty()/>
        }
    });
    let kept = kept.collect_view();
    let (mut search, mut chips, mut fields) = (None, Vec::new(), Vec::new());
    for Filter { name, label, by } in filters {
        let first = untrack(|| value(name));
        if let FilterKind::Search(placeholder) = by {
            let hidden = move || searchable.is_some_and(|searchable| !searchable.get());
            search = Some(view! {
                <label class="search-line" class:hidden=hidden>
                    <Glyph icon=Icon::Search class="size-4 text-muted"/>
                    <input type="search" name=name aria-label=label placeholder=placeholder value=first prop:value=move || value(name)/>
                </label>
            });
            continue;
        }
        fields.push(view! { <FilterField name label by=by.clone() first value=Signal::derive(move || value(name))/> });
        chips.push(view! { <Chip name label by value=Signal::derive(move || value(name))/> });
    }
    let menu = (!fields.is_empty()).then(|| {
        view! {
            <button type="button" class="btn btn-sm btn-ghost" popovertarget="filter-menu"><Glyph icon=Icon::Plus/>"Filter"</button>
            <div id="filter-menu" class="menu-pop filter-menu" popover="auto">
                {fields}
                <button type="submit" class="btn btn-sm btn-primary mt-1">"Apply"</button>
            </div>
        }
    });
    view! {
        <Form method="GET" action="" attr:class="filters" attr:role="search">
            {kept}
            {search}
            {chips}
            {menu}
            <button type="submit" class="sr-only" tabindex="-1">"Search"</button>
        </Form>
    }
    .into_any()
}

#[component]
fn FilterField(
    name: &'static str,
    label: &'static str,
    by: FilterKind,
    first: String,
    value: Signal<String>,
) -> impl IntoView {
    let input = match by {
        FilterKind::Choice(choices) => {
            let option = |(name, label): (&'static str, &'static str)| {
                view! { <option value=name selected=first == name>{label}</option> }
            };
            view! {
                <select class="select select-sm" name=name prop:value=value>
                    <option value="">"All"</option>
                    {choices.into_iter().map(option).collect_view()}
                </select>
            }
            .into_any()
        }
        FilterKind::OneOf(choices) => {
            let option = move |(name, label): (String, String)| {
                let selected = first == name;
                view! { <option value=name selected=selected>{label}</option> }
            };
            view! {
                <select class="select select-sm" name=name prop:value=value>
                    <option value="">"All"</option>
                    {move || choices.get().into_iter().map(option.clone()).collect_view()}
                </select>
            }
            .into_any()
        }
        FilterKind::Text(example) | FilterKind::Search(example) => {
            view! { <input class="input input-sm" name=name value=first prop:value=value placeholder=example/> }
                .into_any()
        }
    };
    view! { <label class="filter"><span>{label}</span>{input}</label> }.into_any()
}

/// A filter that holds, and the way to be rid of it.
#[component]
fn Chip(name: &'static str, label: &'static str, by: FilterKind, value: Signal<String>) -> impl IntoView {
    let query = use_query_map();
    let without = move || {
        let mut query = query.get();
        query.remove(name);
        query.remove("at");
        let rest = query.to_query_string();
        if rest.is_empty() { "?".to_owned() } else { rest }
    };
    let said = move || format!("{label}: {}", by.label(&value.get()));
    let title = said.clone();
    view! {
        <a class="chip" class:hidden=move || value.with(String::is_empty) href=without aria-label=move || format!("Remove the filter {}", title())>
            <span class="truncate">{said}</span>
            <Glyph icon=Icon::X class="size-3.5"/>
        </a>
    }
    .into_any()
}
