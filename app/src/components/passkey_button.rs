use super::{Failure, Glyph, Icon};
use crate::runtime::{Answer, t};
use leptos::prelude::*;
use model::{PasskeyAnswer, PasskeyOptions, Problem, UsePasskeyText};
use std::{borrow::Cow, pin::Pin};

/// What the browser is to show a passkey by, on its way.
pub type Options = Pin<Box<dyn Future<Output = Answer<PasskeyOptions>> + Send>>;

/// A button by which the browser shows a passkey. It is there once the page's code is, in a browser that can.
#[component]
pub fn PasskeyButton(
    #[prop(into)] label: Cow<'static, str>,
    #[prop(default = "btn")] class: &'static str,
    /// Asks the server what to show one by.
    ask: fn(String) -> Options,
    /// For whom: an address, as it is typed.
    #[prop(optional, into)]
    whom: Signal<String>,
    on_answer: Callback<PasskeyAnswer>,
    /// What stands before it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let is_possible = RwSignal::new(false);
    let is_pending = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let is_not_shown = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| is_possible.set(crate::runtime::browser::has_passkeys()));
    let click = move |_| {
        problem.set(None);
        is_not_shown.set(false);
        if is_pending.get_untracked() {
            return;
        }
        is_pending.set(true);
        let options = ask(whom.get_untracked());
        leptos::task::spawn_local(async move {
            let shown = match options.await {
                Ok(options) => Ok(show(options).await),
                Err(fault) => Err(fault),
            };
            // The button may have gone with its page.
            is_pending.try_set(false);
            match shown {
                Ok(Some(answer)) => on_answer.run(answer),
                Ok(None) => {
                    is_not_shown.try_set(true);
                }
                Err(fault) => {
                    problem.try_set(Some(fault));
                }
            }
        });
    };
    view! {
        <div class="flex flex-col gap-3" class:hidden=move || !is_possible.get()>
            {children.map(|children| children())}
            <button type="button" class=class on:click=click aria-disabled=move || is_pending.get().then_some("true")>
                <Glyph icon=Icon::KeyRound/>
                {label}
            </button>
            <p role="status" class="field-hint" class:hidden=move || !is_not_shown.get()>
                {move || is_not_shown.get().then(|| t(UsePasskeyText::NotShown))}
            </p>
            {move || problem.get().map(|problem| view! { <Failure problem/> })}
        </div>
    }
    .into_any()
}

#[cfg(feature = "hydrate")]
async fn show(options: PasskeyOptions) -> Option<PasskeyAnswer> {
    crate::runtime::browser::show_passkey(options).await
}

#[cfg(not(feature = "hydrate"))]
fn show(_: PasskeyOptions) -> std::future::Ready<Option<PasskeyAnswer>> {
    std::future::ready(None)
}
