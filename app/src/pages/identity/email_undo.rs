//! The link in the letter to a former address, which restores it.

use crate::{
    api::{OpenEmailUndo as Open, UndoEmailChange as Undo},
    components::{Plain, PostForm, Submit, Time, WayOn},
    pages::{failed_link, page_of_link},
    runtime::{FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{EmailUndoText, OpenEmailUndo, UndoEmailChange};

#[component]
pub fn UndoEmailPage() -> impl IntoView {
    let opened = |open: OpenEmailUndo, secret: String| view! { <Confirm open secret/> }.into_any();
    let failed = || failed_link(EmailUndoText::LinkFailedHint, view! { <WayOn class="btn"/> });
    page_of_link(|| t(EmailUndoText::Title), |secret| Open { secret }, opened, failed)
}

#[component]
fn Confirm(open: OpenEmailUndo, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Undo>();
    let OpenEmailUndo { email, expires, page_value } = open;
    let places = [view! { <strong>{email}</strong> }.into_any(), view! { <Time moment=expires/> }.into_any()];
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(EmailUndoText::Title)}</h1>
            <p class="text-muted mb-6 mt-2">{t_with(EmailUndoText::Purpose, places)}</p>
            <PostForm posting id="undo-email" check={check::<UndoEmailChange>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <input type="hidden" name="form[page_value]" value=page_value/>
                <Submit posting label=t(EmailUndoText::Undo) class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-6">{t(EmailUndoText::NotAsked)}</p>
        </Plain>
    }
    .into_any()
}
