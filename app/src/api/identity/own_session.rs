use crate::runtime::{Answer, Form};
use leptos::prelude::*;
use model::{OpenSession, SessionId};

/// The browsers in which the reader is signed in.
#[server(protocol = Form)]
pub async fn list_own_sessions() -> Answer<Vec<OpenSession>> {
    crate::api::call(service::session::list).await
}

/// Ends one of them.
#[server(protocol = Form)]
pub async fn close_session(session: SessionId) -> Answer<()> {
    crate::api::call(async |ctx| service::session::close(ctx, session).await).await
}

/// Ends all but this one; gives how many.
#[server(protocol = Form)]
pub async fn close_other_sessions() -> Answer<u64> {
    crate::api::call(service::session::close_others).await
}

reads! {
    ListOwnSessions: Nothing;
}
