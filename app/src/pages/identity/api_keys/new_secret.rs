use crate::{
    components::{Glyph, Icon},
    runtime::Here,
};
use leptos::{html::Section, prelude::*};
use model::{AccountId, NewApiKey};

/// A key's secret, shown this one time.
#[component]
pub fn NewSecret(key: NewApiKey, account: AccountId) -> impl IntoView {
    let here = Here::expect();
    let NewApiKey { id, name, secret } = key;
    // What asked for it may be far below, or gone: the eyes and the reader's voice go where the key is.
    let region = NodeRef::<Section>::new();
    Effect::new(move |_| {
        if let Some(region) = region.get() {
            let _ = region.focus();
        }
    });
    let copied = secret.clone();
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::copy(copied.clone());
        #[cfg(not(feature = "hydrate"))]
        let _ = &copied;
    };
    view! {
        <section node_ref=region tabindex="-1" aria-label="The key" role="status">
            <div class="notice notice-success">
                <Glyph icon=Icon::KeyRound class="size-5 text-success"/>
                <p>"Copy the key of " <strong>{name}</strong> " now: it is shown this one time and kept nowhere."</p>
            </div>
            <div class="card mt-3 flex items-center gap-2 p-3">
                <code class="grow select-all break-all font-mono">{secret}</code>
                <button type="button" class="needs-code btn btn-sm" on:click=copy><Glyph icon=Icon::Copy/>"Copy"</button>
            </div>
            <p class="text-muted mt-3">
                "The program sends it with every request, as the header "
                <code class="font-mono">"Authorization: Bearer"</code> " and the key. What there is to call stands at "
                <code class="font-mono">"/v1"</code> "; its account is "
                <code class="font-mono break-all">{format!("/v1/accounts/{account}")}</code> "."
            </p>
            <p class="mt-4"><a class="btn" href=move || here.path(&format!("api-keys/{id}"))>"What the key may do"</a></p>
        </section>
    }
    .into_any()
}
