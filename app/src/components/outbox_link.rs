use crate::{
    api::HasLocalOutbox,
    runtime::{Fetched, t, t_with},
};
use leptos::prelude::*;
use model::OutboxNotice;

/// Where messages are to be found that do not go out.
#[component]
pub fn OutboxLink(#[prop(default = OutboxNotice::Sentence)] sentence: OutboxNotice) -> impl IntoView {
    let here = Fetched::of(|| HasLocalOutbox {});
    move || {
        here.get().unwrap_or_default().then(|| {
            let link = view! { <a class="link" href="/outbox" rel="external">{t(OutboxNotice::Link)}</a> };
            view! {
                <p class="notice mt-4" role="note">
                    <span>{t_with(sentence, [link.into_any()])}</span>
                </p>
            }
        })
    }
}
