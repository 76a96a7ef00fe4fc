//! Where the reader was, and the ways out of a drawer that are not its own: Back and links.

use super::path;
use crate::runtime::Leave;
use leptos::{ev, prelude::*};
use send_wrapper::SendWrapper;
use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement};

/// Asks before the drawer is left in this way, and says whether it did.
type AskFirst = Callback<Leave, bool>;

thread_local! {
    /// Where the reader is, and where they were before.
    static ADDRESSES: RefCell<(String, String)> = RefCell::default();
    /// Of the drawer that was opened last.
    static ASK_FIRST: Cell<Option<AskFirst>> = const { Cell::new(None) };
    /// The page itself goes back or follows a link: nobody is asked.
    static IS_EXIT_DECIDED: Cell<bool> = const { Cell::new(false) };
}

pub fn note_address(address: String) {
    ADDRESSES.with_borrow_mut(|(now, before)| {
        if *now != address {
            *before = std::mem::replace(now, address);
        }
    });
}

/// Whether the reader was there before they came here.
pub fn went_on_from(address: &str) -> bool {
    ADDRESSES.with_borrow(|(_, before)| before == address)
}

pub fn go_back() {
    IS_EXIT_DECIDED.set(true);
    if let Ok(history) = window().history() {
        // There is an address before this one, or nothing happens.
        let _ = history.back();
    }
}

/// As long as a drawer is there, its question comes before Back and before links that lead elsewhere.
pub fn ask_before_exit(ask: AskFirst) {
    ASK_FIRST.set(Some(ask));
}

/// Listens before the router does, which takes what comes by here.
pub(super) fn watch_exits() {
    window_event_listener(ev::popstate, |event| {
        let now = ADDRESSES.with_borrow(|(now, _)| now.clone());
        if IS_EXIT_DECIDED.take() || is_path_of(&now, &path()) {
            return;
        }
        if is_asking(Arc::new(go_back)) {
            event.stop_immediate_propagation();
            // The browser has gone back already: the drawer's address is put in front again.
            if let Ok(history) = window().history() {
                let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&now));
            }
        }
    });
    window_event_listener(ev::click, |event| {
        if let Some(link) = followed_link(&event) {
            let link = SendWrapper::new(link);
            let follow = move || {
                IS_EXIT_DECIDED.set(true);
                link.click();
                IS_EXIT_DECIDED.set(false);
            };
            if !IS_EXIT_DECIDED.get() && is_asking(Arc::new(follow)) {
                event.prevent_default();
            }
        }
    });
}

fn is_asking(leave: Leave) -> bool {
    // A drawer that is gone asks nothing.
    ASK_FIRST.get().and_then(|ask| ask.try_run(leave)).unwrap_or_default()
}

/// The link that a click follows within the program, to another page than this. Where the browser loads a page, it asks by
/// itself.
fn followed_link(event: &ev::MouseEvent) -> Option<HtmlAnchorElement> {
    let opens_another = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || opens_another || event.button() != 0 {
        return None;
    }
    let link = event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()??;
    let link = link.dyn_into::<HtmlAnchorElement>().ok()?;
    let is_within = link.target().is_empty() && !link.has_attribute("download") && link.rel() != "external";
    let is_ours = window().location().origin().is_ok_and(|origin| origin == link.origin());
    (is_within && is_ours && link.pathname() != path()).then_some(link)
}

fn is_path_of(address: &str, path: &str) -> bool {
    address.split_once('?').map_or(address, |(path, _)| path) == path
}
