use super::{Edge, problem};
use app::{Prefetch, api::GetStanding, runtime::sign_in_path};
use axum::{
    body::Body,
    extract::State,
    http::{Method, Request},
    response::{IntoResponse, Redirect, Response},
};
use futures::{StreamExt, stream};
use leptos::prelude::{IntoView, provide_context};
use leptos_integration_utils::{BoxedFnOnce, PinnedFuture, PinnedStream};
use model::{AccountId, Problem, Standing};
use service::Context;
use std::sync::Arc;

/// How often a page is rendered at most: what one answer shows may ask for more.
const PASSES: usize = 4;

/// Renders the page at this address, complete.
pub async fn page(State(edge): State<Edge>, request: Request<Body>) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return problem::only_shown().await;
    }
    let prefetch = Prefetch::new(edge.render_cache.clone());
    let entered = match (request.extensions().get::<Context>(), account(request.uri().path())) {
        (Some(ctx), Some(Ok(account))) => enter(ctx, account, &prefetch).await.map(Some),
        (Some(_), Some(Err(problem))) => Err(problem),
        _ => Ok(None),
    };
    let (standing, refused) = match entered {
        Ok(standing) => (standing, None),
        Err(problem) => (None, Some(problem)),
    };
    if refused == Some(Problem::SignedOut) {
        let uri = request.uri();
        return Redirect::to(&sign_in_path(uri.path(), uri.query().unwrap_or_default())).into_response();
    }
    let mut response = render(request, prefetch, standing, &edge).await;
    if let Some(problem) = refused {
        *response.status_mut() = problem::status(&problem);
    }
    response
}

/// The account whose page this is; there is none where the address is malformed.
fn account(path: &str) -> Option<Result<AccountId, Problem>> {
    let account = path.strip_prefix("/accounts/")?.split('/').next()?;
    Some(account.parse().map_err(|_| Problem::NotFound))
}

/// Finds out who enters and what they may do there, before anything is rendered.
async fn enter(ctx: &Context, account: AccountId, prefetch: &Prefetch) -> Result<Standing, Problem> {
    let standing = service::organisation::standing(ctx, account).await;
    let standing = standing.map_err(|error| error.into_problem(ctx.request().id));
    prefetch.insert(&GetStanding { account }, standing.clone());
    standing
}

/// Renders until the page has all it asks for.
async fn render(request: Request<Body>, prefetch: Prefetch, standing: Option<Standing>, edge: &Edge) -> Response {
    let (parts, _) = request.into_parts();
    if let Some(standing) = standing {
        prefetch.get(&parts, &standing).await;
    }
    let mut pass = 1;
    loop {
        let (assets, known) = (Arc::clone(&edge.assets), prefetch.clone());
        let request = Request::from_parts(parts.clone(), Body::empty());
        let context = move || provide_context(known.clone());
        let response = leptos_axum::handle_response_inner(context, move || app::shell(&assets), request, whole).await;
        if pass == PASSES || !prefetch.fetch(&parts).await {
            return response;
        }
        pass += 1;
    }
}

/// Nothing on a page is waited for, so it is written in one go; what the browser takes over follows.
fn whole<V: IntoView + 'static>(
    page: V,
    rest: BoxedFnOnce<PinnedStream<String>>,
    _: bool,
) -> PinnedFuture<PinnedStream<String>> {
    let html = page.to_html();
    Box::pin(async move { Box::pin(stream::once(async { html }).chain(rest())) as PinnedStream<String> })
}
