//! Files and the clipboard.

use crate::runtime::t;
use leptos::prelude::*;
use model::CopyResult;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// Adds the e-mail addresses in a chosen file to a text field.
pub fn take_addresses(file_input: &str, field: &str) {
    let element = |id: &str| document().get_element_by_id(id);
    let Some(input) = element(file_input).and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else { return };
    let field = element(field).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    let file = input.files().and_then(|files| files.get(0));
    let (Some(file), Some(field)) = (file, field) else { return };
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        let text = text.unwrap_or_default();
        let typed = field.value();
        let addresses = model::recipients(&text).into_iter().filter(|part| part.contains('@'));
        let all: Vec<&str> =
            std::iter::once(typed.as_str()).filter(|typed| !typed.trim().is_empty()).chain(addresses).collect();
        field.set_value(&all.join("\n"));
        // The same file can be chosen once more.
        input.set_value("");
    });
}

pub fn print() {
    // Where the browser forbids it, nothing happens.
    let _ = window().print();
}

/// Puts a text on the clipboard, and says whether it is there.
pub fn copy(text: String, on_copied: impl FnOnce() + 'static) {
    let toasts = crate::runtime::Toasts::expect();
    let clipboard = window().navigator().clipboard();
    leptos::task::spawn_local(async move {
        // There is none where the connection is not safe.
        let is_there = !clipboard.is_undefined();
        let copied = is_there && wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        if copied {
            on_copied();
        }
        toasts.say(t(if copied { CopyResult::Copied } else { CopyResult::Failed }));
    });
}
