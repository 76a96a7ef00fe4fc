use super::{Glyph, Icon};
use crate::runtime::{query_with, t};
use leptos::{
    ev::SubmitEvent,
    html::Input,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{FormData, HtmlFormElement, UrlSearchParams},
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use model::{ButtonText, FilterText};
use std::{borrow::Cow, time::Duration};

/// Something that a list can be narrowed by. It lives in the address under its name, so that a view
/// can be kept and shared.
#[derive(Clone)]
pub struct Filter {
    pub name: &'static str,
    pub label: Cow<'static, str>,
    pub by: FilterKind,
}

#[derive(Clone)]
pub enum FilterKind {
    /// What is typed into the line beside the chips.
    Search(Cow<'static, str>),
    /// What is typed, such as this.
    Text(Cow<'static, str>),
    /// One of these: the name in the address, and what it is called.
    Choice(Vec<(&'static str, Cow<'static, str>)>),
    /// One of these, which the server knows.
    OneOf(Signal<Vec<(String, String)>>),
    /// A day of the calendar.
    Day,
    /// What a link chose, by what it is called; nobody types it.
    Given(Signal<String>),
}

impl FilterKind {
    /// What a value is called.
    fn label(&self, value: &str) -> String {
        let called = match self {
            Self::Choice(choices) => {
                choices.iter().find(|(name, _)| *name == value).map(|(_, label)| label.clone().into_owned())
            }
            Self::OneOf(choices) => {
                choices.with(|choices| choices.iter().find(|(name, _)| name == value).map(|(_, label)| label.clone()))
            }
            Self::Given(called) => Some(called.get()),
            Self::Search(_) | Self::Text(_) | Self::Day => None,
        };
        called.unwrap_or_else(|| value.to_owned())
    }
}

/// A search begins when nothing was typed for so long.
const TYPING_PAUSE: Duration = Duration::from_millis(250);

/// What stands in the line follows the address, but for somebody who is typing there.
fn follow_address(line: NodeRef<Input>, value: Signal<String>) {
    Effect::new(move |_| {
        let value = value.get();
        if let Some(line) = line.get()
            && document().active_element().as_ref() != Some(&line)
        {
            line.set_value(&value);
        }
    });
}

/// The fields of a form that have a value, as a query.
fn filled_fields(form: &HtmlFormElement) -> String {
    let fields =
        FormData::new_with_form(form).and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields));
    let fields = fields.map(|fields| String::from(fields.to_string())).unwrap_or_default();
    let filled: Vec<&str> = fields.split('&').filter(|field| !field.ends_with('=') && !field.is_empty()).collect();
    if filled.is_empty() { String::new() } else { format!("?{}", filled.join("&")) }
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
    let line = NodeRef::<Input>::new();
    let (path, navigate) = (use_location().pathname, StoredValue::new(use_navigate()));
    // Filters that are empty stay out of the address.
    let narrow = move |form: HtmlFormElement, replace: bool| {
        let address = format!("{}{}", path.get_untracked(), filled_fields(&form));
        let options = NavigateOptions { replace, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&address, options));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target().and_then(|form| form.dyn_into().ok()) {
            narrow(form, false);
        }
    };
    let turn = StoredValue::new(0_u32);
    let typed = move |_| {
        let now = turn.get_value() + 1;
        turn.set_value(now);
        let search = move || {
            let form = line.try_get_untracked().flatten().and_then(|line| line.form());
            if let (Some(form), Some(true)) = (form, turn.try_get_value().map(|newest| newest == now)) {
                narrow(form, true);
            }
        };
        set_timeout(search, TYPING_PAUSE);
    };
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
            follow_address(line, Signal::derive(move || value(name)));
            let hidden = move || searchable.is_some_and(|searchable| !searchable.get());
            search = Some(view! {
                <label class="search-line" class:hidden=hidden>
                    <Glyph icon=Icon::Search class="size-4 text-muted"/>
                    <input node_ref=line type="search" name=name aria-label=label placeholder=placeholder value=first on:input=typed/>
                </label>
            });
            continue;
        }
        if !matches!(by, FilterKind::Given(_)) {
            fields.push(view! { <FilterField name label=label.clone() by=by.clone() first value=Signal::derive(move || value(name))/> });
        }
        chips.push(view! { <Chip name label by value=Signal::derive(move || value(name))/> });
    }
    let menu = (!fields.is_empty()).then(|| {
        view! {
            <button type="button" class="btn btn-sm btn-ghost" popovertarget="filter-menu"><Glyph icon=Icon::Plus/>{t(FilterText::Add)}</button>
            <div id="filter-menu" class="menu-pop filter-menu" popover="auto">
                {fields}
                <button type="submit" class="btn btn-sm btn-primary mt-1">{t(ButtonText::Apply)}</button>
            </div>
        }
    });
    view! {
        <form method="get" action="" class="filters" role="search" on:submit=submit>
            {kept}
            {search}
            {chips}
            {menu}
            <button type="submit" class="sr-only" tabindex="-1">{t(ButtonText::Search)}</button>
        </form>
    }
    .into_any()
}

#[component]
fn FilterField(
    name: &'static str,
    label: Cow<'static, str>,
    by: FilterKind,
    first: String,
    value: Signal<String>,
) -> impl IntoView {
    let input = match by {
        FilterKind::Choice(choices) => {
            let option = |(name, label): (&'static str, Cow<'static, str>)| {
                view! { <option value=name selected=first == name>{label}</option> }
            };
            view! {
                <select class="select select-sm" name=name prop:value=value>
                    <option value="">{t(FilterText::All)}</option>
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
                    <option value="">{t(FilterText::All)}</option>
                    {move || choices.get().into_iter().map(option.clone()).collect_view()}
                </select>
            }
            .into_any()
        }
        FilterKind::Day => {
            view! { <input class="input input-sm" type="date" name=name value=first prop:value=value/> }.into_any()
        }
        FilterKind::Given(_) => ().into_any(),
        FilterKind::Text(example) | FilterKind::Search(example) => {
            view! { <input class="input input-sm" name=name value=first prop:value=value placeholder=example/> }
                .into_any()
        }
    };
    view! { <label class="filter"><span>{label}</span>{input}</label> }.into_any()
}

/// A filter that holds, and the way to be rid of it.
#[component]
fn Chip(name: &'static str, label: Cow<'static, str>, by: FilterKind, value: Signal<String>) -> impl IntoView {
    let query = use_query_map();
    let without = move || match query.with(|query| query_with(query, name, "")) {
        rest if rest.is_empty() => "?".to_owned(),
        rest => rest,
    };
    let words = move || (label.clone().into_owned(), by.label(&value.get()));
    let named = words.clone();
    let said = move || {
        let (label, value) = words();
        t(FilterText::Chip { label, value })
    };
    let remove = move || {
        let (label, value) = named();
        t(FilterText::Remove { label, value })
    };
    view! {
        <a class="chip" class:hidden=move || value.with(String::is_empty) href=without aria-label=remove>
            <span class="truncate">{said}</span>
            <Glyph icon=Icon::X class="size-3.5"/>
        </a>
    }
    .into_any()
}
