//! What an address is not for is answered with what it is for (RFC 9110, 15.5.6).

use crate::support::{Answer, App, Browser, Kind, functions, on_sqlite};
use axum::{body::Body, http::StatusCode};
use model::PermissionSet;
use server::edge::rest;
use std::collections::{BTreeMap, BTreeSet};

on_sqlite!(everywhere);

async fn send(browser: &Browser, method: &str, path: &str) -> Answer {
    let request = browser.request(method, path).header("accept", "text/html");
    browser.send(request.body(Body::empty()).unwrap()).await
}

fn allowed(answer: &Answer) -> BTreeSet<&str> {
    answer.header("allow").split(',').map(str::trim).collect()
}

async fn everywhere(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let mut expected: Vec<(String, BTreeSet<&str>)> = Vec::new();
    for function in functions() {
        expected.push((format!("/api/{}", function.name), BTreeSet::from(["POST"])));
    }
    let pages = leptos_axum::generate_route_list(app::App);
    let besides = ["/nowhere", "/live", "/healthz", "/readyz", "/assets/x.css"];
    let shown = pages.iter().map(|page| page.path().to_owned()).chain(besides.map(ToOwned::to_owned));
    expected.extend(shown.map(|path| (path.replace(['{', '}', ':', '*'], ""), BTreeSet::from(["GET", "HEAD"]))));
    let key = app.key(owner, PermissionSet::ALL).await;
    let mut routes: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for route in rest::routes() {
        let methods = routes.entry(route.path.replace(['{', '}'], "")).or_default();
        methods.insert(route.method);
        if route.method == "GET" {
            methods.insert("HEAD");
        }
    }
    expected.extend(routes);
    for (path, methods) in expected {
        let browser = if path.starts_with("/v1") { app.browser().with_key(&key) } else { owner.browser.clone() };
        for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "BREW"] {
            if methods.contains(method) {
                continue;
            }
            let answer = send(&browser, method, &path).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(allowed(&answer), methods, "{method} {path}");
        }
    }
}
