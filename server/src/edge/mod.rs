//! HTTP: from a request to a `Context`, and from a `Problem` to a status.

mod api;
mod context;
mod download;
mod forwarding;
mod headers;
mod health;
mod live;
mod origin;
pub mod outbox;
mod pages;
mod pending_form;
mod problem;
pub mod rest;

use crate::session_store::Store;
use app::{Assets, RenderCache};
use axum::{
    Extension, Router, middleware,
    routing::{get, post},
};
use service::Service;
use std::{sync::Arc, time::Duration};
use tokio::sync::watch;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer, trace::TraceLayer,
};
use tower_sessions::{
    Expiry, SessionManagerLayer,
    cookie::{SameSite, time},
};

/// How long a browser stays signed in.
const SESSION: time::Duration = time::Duration::days(model::limit::IDLE_DAYS as i64);
const TIMEOUT: Duration = Duration::from_secs(30);

/// What every handler needs.
#[derive(Clone)]
pub struct Edge {
    pub service: Arc<Service>,
    pub public_url: String,
    /// Proxies before this server that add to X-Forwarded-For.
    pub proxies: usize,
    pub assets: Arc<Assets>,
    pub render_cache: RenderCache,
    /// Opens the page of this machine on which messages stand instead of going out; `None` when there is none.
    pub local_outbox: Option<outbox::Token>,
    /// Turns true when the server is to stop.
    pub stopped: watch::Receiver<bool>,
}

impl Edge {
    fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

pub fn router(edge: Edge) -> Router {
    // Leptos spawns its tasks on tokio from here on; a second call finds it done.
    let _ = any_spawner::Executor::init_tokio();
    let mut with_context = Router::new()
        .route("/api/{function}", post(api::server_function).fallback(problem::wrong_method))
        .route("/accounts/{account}/download/{file}", get(download::access_log))
        .route("/data-export/tenantry-my-data.json", get(download::data_export))
        .fallback(pages::page);
    if let Some(token) = edge.local_outbox.clone() {
        let pages = Router::new().route("/outbox", get(outbox::page)).route("/outbox.json", get(outbox::json));
        let pages = pages.route("/outbox/sms.json", get(outbox::phone::json));
        let pages = pages
            .layer(middleware::from_fn_with_state((edge.clone(), token), outbox::only_with_token))
            .layer(middleware::from_fn_with_state(edge.clone(), outbox::only_this_machine));
        with_context = with_context.merge(pages);
    }
    // Not compressed: the buffers of the encoder would stay allocated while a channel is open.
    let live = Router::new().route("/live", get(live::live)).layer(Extension(live::Seats::default()));
    let compressed = Router::new()
        .route("/assets/{name}", get(crate::assets::serve))
        .route("/favicon.svg", get(crate::assets::favicon))
        .route("/favicon.ico", get(crate::assets::favicon))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(in_context(&edge, with_context, true))
        .merge(rest::router(&edge))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest));
    compressed
        .merge(in_context(&edge, live, false))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn_with_state(edge.clone(), headers::harden))
        .layer(middleware::from_fn_with_state(edge.clone(), forwarding::warn))
        .layer(TraceLayer::new_for_http().make_span_with(context::span).on_request(()).on_response(()))
        .with_state(edge)
}

/// Routes that know who asks. `notes_use`: whether a request counts as use of the session. What an open page asks by itself
/// does not.
fn in_context(edge: &Edge, routes: Router<Edge>, notes_use: bool) -> Router<Edge> {
    routes
        .layer(middleware::from_fn_with_state(edge.clone(), context::establish))
        .layer(sessions(edge, notes_use))
        .layer(middleware::from_fn_with_state(edge.clone(), origin::check))
}

fn sessions(edge: &Edge, notes_use: bool) -> SessionManagerLayer<Store> {
    // `__Host-`: sent only to this very host, over https alone, and set by nobody else.
    let name = if edge.is_https() { "__Host-tenantry" } else { "tenantry" };
    SessionManagerLayer::new(Store { service: Arc::clone(&edge.service), notes_use })
        .with_name(name)
        .with_path("/")
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(edge.is_https())
        .with_expiry(Expiry::OnInactivity(SESSION))
}
