//! Passkeys, by the Web Authentication API. It speaks JSON with the page; browsers that do not yet are taken as without.

use leptos::prelude::window;
use model::{PasskeyAnswer, PasskeyOptions};
use std::net::Ipv4Addr;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, JSON, Object, Promise, Reflect};

/// What is done with a passkey: the call, and what makes its options from JSON.
struct Ceremony {
    call: &'static str,
    parse: &'static str,
}

const MAKE: Ceremony = Ceremony { call: "create", parse: "parseCreationOptionsFromJSON" };
const SHOW: Ceremony = Ceremony { call: "get", parse: "parseRequestOptionsFromJSON" };

/// Whether this browser can make passkeys and show them here: they belong to a name, and an IP address is none.
pub fn has_passkeys() -> bool {
    let host = window().location().hostname().unwrap_or_default();
    let has_name = !host.starts_with('[') && host.parse::<Ipv4Addr>().is_err();
    has_name && [MAKE.parse, SHOW.parse].iter().all(|parse| class().and_then(|class| get(&class, parse)).is_some())
}

/// Has the browser make a passkey; `None` when its user did not, or could not.
pub async fn make_passkey(options: PasskeyOptions) -> Option<PasskeyAnswer> {
    perform(MAKE, options).await
}

/// Has the browser show a passkey; `None` when its user did not, or has none.
pub async fn show_passkey(options: PasskeyOptions) -> Option<PasskeyAnswer> {
    perform(SHOW, options).await
}

async fn perform(Ceremony { call, parse }: Ceremony, PasskeyOptions(options): PasskeyOptions) -> Option<PasskeyAnswer> {
    let class = class()?;
    let public_key = invoke(&class, parse, &JSON::parse(&options).ok()?)?;
    let asked = Object::new();
    Reflect::set(&asked, &"publicKey".into(), &public_key).ok()?;
    let credentials = get(window().navigator().as_ref(), "credentials")?;
    let answer: Promise = invoke(&credentials, call, &asked)?.dyn_into().ok()?;
    let answer = JsFuture::from(answer).await.ok()?;
    // Which it does by the credential's own `toJSON`.
    JSON::stringify(&answer).ok()?.as_string().map(PasskeyAnswer)
}

fn class() -> Option<JsValue> {
    get(window().as_ref(), "PublicKeyCredential")
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

fn invoke(object: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method: Function = get(object, method)?.dyn_into().ok()?;
    method.call1(object, argument).ok()
}
