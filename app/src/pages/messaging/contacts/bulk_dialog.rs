//! The question before something is done to many contacts.

use super::bulk::{Asked, Selection};
use crate::{
    api::change_contacts,
    components::Failure,
    runtime::{Here, Toasts, t},
};
use leptos::{ev, html::Dialog, prelude::*, task::spawn_local};
use model::{ButtonText, ContactAct, ContactText, ContactsBulkText, Form, Problem};

/// Asks with how many before anything is done, and for the tags; afterwards says what was done.
#[component]
pub fn BulkDialog() -> impl IntoView {
    let chosen: Selection = expect_context();
    let dialog = NodeRef::<Dialog>::new();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), chosen.asking.with(Option::is_some))
            && !dialog.open()
        {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    });
    let close = Callback::new(move |()| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    view! {
        <dialog node_ref=dialog class="modal" aria-labelledby="contacts-question" on:close=move |_: ev::Event| chosen.asking.set(None)>
            <div class="modal-box max-w-md">
                {move || chosen.asking.get().map(|asked| view! { <Question asked close/> })}
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Question(asked: Asked, close: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let (toasts, chosen): (_, Selection) = (Toasts::expect(), expect_context());
    let Asked { selection, contacts, act } = asked;
    let (pending, fault) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let tags = RwSignal::new(String::new());
    let question = t(ContactsBulkText::Question { act: act.clone(), contacts });
    let (label, is_delete) = (t(&act), act == ContactAct::Delete);
    let go = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (selection, act) = (selection.clone(), with_tags(&act, tags.get_untracked()));
        if let Err(errors) = act.clone().validated() {
            return fault.set(Some(errors.into()));
        }
        fault.set(None);
        pending.set(true);
        let account = here.account.get_untracked();
        spawn_local(async move {
            match change_contacts(account, selection, act.clone()).await {
                Ok(changed) => {
                    chosen.clear();
                    toasts.say(t(ContactsBulkText::Done { act, changed }));
                    close.try_run(());
                }
                Err(problem) => {
                    pending.try_set(false);
                    fault.try_set(Some(problem));
                }
            }
        });
    };
    let of_tags = move || fault.with(|fault| fault.as_ref()?.fields()?.get("tags").map(t));
    let is_wrong = move || of_tags().is_some();
    // What is wrong takes the place of the hint.
    let described = move || if is_wrong() { "bulk-tags-error" } else { "bulk-tags-hint" };
    let whole = move || {
        let problem = fault.get().filter(|problem| problem.fields().is_none());
        problem.map(|problem| view! { <div class="mt-3"><Failure problem/></div> })
    };
    let body = if is_delete {
        view! { <p class="text-muted mt-2">{t(ContactsBulkText::DeleteConsequence)}</p> }.into_any()
    } else {
        view! {
            <div class="field mt-3">
                <label class="field-label" for="bulk-tags">{t(ContactText::Tags)}</label>
                <input id="bulk-tags" class="input w-full" autocomplete="off" required aria-describedby=described
                    aria-invalid=move || is_wrong().then_some("true") on:input:target=move |event| tags.set(event.target().value())/>
                <p id="bulk-tags-error" class="field-error" class:hidden=move || !is_wrong()>{of_tags}</p>
                <p id="bulk-tags-hint" class="field-hint" class:hidden=is_wrong>{t(ContactText::TagsHint)}</p>
            </div>
        }
        .into_any()
    };
    view! {
        <form on:submit=go novalidate>
            <h2 id="contacts-question" class="text-base font-semibold">{question}</h2>
            {body}
            {whole}
            <div class="modal-action">
                <button type="button" class="btn btn-sm" on:click=move |_| close.run(())>{t(ButtonText::Cancel)}</button>
                <button type="submit" class="btn btn-sm" class:btn-error=is_delete class:btn-primary=!is_delete disabled=pending>{label}</button>
            </div>
        </form>
    }
    .into_any()
}

fn with_tags(act: &ContactAct, tags: String) -> ContactAct {
    match act {
        ContactAct::Tag(_) => ContactAct::Tag(tags),
        ContactAct::Untag(_) => ContactAct::Untag(tags),
        ContactAct::Delete => ContactAct::Delete,
    }
}
