use crate::runtime::{Here, t};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use model::{AccessFilter, DownloadText, Permission};

/// Saves what is filtered as a file. Without the page's code the browser does it alone.
#[component]
pub fn Download(filter: Memo<AccessFilter>) -> impl IntoView {
    let here = Here::expect();
    let query = use_query_map();
    let progress = RwSignal::new(None::<DownloadText>);
    let href = move |file: &str| {
        filter.track();
        let mut query = query.get();
        query.remove("at");
        here.path(&format!("download/{file}{}", query.to_query_string()))
    };
    let choice = move |file: &'static str, label: DownloadText| {
        let save = move |event: leptos::ev::MouseEvent| {
            #[cfg(feature = "hydrate")]
            crate::runtime::browser::save(&event, href(file), file, progress);
            #[cfg(not(feature = "hydrate"))]
            let _ = event;
        };
        view! { <a class="menu-entry" href=move || href(file) download=file rel="external" on:click=save>{t(label)}</a> }
    };
    view! {
        <p class="text-muted self-center text-xs tabular-nums" role="status">{move || progress.get().map(t)}</p>
        <button type="button" class="btn" class:hidden=move || !here.may(Permission::AccessLogExport).get() popovertarget="download-menu">
            {t(DownloadText::Download)}
        </button>
        <div id="download-menu" class="menu-pop" popover="auto">
            {choice("access-log.csv", DownloadText::Csv)}
            {choice("access-log.jsonl", DownloadText::JsonLines)}
        </div>
    }
    .into_any()
}
