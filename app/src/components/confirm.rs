use crate::runtime::FormAction;
use leptos::{html::Dialog, prelude::*};

/// A button that asks before it acts. The dialog is the browser's own: it keeps the focus inside and
/// gives it back.
#[component]
pub fn Confirm(
    id: &'static str,
    /// On the button that asks.
    #[prop(into)]
    ask: String,
    #[prop(default = "btn btn-ghost btn-sm text-error")] class: &'static str,
    title: Signal<String>,
    /// What follows, in a sentence.
    consequence: Signal<String>,
    /// The form's way: when it went well, the dialog closes. For forms whose page stays as it is.
    #[prop(optional)]
    closes_after: Option<FormAction>,
    /// The form that does it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let (Some(dialog), true) = (dialog.get(), closes_after.is_some_and(FormAction::succeeded)) {
            dialog.close();
        }
    });
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <button type="button" class=class commandfor=id command="show-modal">{ask}</button>
        <dialog node_ref=dialog id=id class="modal" aria-labelledby=labelled_by>
            <div class="modal-box max-w-md">
                <h2 id=title_id class="text-base font-semibold">{title}</h2>
                <p class="text-muted mt-2">{consequence}</p>
                <div class="modal-action">
                    <button type="button" class="btn btn-sm" commandfor=id command="close">"Keep"</button>
                    {children()}
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
