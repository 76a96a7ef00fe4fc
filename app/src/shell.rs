//! The HTML around every page.

use crate::{
    App,
    runtime::{PostedBack, locale, page_user},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

/// The built bundle: where its files are, under names that carry their hash.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    pub css: String,
    pub font: String,
    /// `None` when there is no bundle: pages work as plain HTML.
    pub script: Option<Bundle>,
}

#[derive(Clone, Debug, Default)]
pub struct Bundle {
    pub js: String,
    pub wasm: String,
    /// Imports what a page's part is made of.
    pub loader: String,
    /// What each part needs besides the main program.
    pub parts: Vec<PartFile>,
}

#[derive(Clone, Debug)]
pub struct PartFile {
    pub part: String,
    pub path: String,
}

impl Bundle {
    /// What the page that is asked for needs besides.
    fn part_files(&self) -> impl Iterator<Item = String> {
        let request = use_context::<http::request::Parts>();
        let parts = request.map_or_else(Vec::new, |request| crate::router::pages_by_part::parts_of(request.uri.path()));
        self.parts.iter().filter(move |file| parts.contains(&&*file.part)).map(|file| file.path.clone())
    }
}

/// The reader's choice of colours: `None` follows their system.
fn theme() -> Option<&'static str> {
    let choice = crate::request::cookie_of_request("theme")?;
    ["light", "dark"].into_iter().find(|theme| *theme == choice)
}

/// Sent with every page. The nonce is this response's own.
fn protect(nonce: &str) {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    if let (Some(response), Ok(policy)) = (use_context::<leptos_axum::ResponseOptions>(), policy.parse()) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// Loads the page's code once the page itself is there and painted: on a slow line it would keep the style and the font
/// waiting. A page that is not looked at is never painted. What the code needs is asked for at once, not one file after the other.
fn start(bundle: &Bundle) -> String {
    let Bundle { js, wasm, loader, .. } = bundle;
    let programs: Vec<String> = std::iter::once(wasm.clone()).chain(bundle.part_files()).collect();
    let programs = programs.join("','");
    format!(
        "const start = () => {{
            for (const href of ['{programs}']) {{
                const link = {{ rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }};
                document.head.append(Object.assign(document.createElement('link'), link));
            }}
            import('{loader}');
            import('{js}').then(({{ default: init }}) => init({{ module_or_path: '{wasm}' }}));
        }};
        const painted = new Promise((done) => new PerformanceObserver(done).observe({{ type: 'paint', buffered: true }}));
        const loaded = () => Promise.race([painted, new Promise((done) => setTimeout(done, 300))]).then(start, start);
        if (document.readyState === 'complete') loaded(); else addEventListener('load', loaded, {{ once: true }});"
    )
}

pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    protect(&nonce);
    let Assets { css, font, script } = assets.clone();
    let answers = use_context::<crate::runtime::Prefetch>().map(|prefetch| prefetch.scripts(&nonce));
    let head = script.map(|bundle| {
        let start = start(&bundle);
        view! {
            <script nonce=nonce.clone() inner_html=include_str!("early.js")></script>
            <script r#type="module" nonce=nonce inner_html=start></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=locale().tag() data-theme=theme() data-user=page_user() data-page=PostedBack::of_page().map(|returned| returned.page)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="preload" href=font r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=css/>
                {head}
                <MetaTags/>
                {answers}
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
