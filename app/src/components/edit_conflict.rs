use super::{FieldBinding, FormState};
use crate::runtime::{FormAction, Progress, posted, t};
use leptos::{
    html::Div,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{Element, HtmlFormElement},
};
use leptos_router::hooks::use_location;
use model::{ConflictText, Timestamp};
use serde::Deserialize;
use std::borrow::Cow;

/// What a form says of its version.
#[derive(Deserialize)]
struct Sent {
    version: Option<Timestamp>,
}

/// A field that two people filled in.
#[derive(Clone)]
pub struct FieldConflict {
    pub label: Cow<'static, str>,
    pub theirs: String,
    pub yours: String,
}

/// Within the form of something that others change too: its version, and once somebody else saved it, what they
/// changed, to be saved over or taken over.
#[component]
pub fn EditConflict(
    posting: FormAction,
    /// Of what the form was made from.
    shown: Timestamp,
    /// As it is now, of a fetch that goes this way.
    now: Signal<Option<Timestamp>>,
    progress: Progress,
    fields: Signal<Vec<FieldConflict>>,
    /// Makes the form anew, from what there is now.
    use_theirs: Callback<()>,
) -> impl IntoView {
    let FieldBinding { posted: name, value, .. } = expect_context::<FormState>().named("version", shown.0.to_string());
    let version = move || {
        let newer = if posting.is_outdated() { now.get().map(|now| now.0.to_string()) } else { None };
        newer.unwrap_or_else(|| value.clone())
    };
    Effect::new(move |_| {
        if posting.is_outdated() {
            progress.again.notify();
        }
    });
    // The page may still be asking for what there is now.
    let sent = Memo::new(move |_| posting.sent.with(|sent| posted::<Sent>(sent)).and_then(|sent| sent.version));
    let is_compared = move || posting.is_outdated() && now.get() != sent.get();
    let path = use_location().pathname;
    let take = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let form = event.target().and_then(|link| link.dyn_into::<Element>().ok()?.closest("form").ok()?);
        use_theirs.run(());
        // Once the fields are made anew: in those that were typed into, the text stays beside their new value.
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            request_animation_frame(move || form.reset());
        }
    };
    // The button that was pressed is gone.
    let compared = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(compared) = compared.get() {
            let _ = compared.focus();
        }
    });
    let panel = move || {
        is_compared().then(|| {
            view! {
                <div node_ref=compared tabindex="-1" class="card" data-unsaved="">
                    <table class="table table-fixed">
                        <caption class="px-4 pt-3 text-start font-medium">{t(ConflictText::Compare)}</caption>
                        <thead><tr><th>{t(ConflictText::Field)}</th><th>{t(ConflictText::Theirs)}</th><th>{t(ConflictText::Yours)}</th></tr></thead>
                        <tbody>{move || fields.get().into_iter().map(row).collect_view()}</tbody>
                    </table>
                    <div class="flex flex-wrap gap-2 p-4">
                        <button type="submit" class="btn btn-primary btn-sm">{t(ConflictText::KeepMine)}</button>
                        <a class="btn btn-sm" href=move || path.get() on:click=take>{t(ConflictText::UseTheirs)}</a>
                    </div>
                </div>
            }
        })
    };
    view! {
        <input type="hidden" name=name value=version/>
        {panel}
    }
    .into_any()
}

fn row(FieldConflict { label, theirs, yours }: FieldConflict) -> AnyView {
    let cell = |text: String| {
        if text.is_empty() {
            view! { <td class="text-muted">{t(ConflictText::Empty)}</td> }.into_any()
        } else {
            view! { <td class="wrap-anywhere whitespace-pre-wrap">{text}</td> }.into_any()
        }
    };
    view! { <tr><th scope="row">{label}</th>{cell(theirs)}{cell(yours)}</tr> }.into_any()
}

/// Those fields of a form that differ: of each its label, theirs and yours.
pub fn differences<const N: usize>(fields: [(Cow<'static, str>, String, String); N]) -> Vec<FieldConflict> {
    let differ = |(label, theirs, yours): (Cow<'static, str>, String, String)| {
        (theirs != yours).then_some(FieldConflict { label, theirs, yours })
    };
    fields.into_iter().filter_map(differ).collect()
}
