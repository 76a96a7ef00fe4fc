//! Files that are saved from an answer, with how far they are.

use super::hide_popovers;
use crate::runtime::t;
use gloo_net::http::{Request, Response};
use js_sys::{Array, Uint8Array};
use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use model::{DownloadText, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, ReadableStreamDefaultReader, Url};

/// Fetches a file that has a line for each row, and saves it once it is whole. A click with which the browser would do
/// something else is left to it.
pub fn save(event: &MouseEvent, url: String, file: &'static str, progress: RwSignal<Option<DownloadText>>) {
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return;
    }
    event.prevent_default();
    hide_popovers();
    let toasts = crate::runtime::Toasts::expect();
    spawn_local(async move {
        progress.set(Some(DownloadText::Preparing));
        let saved = fetch(&url, file, progress).await;
        progress.try_set(None);
        toasts.say(match saved {
            Ok(rows) => t(DownloadText::Saved { rows }),
            Err(problem) => t(&problem),
        });
    });
}

async fn fetch(url: &str, file: &str, progress: RwSignal<Option<DownloadText>>) -> Result<u64, Problem> {
    let response = Request::get(url).header("Accept", "application/json").send().await;
    let response = response.map_err(|_| Problem::Offline)?;
    if !response.ok() {
        let json = response.text().await.map_err(|_| Problem::Offline)?;
        return Err(serde_json::from_str(&json).unwrap_or(Problem::Offline));
    }
    let of = response.headers().get("x-records").and_then(|rows| rows.parse().ok()).unwrap_or(0);
    let parts = read(&response, |rows| {
        progress.try_set(Some(DownloadText::Progress { rows, of }));
    });
    offer(&parts.await.map_err(|_| Problem::Offline)?, file).map_err(|_| Problem::Offline)?;
    Ok(of)
}

/// Reads an answer to its end, and says after each part how many lines there were.
async fn read(response: &Response, came: impl Fn(u64)) -> Result<Array, JsValue> {
    let parts = Array::new();
    let Some(body) = response.body() else { return Ok(parts) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut lines = 0;
    loop {
        let part = JsFuture::from(reader.read()).await?;
        if js_sys::Reflect::get(&part, &"done".into())?.is_truthy() {
            return Ok(parts);
        }
        let bytes: Uint8Array = js_sys::Reflect::get(&part, &"value".into())?.unchecked_into();
        let text = bytes.to_vec();
        lines += text.split(|byte| *byte == b'\n').skip(1).count() as u64;
        parts.push(&bytes);
        came(lines);
    }
}

/// Hands the parts to the browser as a file.
fn offer(parts: &Array, file: &str) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(file);
    link.click();
    Url::revoke_object_url(&url)
}
