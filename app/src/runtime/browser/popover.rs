//! Menus, dialogs and colours.

use super::{focus::all, set_cookie};
use leptos::{html::Dialog, prelude::*};

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

/// Opens a dialog on ⌘K or Ctrl K, and says which of the two it is here.
pub fn open_on_key(dialog: NodeRef<Dialog>, keys: RwSignal<&'static str>) {
    Effect::new(move |_| {
        let is_mac = window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac"));
        if is_mac {
            keys.set("⌘K");
        }
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
