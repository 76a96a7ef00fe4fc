//! The limits of the REST API, as programs read them.

use crate::support::{Answer, Kind, Setup, on_both_databases};
use axum::http::StatusCode;
use model::{PermissionSet, Problem};

on_both_databases!(said, over);

fn limits(answer: &Answer) -> (&str, &str) {
    (answer.header("ratelimit-policy"), answer.header("ratelimit"))
}

async fn said(on: Kind) {
    let app = Setup { api_rate: 100, ..Setup::on(on) }.app().await;
    let program = app.browser().with_key(&app.key(app.owner(), PermissionSet::from("contact")).await);
    for (path, left) in [("/v1/key", 99), ("/v1/nothing", 98), ("/v1", 97)] {
        let answer = program.call_rest("GET", path, None).await;
        let (policy, limit) = limits(&answer);
        assert_eq!(policy, r#""key";q=100;w=60, "organisation";q=500;w=60"#, "{path}");
        let (key, organisation) = limit.split_once(", ").unwrap();
        assert!(key.starts_with(&format!(r#""key";r={left};t="#)), "{path}: {limit}");
        assert!(organisation.starts_with(&format!(r#""organisation";r={};t="#, 400 + left)), "{path}: {limit}");
        let (_, seconds) = key.rsplit_once('=').unwrap();
        assert!((1..=60).contains(&seconds.parse::<u64>().unwrap()), "{limit}");
        assert_eq!(answer.header("retry-after"), "");
    }
    let nobody = app.browser().call_rest("GET", "/v1", None).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(limits(&nobody).0, r#""network";q=120;w=60"#);
}

async fn over(on: Kind) {
    let app = Setup { api_rate: 3, ..Setup::on(on) }.app().await;
    let program = app.browser().with_key(&app.key(app.owner(), PermissionSet::from("contact")).await);
    for _ in 0..3 {
        assert_eq!(program.call_rest("GET", "/v1/key", None).await.status, StatusCode::OK);
    }
    let answer = program.call_rest("GET", "/v1/key", None).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let told: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let Problem::TooMany { seconds } = serde_json::from_value(told["problem"].clone()).unwrap() else {
        panic!("{told}")
    };
    assert_eq!(answer.header("retry-after"), seconds.to_string());
    assert!(limits(&answer).1.starts_with(r#""key";r=0;t="#), "{:?}", limits(&answer));
}
