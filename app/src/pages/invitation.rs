use crate::{
    api::{AcceptInvitation as Action, OpenInvitation as Open},
    components::{Fetched, Field, NewPassword, PostForm, Posting, Submit, check, posted},
    pages::{Plain, Stopped, Welcome},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;
use model::{AcceptInvitation, FieldErrors, InvitationState, OpenInvitation, Problem};

/// What the link in an invitation opens.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let params = use_params_map();
    let secret = move || params.with(|params| params.get("secret").unwrap_or_default());
    let invitation = Fetched::of(move || Open { secret: secret() });
    view! {
        <Title text="Invitation"/>
        // The address holds the secret: no other site is told it.
        <Meta name="referrer" content="same-origin"/>
        {move || match (invitation.get(), invitation.problem()) {
            (Some(open), _) if open.state == InvitationState::Pending => view! { <Pending open secret=secret()/> }.into_any(),
            (Some(open), _) => view! { <Over open/> }.into_any(),
            (None, Some(Problem::NotFound)) => view! { <Unknown/> }.into_any(),
            (None, Some(problem)) => view! { <Stopped problem/> }.into_any(),
            (None, None) => ().into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Pending(open: OpenInvitation, secret: String) -> impl IntoView {
    let posting = Posting::to::<Action>();
    let OpenInvitation { organisation_name, invited_by, email, role, role_name, known, state: _ } = open;
    // Made inside the form, which its fields look for.
    let fields = move || {
        if known {
            return view! {
                <p class="text-muted">"You have a login with " <strong>{email.clone()}</strong> ". Type its password to join."</p>
                <input type="hidden" autocomplete="username" value=email/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true/>
            }
            .into_any();
        }
        view! {
            <p class="text-muted">"Your login will be " <strong>{email.clone()}</strong> "."</p>
            <input type="hidden" autocomplete="username" value=email/>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name="first_name" label="First name" autocomplete="given-name" required=true/>
                <Field name="last_name" label="Last name" autocomplete="family-name" required=true/>
            </div>
            <NewPassword/>
        }
        .into_any()
    };
    let check = if known { check::<AcceptInvitation> } else { check_new };
    view! {
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{format!("Join {organisation_name}")}</h1>
            <p class="text-muted mb-6 mt-1">{format!("{invited_by} invites you as {role_name}. {}", role.meaning())}</p>
            <PostForm posting id="accept" check>
                <input type="hidden" name="form[secret]" value=secret/>
                {fields()}
                <Submit posting label="Accept the invitation" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
        </Welcome>
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
fn Over(open: OpenInvitation) -> impl IntoView {
    let OpenInvitation { organisation_name, invited_by, state, .. } = open;
    let (title, sentence) = match state {
        InvitationState::Accepted => {
            ("This invitation has been accepted", format!("Sign in to open {organisation_name}."))
        }
        InvitationState::Revoked => (
            "This invitation was withdrawn",
            format!("Ask {invited_by} or another admin of {organisation_name} for a new one."),
        ),
        InvitationState::Expired | InvitationState::Pending => (
            "This invitation has expired",
            format!("Ask {invited_by} or another admin of {organisation_name} to send it again."),
        ),
    };
    view! { <Ended title sentence/> }
}

#[component]
fn Unknown() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    let sentence = "The link is incomplete, or a newer message replaced it. Open the link of the newest message, or ask for a new invitation.";
    view! { <Ended title="This invitation does not open" sentence=sentence.to_owned()/> }
}

#[component]
fn Ended(title: &'static str, sentence: String) -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2">{sentence}</p>
            <p class="mt-6"><a class="btn btn-primary" href="/sign-in">"Sign in"</a></p>
        </Plain>
    }
    .into_any()
}
