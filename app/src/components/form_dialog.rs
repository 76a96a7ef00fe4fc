use crate::runtime::{FormAction, PostedBack, t};
use leptos::prelude::*;
use model::ButtonText;
use std::borrow::Cow;

/// A button that opens a form in a dialog, which is the browser's own. Where a form came back that was posted without
/// the page's code, it is open.
#[component]
pub fn FormDialog(
    id: &'static str,
    /// On the button.
    #[prop(into)]
    ask: Cow<'static, str>,
    class: &'static str,
    #[prop(into)] title: Cow<'static, str>,
    /// The form's way.
    posting: FormAction,
    children: Children,
) -> impl IntoView {
    let came_back =
        PostedBack::of_page().is_some_and(|returned| returned.path == posting.path && returned.outcome.is_err());
    let title_id = format!("{id}-title");
    let labelled_by = title_id.clone();
    view! {
        <button type="button" class=class commandfor=id command="show-modal">{ask}</button>
        <dialog id=id class="modal" open=came_back aria-labelledby=labelled_by>
            <div class="modal-box max-w-md">
                <h2 id=title_id class="mb-2 text-base font-semibold">{title}</h2>
                {children()}
            </div>
        </dialog>
    }
    .into_any()
}

/// The end of a form in a dialog: back, or on.
#[component]
pub fn DialogActions(dialog: &'static str, children: Children) -> impl IntoView {
    view! {
        <div class="modal-action mt-2">
            <button type="button" class="btn btn-sm" commandfor=dialog command="close">{t(ButtonText::Cancel)}</button>
            {children()}
        </div>
    }
    .into_any()
}
