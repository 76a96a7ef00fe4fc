use crate::{
    api::{AcceptInvitation as Action, AskForInvitation, OpenInvitation as Open},
    components::{Done, Field, NewPassword, Plain, PostForm, Submit, Username, Welcome},
    pages::page_of_link,
    runtime::{FormAction, check, posted},
};
use leptos::prelude::*;
use model::{AcceptInvitation, FieldErrors, InvitationState, OpenInvitation};

/// What the link in an invitation opens.
#[component]
pub fn InvitationPage() -> impl IntoView {
    let opened = |open: OpenInvitation, secret: String| {
        let is_pending = open.state == InvitationState::Pending;
        if is_pending { view! { <Pending open secret/> }.into_any() } else { view! { <Over open secret/> }.into_any() }
    };
    page_of_link("Invitation", |secret| Open { secret }, opened, || view! { <Unknown/> }.into_any())
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
        state: _,
    } = open;
    let existing = unconfirmed.then(|| view! { <Existing email=email.clone() secret=secret.clone()/> });
    let switch = signed_in_as.map(|other| {
        let sentence = format!("You are signed in as {other}. Accepting signs you in as {email} instead.");
        view! { <p class="notice mb-4" role="note">{sentence}</p> }
    });
    let several = places.len() > 1;
    let place = |(account, role): (String, String)| {
        if several { format!("{account} as {role}") } else { format!("as {role}") }
    };
    let places: Vec<String> = places.into_iter().map(place).collect();
    // Made inside the form, which its fields look for.
    let fields = move || {
        if is_me {
            return view! { <p class="text-muted">"You are signed in as " <strong>{email}</strong> "."</p> }.into_any();
        }
        if known {
            return view! {
                <p class="text-muted">"You have a login with " <strong>{email.clone()}</strong> ". Type its password to join."</p>
                <Username email=Some(email)/>
                <Field name="password" label="Password" kind="password" autocomplete="current-password" required=true/>
            }
            .into_any();
        }
        view! {
            <p class="text-muted">"Your login will be " <strong>{email.clone()}</strong> "."</p>
            <Username email=Some(email)/>
            <div class="grid gap-4 sm:grid-cols-2">
                <Field name="first_name" label="First name" autocomplete="given-name" required=true/>
                <Field name="last_name" label="Last name" autocomplete="family-name" required=true/>
            </div>
            <NewPassword/>
        }
        .into_any()
    };
    let check = if known || is_me { check::<AcceptInvitation> } else { check_new };
    view! {
        <Welcome>
            <h1 class="text-2xl font-semibold tracking-tight">{format!("Join {organisation_name}")}</h1>
            <p class="text-muted mb-6 mt-1">{format!("{invited_by} invites you: {}.", places.join(", "))}</p>
            {switch}
            {existing}
            <PostForm posting id="accept" without="existing" check>
                <input type="hidden" name="form[secret]" value=secret/>
                {fields()}
                <Submit posting label="Accept the invitation" class="btn btn-primary mt-2 w-full"/>
            </PostForm>
        </Welcome>
    }
    .into_any()
}

/// For whoever has a login with the address, and has never confirmed it.
#[component]
fn Existing(email: String, secret: String) -> impl IntoView {
    let posting = FormAction::to::<Action>();
    view! {
        <section class="card mb-6 p-4">
            <h2 class="font-medium">"Already have a login?"</h2>
            <p class="text-muted mb-4 mt-1">
                "A login with " {email} " exists, but nobody has confirmed its address. If it's yours, join with its password. "
                "Otherwise create your login below, and that one loses this address."
            </p>
            <PostForm posting id="accept-existing" only="existing" check={check::<AcceptInvitation>}>
                <input type="hidden" name="form[secret]" value=secret/>
                <input type="hidden" name="form[existing]" value="true"/>
                <Field name="password" label="Its password" kind="password" autocomplete="current-password" required=true/>
                <Submit posting label="Join with this login" class="btn self-start"/>
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
    let (title, sentence) = match state {
        InvitationState::Accepted => {
            ("This invitation has been accepted", format!("Sign in to open {organisation_name}."))
        }
        InvitationState::Left => (
            "This invitation has been accepted",
            format!(
                "{email} is no longer a member. Ask {invited_by} or another admin of {organisation_name} for a new one."
            ),
        ),
        InvitationState::Revoked => (
            "This invitation was withdrawn",
            format!("Ask {invited_by} or another admin of {organisation_name} for a new one."),
        ),
        InvitationState::Void => (
            "This invitation no longer works",
            format!(
                "{invited_by} can no longer give this access, or {organisation_name} no longer allows this address. Ask for a new invitation."
            ),
        ),
        InvitationState::Deleting => (
            "This organisation is being deleted",
            format!("Nobody can join {organisation_name} any more. Ask {invited_by} if this is a mistake."),
        ),
        InvitationState::Expired | InvitationState::Pending => (
            "This invitation has expired",
            format!("Ask {invited_by} or another admin of {organisation_name} for a new one."),
        ),
    };
    let ask = state.can_be_renewed().then_some(secret);
    view! { <Ended title sentence ask/> }
}

#[component]
fn Unknown() -> impl IntoView {
    let sentence = "The link is incomplete, or a newer message replaced it. Open the link of the newest message, or ask for a new invitation.";
    view! { <Ended title="This invitation does not open" sentence=sentence.to_owned() ask=None/> }
}

#[component]
fn Ended(
    title: &'static str,
    sentence: String,
    /// The secret of an invitation in whose place a new one can be asked for.
    ask: Option<String>,
) -> impl IntoView {
    view! {
        <Plain>
            <h1 class="text-xl font-semibold tracking-tight">{title}</h1>
            <p class="text-muted mt-2">{sentence}</p>
            {ask.map(|secret| view! { <Ask secret/> })}
            <p class="mt-6"><a class="btn" href="/sign-in">"Sign in"</a></p>
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
            <Submit posting label="Ask for a new invitation" class="btn btn-primary self-start"/>
            {move || posting.succeeded().then(|| view! { <Done sentence="Asked. A new invitation comes by e-mail, if they send one."/> })}
        </PostForm>
    }
    .into_any()
}
