use super::{Glyph, Icon};
use leptos::prelude::*;
use std::borrow::Cow;

/// An area that takes a file: one that is dropped there, or chosen. The whole of it is the browser's own file input, so it
/// works by keyboard as that does.
#[component]
pub fn DropZone(
    id: &'static str,
    #[prop(into)] label: Cow<'static, str>,
    /// The kinds of files that are offered to choose from.
    accept: &'static str,
    on_file: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="drop-zone needs-code">
            <Glyph icon=Icon::Upload class="size-5"/>
            <span>{label}</span>
            <input id=id type="file" accept=accept on:change=move |_| on_file.run(())/>
        </label>
    }
    .into_any()
}
