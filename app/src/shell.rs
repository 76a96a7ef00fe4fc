//! The HTML around every page.

use crate::{
    App,
    runtime::{PostedBack, page_user},
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
    /// The files of the parts, each with the names of those that need it.
    pub parts: Vec<PartFile>,
}

#[derive(Clone, Debug)]
pub struct PartFile {
    pub path: String,
    pub of: Vec<String>,
}

impl Bundle {
    /// What the page that is asked for needs besides.
    fn part_files(&self) -> impl Iterator<Item = String> {
        let part = use_context::<http::request::Parts>().and_then(|request| crate::parts::part_of(request.uri.path()));
        self.parts
            .iter()
            .filter(move |file| file.of.iter().any(|of| Some(of.as_str()) == part))
            .map(|file| file.path.clone())
    }
}

/// The reader's choice of colours: `None` follows their system.
fn theme() -> Option<&'static str> {
    let parts = use_context::<http::request::Parts>()?;
    let cookies = parts.headers.get(http::header::COOKIE)?.to_str().ok()?;
    let choice = cookies.split(';').find_map(|cookie| cookie.trim().strip_prefix("theme="))?;
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

pub fn shell(assets: &Assets) -> impl IntoView + use<> {
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    protect(&nonce);
    let Assets { css, font, script } = assets.clone();
    let answers = use_context::<crate::runtime::Prefetch>().map(|prefetch| prefetch.scripts(&nonce));
    let head = script.map(|bundle| {
        let programs = std::iter::once(bundle.wasm.clone()).chain(bundle.part_files()).map(|path| {
            view! { <link rel="preload" href=path r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }
        });
        let programs = programs.collect_view();
        let Bundle { js, wasm, loader, .. } = bundle;
        let start = format!("import init from '{js}'; init({{ module_or_path: '{wasm}' }});");
        view! {
            <link rel="modulepreload" href=js nonce=nonce.clone()/>
            <link rel="modulepreload" href=loader nonce=nonce.clone()/>
            {programs}
            <script r#type="module" nonce=nonce inner_html=start></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme() data-user=page_user() data-page=PostedBack::of_request().map(|returned| returned.page)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%23087272'/%3E%3Ccircle cx='14.5' cy='9.5' r='3.5' fill='none' stroke='%23fff' stroke-width='2'/%3E%3Cpath d='M12 12l-6 6M8 16l2 2' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3C/svg%3E"/>
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
