//! Menus, dialogs and colours.

use super::{focus::all, set_cookie};
use leptos::{html::Dialog, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};

/// Sets the colours now, and for the pages to come; `system` follows the reader's system.
pub fn set_theme(theme: &str) {
    set_cookie("theme", theme);
    if let Some(root) = document().document_element() {
        let _ = if theme == "system" {
            root.remove_attribute("data-theme")
        } else {
            root.set_attribute("data-theme", theme)
        };
    }
}

/// Closes the menus and the drawer of the sidebar.
pub fn hide_popovers() {
    let Some(root) = document().document_element() else { return };
    for element in all(&root, ":popover-open") {
        let _ = element.hide_popover();
    }
}

/// Where the browser does not know `commandfor` and `command`, opens and closes the dialogs that buttons name by them.
pub fn stand_in_for_commands() {
    let button = js_sys::Reflect::get(&window(), &"HTMLButtonElement".into());
    let prototype = button.and_then(|button| js_sys::Reflect::get(&button, &"prototype".into()));
    let is_known = prototype.and_then(|prototype| js_sys::Reflect::has(&prototype, &"commandForElement".into()));
    if is_known == Ok(false) {
        window_event_listener(leptos::ev::click, |event| {
            obey(&event);
        });
    }
}

/// Does what the button that was clicked says.
fn obey(event: &leptos::ev::MouseEvent) -> Option<()> {
    let clicked: Element = event.target()?.dyn_into().ok()?;
    let button = clicked.closest("button[commandfor]").ok()??;
    let dialog = document().get_element_by_id(&button.get_attribute("commandfor")?)?;
    let dialog: HtmlDialogElement = dialog.dyn_into().ok()?;
    match button.get_attribute("command")?.as_str() {
        "show-modal" if !dialog.open() => return dialog.show_modal().ok(),
        "close" => dialog.close(),
        _ => {}
    }
    Some(())
}

/// Opens a dialog on ⌘K or Ctrl K, and says which of the two it is here.
pub fn open_on_key(dialog: NodeRef<Dialog>, is_mac: RwSignal<bool>) {
    Effect::new(move |_| {
        is_mac.set(window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac")));
    });
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if !(event.meta_key() || event.ctrl_key()) || !event.key().eq_ignore_ascii_case("k") {
            return;
        }
        event.prevent_default();
        if let Some(dialog) = dialog.get_untracked()
            && !dialog.open()
        {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    });
    on_cleanup(move || listener.remove());
}
