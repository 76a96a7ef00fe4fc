use crate::{
    components::{OutboxLink, Plain, Stopped},
    runtime::{Fetched, Read, t},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use model::{LinkText, Problem, Text};
use serde::{Serialize, de::DeserializeOwned};

/// A page that the link of a letter leads to: what the secret in its address opens, or that it opens nothing.
pub fn page_of_link<C, T>(
    title: impl Into<TextProp>,
    call: fn(String) -> C,
    opened: fn(T, String) -> AnyView,
    unknown: fn() -> AnyView,
) -> AnyView
where
    C: ServerFn<Output = T, Error = Problem> + Read + Clone + Serialize + Send + Sync + 'static,
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let title = title.into();
    let params = use_params_map();
    let secret = move || params.with(|params| params.get("secret").unwrap_or_default());
    let fetched = Fetched::of(move || call(secret()));
    view! {
        <Title text=title/>
        // The address holds the secret: no other site is told it.
        <Meta name="referrer" content="same-origin"/>
        {move || match (fetched.get(), fetched.problem()) {
            (Some(open), _) => opened(open, secret()),
            (None, Some(Problem::NotFound)) => {
                answer_not_found();
                unknown()
            }
            (None, Some(problem)) => view! { <Stopped problem/> }.into_any(),
            (None, None) => ().into_any(),
        }}
    }
    .into_any()
}

/// A link that opens nothing: why, and where to go on.
pub fn failed_link(hint: impl Text, next: impl IntoView + 'static) -> AnyView {
    let hint = t(hint);
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(LinkText::Failed)}</h1>
            <p class="text-muted mt-2">{hint}</p>
            <p class="mt-6 flex gap-2">{next}</p>
        </Plain>
    }
    .into_any()
}

/// A letter is on its way to an address that was typed; what is said is the same for every address.
pub fn letter_sent(title: &'static (dyn Text + Sync), sentence: impl Text, no_message: AnyView) -> AnyView {
    let sentence = t(sentence);
    view! {
        <Title text=move || t(title)/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(title)}</h1>
            <p class="text-muted mt-2">{sentence}</p>
            <OutboxLink/>
            <p class="text-muted mt-6">{no_message}</p>
        </Plain>
    }
    .into_any()
}

/// Says by the answer's status that there is nothing here.
pub fn answer_not_found() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}
