//! What has the focus, and what is clicked.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, HtmlElement};

pub(super) fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|position| found.item(position)?.dyn_into().ok()).collect()
}

/// Gives the focus to the link that leads to this path, whatever its query; not to one that nobody sees, as in a menu that
/// is closed.
pub fn focus_link_to(path: &str) {
    let Some(page) = document().document_element() else { return };
    let links = all(&page, &format!("a[href='{path}'], a[href^='{path}?']"));
    if let Some(link) = links.iter().find(|link| link.get_client_rects().length() > 0) {
        let _ = link.focus();
    }
}

/// Gives the focus to what the part of the address behind the `#` names, as a browser does with a page that it loads.
pub fn focus_fragment(hash: &str) {
    let named = document().get_element_by_id(hash.trim_start_matches('#'));
    if let Some(element) = named.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Before rows are shown anew: who stands on a control of a row stands on it afterwards, if there is
/// one of the same name. What is gone gives the focus to nothing else, where one more key would act.
pub fn keep_focus() {
    let Some(control) = document().active_element() else { return };
    let Some(list) = control.closest("tr, li").ok().flatten().and_then(|row| row.parent_element()) else { return };
    let name = name_of(&control);
    queue_microtask(move || {
        if document().active_element().as_ref() == Some(&control) {
            return;
        }
        let same: Vec<_> =
            all(&list, "a, button, input, select").into_iter().filter(|it| name_of(it) == name).collect();
        if let [control] = &same[..] {
            let _ = control.focus();
        }
    });
}

/// As it is read aloud.
fn name_of(control: &Element) -> Option<String> {
    control.get_attribute("aria-label").or_else(|| control.text_content())
}

/// Moves the focus to the next of what `selector` finds, or to the one before; at an end it stays.
pub fn focus_next(within: &Element, selector: &str, forwards: bool) {
    let all = all(within, selector);
    let now = document().active_element();
    let now = all.iter().position(|element| now.as_ref() == Some(element)).unwrap_or(0);
    let next = if forwards { now + 1 } else { now.saturating_sub(1) };
    if let Some(element) = all.get(next) {
        let _ = element.focus();
    }
}

/// Moves the focus to the next row of a permission tree that is shown, or to the one before; at an end it stays.
pub fn focus_row(tree: &Element, forwards: bool) {
    let rows: Vec<_> = all(tree, ".permission-row").into_iter().filter(|row| row.offset_parent().is_some()).collect();
    let Some(now) = rows.iter().position(has_focus) else { return };
    let stop =
        if forwards { rows[now + 1..].iter().find_map(control) } else { rows[..now].iter().rev().find_map(control) };
    if let Some(stop) = stop {
        let _ = stop.focus();
    }
}

/// Moves the focus to the first row of a section; false if it is there already.
pub fn focus_first_row(section: &Element) -> bool {
    let first = all(section, ".permission-row").into_iter().next().filter(|row| !has_focus(row));
    first.as_ref().and_then(control).is_some_and(|control| control.focus().is_ok())
}

fn has_focus(row: &HtmlElement) -> bool {
    row.contains(document().active_element().as_deref())
}

/// What a row is operated by: its toggle, or else what collapses it.
fn control(row: &HtmlElement) -> Option<HtmlElement> {
    let first = |selector| all(row, selector).into_iter().next();
    first(":is(.switch, .checkbox):not(:disabled)").or_else(|| first(".permission-collapse"))
}

/// The path that the link leads to which an event reached.
pub fn link_path(event: &leptos::ev::Event) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let link = target.closest("a[href^='/']").ok()??;
    Some(link.dyn_into::<HtmlAnchorElement>().ok()?.pathname())
}

pub fn click_first(within: &Element, selector: &str) {
    if let Some(element) = all(within, selector).first() {
        element.click();
    }
}

/// Whether a click was on a link or a button, or on the element itself rather than on something within.
pub fn is_choice_or(event: &leptos::ev::MouseEvent, element: &Element) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target == *element || matches!(target.closest("a, button"), Ok(Some(_))))
}
