use super::{Edge, problem};
use app::Entrance;
use axum::{
    body::Body,
    extract::State,
    http::{Method, Request},
    response::{IntoResponse, Redirect, Response},
};
use model::{AccountId, Problem};
use service::Context;

/// Renders the page at this address, complete.
pub async fn page(State(edge): State<Edge>, mut request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return problem::wrong_method().await;
    }
    let entrance = match request.extensions().get::<Context>() {
        Some(ctx) => entrance(ctx, request.uri().path()).await,
        None => None,
    };
    let refused = entrance.as_ref().and_then(|entrance| entrance.standing.clone().err());
    if refused == Some(Problem::SignedOut) {
        return Redirect::to(&format!("/sign-in?then={}", request.uri().path())).into_response();
    }
    if let Some(entrance) = entrance {
        request.extensions_mut().insert(entrance);
    }
    let assets = edge.assets;
    let render = leptos_axum::render_app_async_with_context(|| {}, move || app::shell(&assets));
    let mut response = render(request).await;
    if let Some(problem) = refused {
        *response.status_mut() = problem::status(&problem);
    }
    response
}

/// For a page of an account: who enters it, and what they may do there.
async fn entrance(ctx: &Context, path: &str) -> Option<Entrance> {
    let account = path.strip_prefix("/accounts/")?.split('/').next()?;
    let told = |error: service::Error| error.into_problem(ctx.request().id);
    let standing = match account.parse::<AccountId>() {
        Ok(account) => service::organisation::standing(ctx, account).await.map_err(told),
        Err(_) => Err(Problem::NotFound),
    };
    let profile = match &standing {
        Ok(_) => service::user::profile(ctx).await.ok(),
        Err(_) => None,
    };
    Some(Entrance { standing, profile })
}
