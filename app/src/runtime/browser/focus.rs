//! What has the focus, and what is clicked.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

pub(super) fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|position| found.item(position)?.dyn_into().ok()).collect()
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

pub fn click_first(within: &Element, selector: &str) {
    if let Some(element) = all(within, selector).first() {
        element.click();
    }
}

/// Whether a click was on a link, or on the element itself rather than on something within.
pub fn is_link_or(event: &leptos::ev::MouseEvent, element: &Element) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target == *element || matches!(target.closest("a"), Ok(Some(_))))
}
