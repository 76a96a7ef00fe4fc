use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{Profile, SecondStep};

/// Asks for a login and an organisation, which a letter confirms. The first person of an installation is signed in.
#[server(protocol = Form)]
pub async fn sign_up(form: model::SignUp) -> Answer<()> {
    match crate::api::call(async |ctx| service::sign_up::ask(ctx, form).await).await? {
        service::sign_up::SignUpOutcome::Founder(user) => edge::begin_session(service::Login::first(user), "/").await,
        service::sign_up::SignUpOutcome::Asked(id) => edge::remember_sign_up(id).await,
    }
}

/// What the link in the letter of a sign-up opens.
#[server(protocol = Form)]
pub async fn open_sign_up(secret: String) -> Answer<model::OpenSignUp> {
    let remembered = edge::remembered_sign_up().await?;
    crate::api::call(async |ctx| service::sign_up::open(ctx, &service::Secret::from_client(secret), remembered).await)
        .await
}

/// Makes the login and the organisation of a sign-up, and signs in.
#[server(protocol = Form)]
pub async fn confirm_sign_up(form: model::ConfirmSignUp) -> Answer<()> {
    let remembered = edge::remembered_sign_up().await?;
    match crate::api::call(async |ctx| service::sign_up::confirm(ctx, form, remembered).await).await? {
        service::user::SignInOutcome::Complete(login) => edge::begin_session(login, "/").await,
        service::user::SignInOutcome::NeedsSecondFactor(login) => edge::ask_for_code(login, "/").await,
    }
}

#[server(protocol = Form)]
pub async fn sign_in(form: model::SignIn) -> Answer<()> {
    let then = if model::is_local_path(&form.then) { form.then.clone() } else { "/".to_owned() };
    let proven = crate::api::call(async |ctx| service::user::sign_in(ctx, form).await).await?;
    match proven {
        service::user::SignInOutcome::Complete(login) => edge::sign_in(login, &then).await,
        service::user::SignInOutcome::NeedsSecondFactor(login) => edge::ask_for_code(login, &then).await,
    }
}

/// The second step of signing in, for those with a second factor.
#[server(protocol = Form)]
pub async fn sign_in_with_code(form: model::SignInCode) -> Answer<()> {
    let (login, then) = edge::who_needs_code().await?;
    let remember = form.remember;
    let login = crate::api::call(async |ctx| service::second_factor::sign_in(ctx, login, form).await).await?;
    edge::sign_in_by_second_factor(login, &then, remember).await
}

/// What is asked in the second step of signing in, of somebody who has done the first.
#[server(protocol = Form)]
pub async fn get_second_step() -> Answer<Option<SecondStep>> {
    let Ok((login, _)) = edge::who_needs_code().await else { return Ok(None) };
    crate::api::call(async |ctx| service::second_factor::get_second_step(ctx, login).await.map(Some)).await
}

/// The same by a recovery code, for which the page has a form of its own: it has letters, and needs another keyboard.
#[server(protocol = Form)]
pub async fn sign_in_with_recovery_code(form: model::SignInCode) -> Answer<()> {
    sign_in_with_code(form).await
}

#[server(protocol = Form)]
pub async fn sign_out() -> Answer<()> {
    crate::api::call(service::user::sign_out).await?;
    edge::end_session("/sign-in").await
}

/// Who is signed in, and where they may go.
#[server(protocol = Form)]
pub async fn get_profile() -> Answer<Profile> {
    crate::api::call(service::user::profile).await
}

/// The browser's session, which the edge keeps.
#[cfg(feature = "ssr")]
pub(crate) mod edge {
    use crate::{runtime::Answer, session_key};
    use leptos::prelude::use_context;
    use model::{Problem, SignUpId, Timestamp};
    use service::{Login, device};
    use std::time::Duration;
    use tower_sessions::Session;

    fn session() -> Answer<Session> {
        let parts = use_context::<http::request::Parts>();
        parts.and_then(|parts| parts.extensions.get::<Session>().cloned()).ok_or(Problem::SignedOut)
    }

    fn fault(error: impl std::error::Error) -> Problem {
        match crate::runtime::context() {
            Ok(ctx) => service::Error::Setup(format!("session: {error}")).into_problem(ctx.request().id),
            Err(problem) => problem,
        }
    }

    /// Signs the browser in under a new secret, remembers it, and sends it on.
    pub async fn begin_session(login: Login, then: &str) -> Answer<()> {
        let device = crate::api::call(async |ctx| device::remember(ctx, login).await).await?;
        begin_session_on(device, login, then).await
    }

