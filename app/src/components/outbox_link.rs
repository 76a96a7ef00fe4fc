use crate::{api::HasLocalOutbox, runtime::Fetched};
use leptos::prelude::*;

/// Where messages are to be found that do not go out.
#[component]
pub fn OutboxLink() -> impl IntoView {
    let here = Fetched::of(|| HasLocalOutbox {});
    move || {
        here.get().unwrap_or_default().then(|| {
            view! {
                <p class="notice mt-4" role="note">
                    <span>
                        "This installation sends no e-mail. Read the message in the "
                        <a class="link" href="/outbox" rel="external">"local outbox"</a> "."
                    </span>
                </p>
            }
        })
    }
}
