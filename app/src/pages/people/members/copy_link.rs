use super::pending::Ids;
use crate::{
    api::CopyInvitationLink,
    components::{Glyph, Icon, PostForm, Submit},
    runtime::{FormAction, t},
};
use leptos::{html::Dialog, prelude::*};
use model::{ButtonText, InvitationId, PendingText};
use std::borrow::Cow;

/// The dialog that gives a new link to an invitation. It is the list's, not a row's: a new link changes the row.
#[derive(Clone, Copy)]
pub struct LinkDialog {
    /// The invitation, and its address.
    about: RwSignal<Option<(InvitationId, String)>>,
    dialog: NodeRef<Dialog>,
    posting: FormAction,
}

impl LinkDialog {
    pub fn provide() -> Self {
        let posting = FormAction::to::<CopyInvitationLink>();
        let link = Self { about: RwSignal::new(None), dialog: NodeRef::new(), posting };
        provide_context(link);
        link
    }

    pub fn open(self, invitation: InvitationId, email: String) {
        self.posting.answer.set(None);
        self.posting.problem.set(None);
        self.about.set(Some((invitation, email)));
        if let Some(dialog) = self.dialog.get_untracked() {
            // It is in the document and closed: nothing to fail.
            let _ = dialog.show_modal();
        }
    }
}

#[component]
pub fn CopyLink(link: LinkDialog) -> impl IntoView {
    let LinkDialog { about, dialog, posting } = link;
    let new = Memo::new(move |_| posting.answer::<String>());
    Effect::new(move |_| {
        if let Some(new) = new.get() {
            copy(new);
        }
    });
    let email = move || about.with(|about| about.as_ref().map(|(_, email)| email.clone()).unwrap_or_default());
    let body = move || match (new.get(), about.with(|about| about.as_ref().map(|(id, _)| *id))) {
        (Some(new), _) => view! { <NewLink new/> }.into_any(),
        (None, Some(id)) => {
            view! { <Ask id posting consequence=t(PendingText::CopyConsequence { email: email() })/> }.into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <dialog node_ref=dialog id="copy-link" class="modal" aria-labelledby="copy-link-title">
            <div class="modal-box max-w-md">
                <h2 id="copy-link-title" class="wrap-anywhere text-base font-semibold">{move || t(PendingText::CopyTitle { email: email() })}</h2>
                {body}
            </div>
        </dialog>
    }
    .into_any()
}

#[component]
fn Ask(id: InvitationId, posting: FormAction, consequence: Cow<'static, str>) -> impl IntoView {
    view! {
        <p class="text-muted mb-4 mt-2">{consequence}</p>
        <PostForm posting id="copy-link-form" class="flex flex-col gap-4">
            <Ids id/>
            <div class="modal-action mt-0">
                <button type="button" class="btn btn-sm" commandfor="copy-link" command="close">{t(ButtonText::Cancel)}</button>
                <Submit posting label=t(PendingText::CreateLink) class="btn btn-primary btn-sm"/>
            </div>
        </PostForm>
    }
    .into_any()
}

#[component]
fn NewLink(new: String) -> impl IntoView {
    let again = new.clone();
    view! {
        <label class="field mt-4">
            <span class="field-label">{t(PendingText::NewLink)}</span>
            <input class="input w-full font-mono" type="text" readonly value=new autofocus/>
        </label>
        <div class="modal-action">
            <button type="button" class="btn btn-sm" on:click=move |_| copy(again.clone())><Glyph icon=Icon::Copy/>{t(PendingText::Copy)}</button>
            <button type="button" class="btn btn-primary btn-sm" commandfor="copy-link" command="close">{t(ButtonText::Close)}</button>
        </div>
    }
    .into_any()
}

/// Puts it on the clipboard, and says whether it is there.
fn copy(link: String) {
    #[cfg(feature = "hydrate")]
    crate::runtime::browser::copy(link, || ());
    #[cfg(not(feature = "hydrate"))]
    drop(link);
}
