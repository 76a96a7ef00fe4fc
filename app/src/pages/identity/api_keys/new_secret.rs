use crate::{
    components::{Glyph, Icon},
    runtime::{Here, t, t_with},
};
use leptos::{html::Section, prelude::*};
use model::{AccountId, NewApiKey, NewSecretText};

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
    let is_copied = RwSignal::new(false);
    let text = secret.clone();
    let copy = move |_| {
        #[cfg(feature = "hydrate")]
        crate::runtime::browser::copy(text.clone(), move || {
            is_copied.try_set(true);
        });
        #[cfg(not(feature = "hydrate"))]
        let _ = (&text, is_copied);
    };
    let codes = [
        view! { <code class="font-mono">"Authorization: Bearer"</code> }.into_any(),
        view! { <code class="font-mono">"/v1"</code> }.into_any(),
        view! { <code class="font-mono break-all">{format!("/v1/accounts/{account}")}</code> }.into_any(),
    ];
    view! {
        <section node_ref=region data-unsaved=move || (!is_copied.get()).then_some("secret") tabindex="-1" aria-label=t(NewSecretText::Label) role="status">
            <div class="notice notice-success">
                <Glyph icon=Icon::KeyRound class="size-5 text-success"/>
                <p>{t_with(NewSecretText::CopyNow, [view! { <strong>{name}</strong> }.into_any()])}</p>
            </div>
            <div class="card mt-3 flex items-center gap-2 p-3">
                <code class="grow select-all break-all font-mono">{secret}</code>
                <button type="button" class="needs-code btn btn-sm" on:click=copy><Glyph icon=Icon::Copy/>{t(NewSecretText::Copy)}</button>
            </div>
            <p class="text-muted mt-3">{t_with(NewSecretText::Usage, codes)}</p>
            <p class="mt-4"><a class="btn" href=move || here.path_with_query(&format!("api-keys/{id}")) data-noscroll="">{t(NewSecretText::ViewKey)}</a></p>
        </section>
    }
    .into_any()
}
