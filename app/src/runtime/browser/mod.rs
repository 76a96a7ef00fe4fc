//! What only a browser can do.

mod download;
mod files;
mod focus;
mod history;
mod lazy;
mod passkey;
mod popover;
mod unsaved;

pub use download::*;
pub use files::*;
pub use focus::*;
pub use history::*;
pub use lazy::*;
pub use passkey::*;
pub use popover::*;
pub use unsaved::*;

use leptos::prelude::*;
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::JsValue;

type Navigate = Box<dyn Fn(&str)>;

thread_local! {
    static NAVIGATE: RefCell<Option<Navigate>> = const { RefCell::new(None) };
}

/// Before anything is rendered: what this browser lacks, and what comes before the router. The server is told the
/// reader's time zone once the page has been taken over, since to learn it takes a slow phone 60 ms.
pub fn prepare() {
    watch_exits();
    stand_in_for_commands();
    set_timeout(tell_time_zone, Duration::ZERO);
}

/// A page that came back has the address of the function that its form was posted to: it takes that of the page
/// that it is.
pub fn take_address() {
    if let (Some(page), Ok(history)) = (attribute("data-page"), window().history()) {
        // It is a path of this very server, which may stand there.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&page));
    }
}

pub async fn wait(duration: Duration) {
    let (done, over) = futures::channel::oneshot::channel();
    // Whoever waited may be gone.
    let sent = move || {
        let _ = done.send(());
    };
    set_timeout(sent, duration);
    let _ = over.await;
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
    // From a drawer to its list, whose filters stand in the address.
    let kept = if path().starts_with(&format!("{to}/")) {
        window().location().search().unwrap_or_default()
    } else {
        String::new()
    };
    let to = &format!("{to}{kept}");
    let within = [to, &path()].iter().all(|path| path.starts_with("/accounts/"));
    let gone = within && NAVIGATE.with_borrow(|navigate| navigate.as_ref().map(|navigate| navigate(to)).is_some());
    if !gone {
        // Signing in and out changes everything.
        super::live::signed_in::leave();
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
    if super::is_lazily_hydrating() {
        return kept_answer(call);
    }
    document().get_element_by_id(call)?.text_content()
}

/// From here on the page fetches for itself: what came with it counts no longer, but for sections that are taken over
/// later. Tests wait for the mark before they click.
pub fn mark_hydrated() {
    let is_kept = has_lazy_sections();
    while let Ok(Some(script)) = document().query_selector("script[type='application/json']") {
        if let Some(json) = script.text_content().filter(|_| is_kept) {
            keep_answer(script.id(), json);
        }
        script.remove();
    }
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-hydrated", "");
    }
}

/// The names of the checkboxes that are checked, of those that begin so; `None` where there are none in the page yet.
pub fn checked_names(begins: &str) -> Option<Vec<String>> {
    let root = document().document_element()?;
    let all = all(&root, &format!("input[type=checkbox][name^='{begins}']"));
    let is_checked = |input: &&web_sys::HtmlElement| input.matches(":checked").unwrap_or_default();
    let names = all.iter().filter(is_checked).filter_map(|input| input.get_attribute("name")).collect();
    (!all.is_empty()).then_some(names)
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

fn tell_time_zone() {
    if let Some(zone) = time_zone() {
        set_cookie("time_zone", &zone);
    }
}

fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::default();
    let options = format.resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}