    /// As [`begin_session`], unless the browser is signed in as them: then nobody has shown anew who they are, and the
    /// session goes on as it is.
    pub async fn stay_signed_in(login: Login, then: &str) -> Answer<()> {
        if crate::runtime::context()?.user().is_ok_and(|user| user == login.user) {
            leptos_axum::redirect(then);
            return Ok(());
        }
        begin_session(login, then).await
    }

    async fn begin_session_on(device: Option<String>, login: Login, then: &str) -> Answer<()> {
        let session = session()?;
        let ctx = crate::runtime::context()?;
        if let Some(secrets) = device {
            let public_url = &ctx.service().settings.public_url;
            crate::request::set_cookie(crate::device_cookie(public_url), &secrets, device::LIFETIME, public_url);
        }
        // Last: it ends the session from before, and open tabs ask at once who is signed in now.
        session.cycle_id().await.map_err(fault)?;
        session.remove::<serde_json::Value>(session_key::PENDING_SECOND_FACTOR).await.map_err(fault)?;
        session.remove::<serde_json::Value>(session_key::SIGN_UP).await.map_err(fault)?;
        session.insert(session_key::USER, login.user).await.map_err(fault)?;
        session.insert(session_key::CREDENTIALS_VERSION, login.credentials_version).await.map_err(fault)?;
        session.insert(session_key::IP, &ctx.request().ip).await.map_err(fault)?;
        session.insert(session_key::USER_AGENT, &ctx.request().user_agent).await.map_err(fault)?;
        leptos_axum::redirect(then);
        Ok(())
    }

    /// As [`begin_session`]. Whoever has still to confirm their address is led to where they do.
    pub async fn sign_in(login: Login, then: &str) -> Answer<()> {
        begin_session(login, leads_to(login, then).await?).await
    }

    /// As [`sign_in`], with a second factor, for which this browser may not be asked again for a while.
    pub async fn sign_in_by_second_factor(login: Login, then: &str, remember: bool) -> Answer<()> {
        if !remember {
            return sign_in(login, then).await;
        }
        let then = leads_to(login, then).await?;
        let device = async |ctx: &service::Context| device::remember_without_second_factor(ctx, login).await;
        begin_session_on(crate::api::call(device).await?, login, then).await
    }

    async fn leads_to(login: Login, then: &str) -> Answer<&str> {
        let confirms = crate::api::call(async |ctx| service::email_change::remind(ctx, login.user).await).await?;
        Ok(if confirms { "/email" } else { then })
    }

    /// Remembers what this browser signed up for, which signs nobody in.
    pub async fn remember_sign_up(id: SignUpId) -> Answer<()> {
        session()?.insert(session_key::SIGN_UP, id).await.map_err(fault)?;
        leptos_axum::redirect("/sign-up/sent");
        Ok(())
    }

    /// What this browser signed up for last.
    pub async fn remembered_sign_up() -> Answer<Option<SignUpId>> {
        session()?.get(session_key::SIGN_UP).await.map_err(fault)
    }

    /// Whoever has shown the password has so long to show a code.
    const SECOND_STEP_LIFETIME: Duration = Duration::from_mins(10);

    /// Remembers whose password was shown, which signs nobody in, and asks for the code.
    pub async fn ask_for_code(login: Login, then: &str) -> Answer<()> {
        let session = session()?;
        session.clear().await;
        session.cycle_id().await.map_err(fault)?;
        let until = crate::runtime::context()?.now() + SECOND_STEP_LIFETIME;
        session.insert(session_key::PENDING_SECOND_FACTOR, (login, until, then)).await.map_err(fault)?;
        leptos_axum::redirect("/sign-in/code");
        Ok(())
    }

    /// Who is asked for a code, and where they go then.
    ///
    /// # Errors
    /// [`Problem::SignedOut`] for nobody, and when it took too long.
    pub async fn who_needs_code() -> Answer<(Login, String)> {
        let kept: Option<(Login, Timestamp, String)> =
            session()?.get(session_key::PENDING_SECOND_FACTOR).await.map_err(fault)?;
        let now = crate::runtime::context()?.now();
        kept.filter(|(_, until, _)| *until > now).map(|(login, _, then)| (login, then)).ok_or(Problem::SignedOut)
    }

    pub async fn end_session(then: &str) -> Answer<()> {
        session()?.flush().await.map_err(fault)?;
        leptos_axum::redirect(then);
        Ok(())
    }
}

reads! {
    GetProfile: Nothing;
    GetSecondStep: Nothing;
    OpenSignUp: Nothing;
}
