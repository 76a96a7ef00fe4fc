use leptos::prelude::*;

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// A drawing beside a word; it says nothing by itself.
#[component]
pub fn Glyph(icon: Icon, #[prop(default = "size-4")] class: &'static str) -> impl IntoView {
    view! {
        <svg
            class=format!("shrink-0 {class}")
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=icon.drawing()
        ></svg>
    }
    .into_any()
}
