use leptos::{prelude::*, tachys::html::InertElement};

include!(concat!(env!("OUT_DIR"), "/icons.rs"));

/// A drawing beside a word; it says nothing by itself.
#[component]
pub fn Glyph(icon: Icon, #[prop(default = "size-4")] class: &'static str) -> impl IntoView {
    let drawing = icon.drawing();
    InertElement::new(format!(r#"<svg class="glyph {class}" viewBox="0 0 24 24" aria-hidden="true">{drawing}</svg>"#))
        .into_any()
}
