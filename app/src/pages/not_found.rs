use crate::{
    components::{Plain, WayOn},
    pages::link::answer_not_found,
    runtime::t,
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::NotFoundText;

#[component]
pub fn NotFound() -> impl IntoView {
    answer_not_found();
    view! {
        <Title text=|| t(NotFoundText::Title)/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(NotFoundText::Title)}</h1>
            <p class="text-muted mt-2">{t(NotFoundText::Hint)}</p>
            <p class="mt-6"><WayOn class="btn btn-primary"/></p>
        </Plain>
    }
    .into_any()
}
