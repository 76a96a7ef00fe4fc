use crate::{
    api::{AcceptInvitation as Action, AskForInvitation, OpenInvitation as Open},
    components::{Done, Field, NewPassword, Plain, PostForm, Submit, Username, Welcome},
    pages::page_of_link,
    runtime::{FormAction, check, posted, t, t_with},
};
use leptos::prelude::*;
use model::{AcceptInvitation, ButtonText, FieldErrors, InvitationState, InvitationText, OpenInvitation};

/// What the link in an invitation opens.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let opened = |open: OpenInvitation, secret: String| {
        let is_pending = open.state == InvitationState::Pending;
        if is_pending { view! { <Pending open secret/> }.into_any() } else { view! { <Over open secret/> }.into_any() }
    };
    page_of_link(|| t(InvitationText::Title), |secret| Open { secret }, opened, || view! { <Unknown/> }.into_any())
}

#[component]
fn Pending(open: OpenInvitation, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    let OpenInvitation {
        organisation_name,
        invited_by,
        email,
        places,
        known,
        unconfirmed,
        is_me,
        signed_in_as,
        copied,
        state: _,
    } = open;
    // Of a link that no letter carried, only its reader knows whether they have a login.
    let sentence = if copied { InvitationText::ExistingPerhaps } else { InvitationText::Existing };
    let existing = ((unconfirmed || copied) && !is_me)
        .then(|| view! { <Existing email=email.clone() secret=secret.clone() sentence/> });
    let switch = signed_in_as.map(|other| {
        let sentence = t(InvitationText::SignedInAsOther { other, email: email.clone() });
        view! { <p class="notice mb-4" role="note">{sentence}</p> }
    });
    // Made inside the form, which its fields look for.
    let fields = move || {
        let strong = view! { <strong>{email.clone()}</strong> }.into_any();
        if is_me {
            return view! { <p class="text-muted">{t_with(InvitationText::SignedIn, [strong])}</p> }.into_any();
        }
        if known {
            return view! {
                <p class="text-muted">{t_with(InvitationText::Known, [strong])}</p>
                <Username email=Some(email)/>
                <Field name="password" label=t(InvitationText::Password) kind="password" autocomplete="current-password" required=true/>
            }
            .into_any();
        }
        view! {
            <p class="text-muted">{t_with(InvitationText::New, [strong])}</p>
            <Username email=Some(email)/>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name="first_name" label=t(InvitationText::FirstName) autocomplete="given-name" required=true/>
                <Field name="last_name" label=t(InvitationText::LastName) autocomplete="family-name" required=true/>
            </div>
            <NewPassword/>
        }
        .into_any()
    };
    let check = if known || is_me { check::<AcceptInvitation> } else { check_new };
    view! {
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{t(InvitationText::Join { organisation: organisation_name })}</h1>
            <p class="text-muted mb-6 mt-1">{t(InvitationText::InvitedBy { by: invited_by, places })}</p>
            {switch}
            {existing}
            <PostForm posting id="accept" without="existing" check>
                <input type="hidden" name="form[secret]" value=secret/>
                {fields()}
                <Submit posting label=t(InvitationText::Accept) class="btn btn-primary mt-2 w-full"/>
            </PostForm>
        </Welcome>
    }
    .into_any()
}

/// For whoever has a login with the address, and has never confirmed it, or may have one.
#[component]
fn Existing(email: String, secret: String, sentence: InvitationText) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    view! {
        <section class="card mb-6 p-4">
            <h2 class="font-medium">{t(InvitationText::ExistingTitle)}</h2>
            <p class="text-muted mb-4 mt-1">{t_with(sentence, [email.into_any()])}</p>
            <PostForm posting id="accept-existing" only="existing" check={check::<AcceptInvitation>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <input type="hidden" name="form[existing]" value="true"/>
                <Field name="password" label=t(InvitationText::ExistingPassword) kind="password" autocomplete="current-password" required=true/>
                <Submit posting label=t(InvitationText::JoinExisting) class="btn self-start"/>
            </PostForm>
        </section>
    }
    .into_any()
}

fn check_new(body: &str) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    if let Some(mut form) = posted::<AcceptInvitation>(body) {
        form.check_new(&mut errors);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

#[component]
fn Over(open: OpenInvitation, secret: String) -> impl IntoView {
    let OpenInvitation { organisation_name, invited_by, email, state, .. } = open;
    let title = InvitationText::Over(state);
    let sentence = InvitationText::OverSentence { state, organisation: organisation_name, by: invited_by, email };
    let ask = state.can_be_renewed().then_some(secret);
    view! { <Ended title sentence ask/> }
}

#[component]
fn Unknown() -> impl IntoView {
    view! { <Ended title=InvitationText::Unknown sentence=InvitationText::UnknownSentence ask=None/> }
}

#[component]
fn Ended(
    title: InvitationText,
    sentence: InvitationText,
    /// The secret of an invitation in whose place a new one can be asked for.
    ask: Option<String>,
) -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{t(title)}</h1>
            <p class="text-muted mt-2">{t(sentence)}</p>
            {ask.map(|secret| view! { <Ask secret/> })}
            <p class="mt-6"><a class="btn" href="/sign-in">{t(ButtonText::SignIn)}</a></p>
        </Plain>
    }
    .into_any()
}

/// Asks whoever may send one.
#[component]
fn Ask(secret: String) -> impl IntoView {
    let posting = FormAction::to::<AskForInvitation>();
    view! {
        <PostForm posting id="ask" class="mt-6 flex flex-col gap-3">
            <input type="hidden" name="secret" value=secret/>
            <Submit posting label=t(InvitationText::Ask) class="btn btn-primary self-start"/>
            {move || posting.succeeded().then(|| view! { <Done sentence=t(InvitationText::Asked)/> })}
        </PostForm>
    }
    .into_any()
}
