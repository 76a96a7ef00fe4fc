//! What is typed or chosen in forms, and not saved.

use super::focus::all;
use leptos::prelude::*;
use model::Unsaved;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlTextAreaElement};

/// What would be lost with this part of the page. An element marked `data-unsaved` says so itself.
pub fn unsaved(within: &Element) -> Option<Unsaved> {
    let has = |selector: &str| within.query_selector(selector).is_ok_and(|found| found.is_some());
    if has("[data-unsaved=secret]") {
        Some(Unsaved::Secret)
    } else if has("[data-unsaved]") || fields(within, "form[data-draft] ").iter().any(is_changed) {
        Some(Unsaved::Input)
    } else {
        None
    }
}

/// Asks before the page is left, as long as the dialog holds something unsaved. Where an answer leads, nobody is asked.
pub fn ask_before_unload(dialog: NodeRef<leptos::html::Dialog>) {
    let listener = window_event_listener(leptos::ev::beforeunload, move |event| {
        let dialog: Option<HtmlDialogElement> = dialog.try_get_untracked().flatten();
        if dialog.is_some_and(|dialog| unsaved(&dialog).is_some()) && !crate::runtime::remote::is_sending() {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}

/// From now on, what stands in the fields of a form is what was saved.
pub fn mark_saved(form: &Element) {
    let _ = form.remove_attribute("data-unsaved");
    for field in fields(form, "") {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.set_default_checked(input.checked());
            if !matches!(input.type_().as_str(), "hidden" | "checkbox" | "radio" | "file") {
                input.set_default_value(&input.value());
            }
        } else if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
            let _ = text.set_default_value(&text.value());
        } else {
            for option in options(&field) {
                option.set_default_selected(option.selected());
            }
        }
    }
}

fn fields(within: &Element, of: &str) -> Vec<HtmlElement> {
    all(within, &format!("{of}:is(input, textarea, select)[name]"))
}

fn options(select: &HtmlElement) -> Vec<HtmlOptionElement> {
    all(select, "option").into_iter().filter_map(|option| option.dyn_into().ok()).collect()
}

fn is_changed(field: &HtmlElement) -> bool {
    // A question that was closed again.
    if field.closest("dialog:not([open])").is_ok_and(|closed| closed.is_some()) {
        return false;
    }
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>() {
        return text.default_value().is_ok_and(|default| text.value() != default);
    }
    // Where no option is marked, the browser chose the first.
    let options = options(field);
    let marked = options.iter().rposition(HtmlOptionElement::default_selected).unwrap_or(0);
    options.iter().position(HtmlOptionElement::selected).is_some_and(|chosen| chosen != marked)
}
