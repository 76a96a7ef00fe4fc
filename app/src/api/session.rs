use super::{Answer, Form};
use leptos::prelude::*;
use model::Profile;

/// Founds an organisation, and signs its owner in.
#[server(protocol = Form)]
pub async fn sign_up(form: model::SignUp) -> Answer<()> {
    let user = super::call(async |ctx| service::user::sign_up(ctx, form).await).await?;
    edge::begin_session(user, "/").await
}

#[server(protocol = Form)]
pub async fn sign_in(form: model::SignIn) -> Answer<()> {
    let then = if model::is_local_path(&form.then) { form.then.clone() } else { "/".to_owned() };
    let user = super::call(async |ctx| service::user::sign_in(ctx, form).await).await?;
    edge::begin_session(user, &then).await
}

#[server(protocol = Form)]
pub async fn sign_out() -> Answer<()> {
    super::call(service::user::sign_out).await?;
    edge::end_session("/sign-in").await
}

/// Who is signed in, and where they may go.
#[server(protocol = Form)]
pub async fn get_profile() -> Answer<Profile> {
    super::call(service::user::profile).await
}

/// The browser's session, which the edge keeps.
#[cfg(feature = "ssr")]
pub(super) mod edge {
    use super::Answer;
    use crate::session_key;
    use leptos::prelude::use_context;
    use model::{Problem, UserId};
    use tower_sessions::Session;

    fn session() -> Answer<Session> {
        let parts = use_context::<http::request::Parts>();
        parts.and_then(|parts| parts.extensions.get::<Session>().cloned()).ok_or(Problem::SignedOut)
    }

    fn fault(error: impl std::error::Error) -> Problem {
        match super::super::context() {
            Ok(ctx) => service::Error::Setup(format!("session: {error}")).into_problem(ctx.request().id),
            Err(problem) => problem,
        }
    }

    /// Signs the browser in under a new secret, and sends it on.
    pub async fn begin_session(user: UserId, then: &str) -> Answer<()> {
        let session = session()?;
        session.cycle_id().await.map_err(fault)?;
        let ctx = super::super::context()?;
        session.insert(session_key::USER, user).await.map_err(fault)?;
        session.insert(session_key::IP, &ctx.request().ip).await.map_err(fault)?;
        session.insert(session_key::USER_AGENT, &ctx.request().user_agent).await.map_err(fault)?;
        leptos_axum::redirect(then);
        Ok(())
    }

    pub async fn end_session(then: &str) -> Answer<()> {
        session()?.flush().await.map_err(fault)?;
        leptos_axum::redirect(then);
        Ok(())
    }
}
