//! Deleting one's own login.

use crate::{
    api::{DeleteUser as Action, PreviewUserDelete},
    components::{
        DialogActions, Field, FormDialog, OwnUsername, Plain, PostForm, SecondProof, SendOwnCode, Submit, Waiting,
        lazy_section,
    },
    pages::{OwnSection, own_page},
    runtime::{Fetched, FormAction, Here, check, t, t_with},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    ButtonText, DeleteUser, FactorMethods, OwnedOrganisation, Topic, UserContents, UserDeletion, UserDeletionText,
};

/// The end of one's login.
pub const DELETION: OwnSection = OwnSection {
    id: "delete-account",
    title: &UserDeletionText::Title,
    content: lazy_section!(own_data, own_deletion, OwnDeletion),
};

#[component]
pub fn DeleteAccountPage() -> impl IntoView {
    own_page(DELETION)
}

#[component]
fn OwnDeletion() -> impl IntoView {
    let here = use_context::<Here>();
    let preview = Fetched::of(move || {
        if let Some(here) = here {
            here.live.follow(&[Topic::Organisation, Topic::Members, Topic::Rights]);
        }
        PreviewUserDelete {}
    });
    view! {
        <p class="text-muted mt-1">{t(UserDeletionText::Hint)}</p>
        <Waiting on=preview.progress rows=1/>
        <div class="mt-4">
            {move || {
                preview.get().map(|UserDeletion { email, owned, contents, methods }| {
                    if owned.is_empty() {
                        view! { <Delete email contents methods/> }.into_any()
                    } else {
                        view! { <Owner owned/> }.into_any()
                    }
                })
            }}
        </div>
    }
    .into_any()
}

/// What an owner does before.
#[component]
fn Owner(owned: Vec<OwnedOrganisation>) -> impl IntoView {
    let entry = |OwnedOrganisation { account, name, ends }: OwnedOrganisation| {
        let page = if ends.is_some() { "" } else { "/organisation#danger-zone" };
        let href = format!("/accounts/{account}{page}");
        let link = view! { <a class="link" href=href rel="external">{name}</a> }.into_any();
        let sentence = match ends {
            None => UserDeletionText::OwnedOrganisation,
            Some(ends) => UserDeletionText::OwnedUntil { ends },
        };
        view! { <li>{t_with(sentence, [link])}</li> }
    };
    view! {
        <p>{t(UserDeletionText::OwnerFirst)}</p>
        <ul class="mt-3 flex list-disc flex-col gap-2 ps-5">{owned.into_iter().map(entry).collect_view()}</ul>
    }
    .into_any()
}

#[component]
fn Delete(email: String, contents: UserContents, methods: FactorMethods) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    view! {
        <FormDialog id="delete-user-dialog" ask=t(UserDeletionText::Delete) class="btn text-error" title=t(UserDeletionText::Question) posting>
            <p>{t(UserDeletionText::Erased(contents))}</p>
            <p class="text-muted mt-2">{t(UserDeletionText::Stays)}</p>
            <p class="mb-4 mt-2 font-medium">{t(UserDeletionText::Irreversible)}</p>
            <SendOwnCode id="delete-user-send-code" methods=methods.clone()/>
            <PostForm posting id="delete-user" check={check::<DeleteUser>}>
                <OwnUsername/>
                <p>{t_with(UserDeletionText::TypeToConfirm, [view! { <strong class="break-words">{email}</strong> }.into_any()])}</p>
                <Field name="email" label=t(UserDeletionText::Email) kind="email" required=true/>
                <Field name="password" label=t(UserDeletionText::Password) kind="password" autocomplete="current-password" required=!methods.passkeys/>
                <SecondProof methods/>
                <DialogActions dialog="delete-user-dialog">
                    <Submit posting label=t(UserDeletionText::Delete) class="btn btn-error btn-sm"/>
                </DialogActions>
            </PostForm>
        </FormDialog>
    }
    .into_any()
}

/// Where whoever deleted their login is led to.
#[component]
pub fn AccountDeletedPage() -> impl IntoView {
    view! {
        <Title text=|| t(UserDeletionText::DeletedTitle)/>
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(UserDeletionText::DeletedTitle)}</h1>
            <p class="text-muted mt-2" role="status">{t(UserDeletionText::DeletedHint)}</p>
            <p class="mt-6 flex gap-2">
                <a class="btn" href="/sign-in" rel="external">{t(ButtonText::SignIn)}</a>
                <a class="btn" href="/sign-up" rel="external">{t(UserDeletionText::NewAccount)}</a>
            </p>
        </Plain>
    }
    .into_any()
}
