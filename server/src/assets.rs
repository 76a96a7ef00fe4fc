//! The built bundle, inside the binary.

use app::{Assets, Bundle, PartFile};
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Dist;

/// Where the files of the bundle are. They carry their hash in their name.
pub fn built() -> Assets {
    let find = |start: &str, end: &str| {
        Dist::iter().find(|name| name.starts_with(start) && name.ends_with(end)).map(|name| format!("/assets/{name}"))
    };
    let script = find("frontend-", ".js").zip(find("frontend-", "_bg.wasm")).zip(find("loader-", ".js"));
    let script = script.map(|((js, wasm), loader)| Bundle { js, wasm, loader, parts: parts() });
    if script.is_none() {
        tracing::warn!("there is no bundle in this build: pages work as plain HTML only; `make run` builds one");
    }
    Assets {
        css: find("main-", ".css").unwrap_or_default(),
        font: find("inter-", ".woff2").unwrap_or_default(),
        script,
    }
}

/// The parts of the program, each in a file of its name: `people-HASH.bin`.
fn parts() -> Vec<PartFile> {
    let files = Dist::iter().filter_map(|name| {
        let (part, _) = name.strip_suffix(".bin")?.rsplit_once('-')?;
        Some(PartFile { part: part.to_owned(), path: format!("/assets/{name}") })
    });
    files.collect()
}

/// Serves a file of the bundle, for ever: another build has other names.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("br"));
    let compressed = if brotli { Dist::get(&format!("{name}.br")) } else { None };
    let encoding = compressed.is_some().then_some((header::CONTENT_ENCODING, HeaderValue::from_static("br")));
    let Some(file) = compressed.or_else(|| Dist::get(&name)) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("bin") => "application/octet-stream",
        Some("css") => "text/css; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let mut response = file.data.into_owned().into_response();
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    set.extend(encoding);
    response
}

/// The drawing in the browser's tab. Browsers ask for one at a fixed address where no page names it.
pub async fn favicon() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, include_str!("favicon.svg"))
}
