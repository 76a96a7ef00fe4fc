//! What only a browser can do.

use leptos::{html::Dialog, prelude::*};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

type Navigate = Box<dyn Fn(&str)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
}

/// Before anything is rendered: the reader's time zone, for the server.
pub fn prepare() {
    if let Some(zone) = time_zone() {
        set_cookie("time_zone", &zone);
    }
}

/// A page that came back has the address of the function that its form was posted to: it takes that of the page
/// that it is.
pub fn take_address() {
    if let (Some(page), Ok(history)) = (attribute("data-page"), window().history()) {
        // It is a path of this very server, which may stand there.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page));
    }
}

/// What the server says of the page on its outermost element.
pub fn attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}

pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// Goes where a server function leads: within the console without loading the page anew.
pub fn go(to: &str) {
    let within = [to, &path()].iter().all(|path| path.starts_with("/accounts/"));
    let gone = within && NAVIGATE.with_borrow(|navigate| navigate.as_ref().map(|navigate| navigate(to)).is_some());
    if !gone {
        // Signing in and out changes everything.
        super::signed_in::leave();
        let _ = window().location().set_href(to);
    }
}

pub fn keep_navigate(navigate: impl Fn(&str, leptos_router::NavigateOptions) + 'static) {
    let navigate: Navigate =
        Box::new(move |to| navigate(to, leptos_router::NavigateOptions { scroll: false, ..Default::default() }));
    NAVIGATE.with_borrow_mut(|kept| *kept = Some(navigate));
}

/// An answer that came with the page, as long as it counts.
pub fn answer_of(call: &str) -> Option<String> {
    document().get_element_by_id(call)?.text_content()
}

/// From here on the page fetches for itself: what came with it counts no longer. Tests wait for the mark before they click.
pub fn mark_hydrated() {
    while let Ok(Some(script)) = document().query_selector("script[type='application/json']") {
        script.remove();
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}

pub async fn sleep(duration: Duration) {
    let milliseconds = i32::try_from(duration.as_millis()).unwrap_or(i32::MAX);
    let slept = js_sys::Promise::new(&mut |resolve, _| {
        // It fails for what is no function, and this is one.
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(slept).await;
}

/// A cookie of a choice that the server has to know before it renders.
pub fn set_cookie(name: &str, value: &str) {
    let secure = if window().location().protocol().as_deref() == Ok("https:") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax{secure}");
    let _ = js_sys::Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&cookie));
}

fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::default();
    let options = format.resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}

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

fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
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

/// Adds the e-mail addresses in a chosen file to a text field.
pub fn take_addresses(file_input: &str, field: &str) {
    let element = |id: &str| document().get_element_by_id(id);
    let input = element(file_input).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let field = element(field).and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok());
    let file = input.and_then(|input| input.files()).and_then(|files| files.get(0));
    let (Some(file), Some(field)) = (file, field) else { return };
    leptos::task::spawn_local(async move {
        let text = wasm_bindgen_futures::JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        let text = text.unwrap_or_default();
        let typed = field.value();
        let addresses = model::recipients(&text).into_iter().filter(|part| part.contains('@'));
        let all: Vec<&str> =
            std::iter::once(typed.as_str()).filter(|typed| !typed.trim().is_empty()).chain(addresses).collect();
        field.set_value(&all.join("\n"));
    });
}

/// Puts a text on the clipboard, and says whether it is there.
pub fn copy(text: String) {
    let toasts = crate::components::Toasts::expect();
    let clipboard = window().navigator().clipboard();
    leptos::task::spawn_local(async move {
        // There is none where the connection is not safe.
        let is_there = !clipboard.is_undefined();
        let copied = is_there && wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok();
        toasts.say(if copied { "Copied." } else { "It could not be copied. Select it and copy it by hand." });
    });
}
