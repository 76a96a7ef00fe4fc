use crate::runtime::{FormAction, t};
use leptos::{ev, html::Dialog, prelude::*};
use model::ButtonText;
use std::borrow::Cow;

/// A button that asks before it acts. The dialog is the browser's own: it keeps the focus inside and
/// gives it back.
#[component]
pub fn Confirm(
    id: &'static str,
    /// On the button that asks.
    #[prop(into)]
    ask: Cow<'static, str>,
    #[prop(default = "btn btn-ghost btn-sm text-error")] class: &'static str,
    #[prop(into)] title: TextProp,
    /// What follows, in a sentence.
    #[prop(into)]
    consequence: TextProp,
    /// The form's way: when it went well, the dialog closes. For forms whose page stays as it is.
    #[prop(optional)]
    closes_after: Option<FormAction>,
    /// What asks in its place once the page's code is there.
    #[prop(optional)]
    ask_instead: Option<Callback<()>>,
    /// The form that does it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), closes_after.is_some_and(FormAction::succeeded)) {
            dialog.close();
        }
    });
    let on_click = move |event: ev::MouseEvent| {
        if let Some(ask) = ask_instead {
            event.prevent_default();
            ask.run(());
        }
    };
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <button type="button" class=class commandfor=id command="show-modal" on:click=on_click>{ask}</button>
        <dialog node_ref=dialog id=id class="modal" aria-labelledby=labelled_by>
            <div class="modal-box max-w-md">
                <h2 id=title_id class="text-base font-semibold">{move || title.get()}</h2>
                <p class="text-muted mt-2">{move || consequence.get()}</p>
                <div class="modal-action">
                    <button type="button" class="btn btn-sm" commandfor=id command="close">{t(ButtonText::Cancel)}</button>
                    {children()}
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
