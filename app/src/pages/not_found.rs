use crate::{components::Plain, pages::link::answer_not_found};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NotFound() -> impl IntoView {
    answer_not_found();
    view! {
        <Title text="Nothing here"/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">"Nothing here"</h1>
            <p class="text-muted mt-2">"This page does not exist, or is not open to you."</p>
            <p class="mt-6"><a class="btn btn-primary" href="/" rel="external">"Go to my accounts"</a></p>
        </Plain>
    }
    .into_any()
}
