use crate::{
    components::Stopped,
    runtime::{Fetched, Read},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use model::Problem;
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

/// Says by the answer's status that there is nothing here.
pub fn answer_not_found() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}
