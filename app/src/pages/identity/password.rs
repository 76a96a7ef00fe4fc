//! One's own password.

use crate::{
    api::ChangeOwnPassword,
    components::{Done, Field, OtherPassword, OwnUsername, PostForm, Submit, keyed, lazy_section},
    pages::{OwnSection, own_page},
    runtime::{FormAction, check, t, t_with},
};
use leptos::prelude::*;
use model::{ChangePassword, OwnPasswordText};

pub const PASSWORD: OwnSection = OwnSection {
    id: "password",
    title: &OwnPasswordText::Title,
    content: lazy_section!(security, own_password, OwnPassword),
};

#[component]
pub fn PasswordPage() -> impl IntoView {
    own_page(PASSWORD)
}

#[component]
fn OwnPassword() -> impl IntoView {
    let posting = FormAction::to::<ChangeOwnPassword>().answered();
    let succeeded = Memo::new(move |_| posting.succeeded());
    // The form is made anew once it was carried out: nothing of it is to be sent once more.
    let turn = Memo::new(move |turn: Option<&u32>| {
        let succeeded = succeeded.get();
        turn.map_or(0, |turn| turn + u32::from(succeeded))
    });
    let form = keyed(
        move || vec![turn.get()],
        move |_| {
            let reset =
                view! { <a class="link" href="/forgot-password" rel="external">{t(OwnPasswordText::ResetIt)}</a> };
            view! {
            <PostForm posting id="change-password" check={check::<ChangePassword>}>
                <OwnUsername/>
                <Field name="password" label=t(OwnPasswordText::Current) kind="password" autocomplete="current-password" required=true/>
                <OtherPassword/>
                <Submit posting label=t(OwnPasswordText::Change) class="btn btn-primary self-start"/>
            </PostForm>
            <p class="text-muted mt-4">{t_with(OwnPasswordText::Forgotten, [reset.into_any()])}</p>
        }
        .into_any()
        },
    );
    view! {
        <p class="text-muted mb-6 mt-1">{t(OwnPasswordText::Purpose)}</p>
        {move || succeeded.get().then(|| view! { <Done sentence=t(OwnPasswordText::Changed)/> })}
        {form}
    }
    .into_any()
}
