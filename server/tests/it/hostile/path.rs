use super::{assert_bad_request, assert_refused};
use crate::support::{App, Kind, fields, functions, on_both_databases};
use axum::{body::Body, http::StatusCode};
use model::Problem;

on_both_databases!(no_such_function, wrong_method, bad_ids, odd_paths, odd_cursors, odd_zones);

async fn no_such_function(on: Kind) {
    let app = App::new(on).await;
    for name in ["none", "listcontacts", "list_contacts2", "%00", "..%2fsign_in", "%ff", &"x".repeat(9_000)] {
        let answer = app.browser().call(name, &fields(&[])).await;
        assert_refused(&answer, name);
        assert_eq!(answer.problem(), Problem::NotFound, "{name}");
    }
}

async fn wrong_method(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    for function in functions().into_iter().map(|function| function.name) {
        for method in ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
            let request = browser.request(method, &format!("/api/{function}")).body(Body::empty()).unwrap();
            let answer = browser.send(request).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {function}");
            assert_eq!(answer.problem(), Problem::Malformed, "{method} {function}");
        }
    }
    for path in ["/", "/sign-in", &format!("/accounts/{}", app.owner().account)] {
        for method in ["POST", "PUT", "DELETE", "BREW"] {
            let request = browser.request(method, path).body(Body::empty()).unwrap();
            let answer = browser.send(request).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(answer.problem(), Problem::Malformed, "{method} {path}");
        }
    }
}

async fn bad_ids(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let account = owner.account;
    let long = "9".repeat(5_000);
    for id in ["x", "0", "%00", "%ff", "..", "%2e%2e%2f", "00000000-0000-0000-0000-000000000000", "💥", &long] {
        for path in [format!("/accounts/{id}"), format!("/accounts/{id}/contacts")] {
            if let Ok(request) = owner.browser.request("GET", &path).body(Body::empty()) {
                let answer = owner.browser.send(request).await;
                assert!(answer.status.is_client_error(), "{path}: {answer:?}");
            }
        }
        for page in ["contacts", "members"] {
            let path = format!("/accounts/{account}/{page}/{id}");
            if let Ok(request) = owner.browser.request("GET", &path).body(Body::empty()) {
                assert!(!owner.browser.send(request).await.status.is_server_error(), "{path}");
            }
        }
        let contact = fields(&[("account", &account.to_string()), ("contact", id)]);
        assert_refused(&owner.browser.call("get_contact", &contact).await, id);
        assert_refused(&owner.browser.call("get_standing", &fields(&[("account", id)])).await, id);
    }
}

async fn odd_paths(on: Kind) {
    let app = App::new(on).await;
    let long = format!("/{}", "x".repeat(50_000));
    let many = "/x".repeat(20_000);
    let account = format!("/accounts/{}/\u{7f}", app.owner().account);
    let paths = [
        "//",
        "//evil.example",
        "/%",
        "/%zz",
        "/%ff",
        "/%00",
        "/a/../b",
        "/..",
        "/\u{7f}",
        "/é",
        "/\"<>",
        "/accounts/",
        "/accounts//",
        "/accounts/x/é",
        "/sign-in?then=%ff",
        "/sign-in?then=%00&&&=",
        "/?%",
        "/invitations/%ff",
        "/invitations/",
        "/assets/..%2f..%2fCargo.toml",
        "/assets/%00",
        "/assets/",
        &long,
        &many,
        &account,
    ];
    for browser in [app.browser(), app.owner().browser.clone()] {
        for path in paths {
            for accept in ["text/html", "application/json"] {
                // What cannot even be a request line does not reach us.
                let Ok(request) = browser.request("GET", path).header("accept", accept).body(Body::empty()) else {
                    continue;
                };
                let answer = browser.send(request).await;
                assert!(!answer.status.is_server_error(), "{path:.80}: {answer:?}");
                assert!(!answer.header("location").starts_with("//"), "{path:.80}: {answer:?}");
            }
        }
    }
}

/// A page's cursor comes back from its reader, who may write anything.
async fn odd_cursors(on: Kind) {
    let app = App::new(on).await;
    let account = app.owner().account.to_string();
    let id = "00000000000000000000000000000000";
    for function in ["list_contacts", "list_members", "list_access_entries"] {
        for cursor in [
            format!("o.18446744073709551615.9223372036854775807.{id}"),
            format!("n.18446744073709551615.-9223372036854775808.{id}"),
            format!("o.0.0.{id}"),
            format!("n.1.0.{id}"),
        ] {
            let call = fields(&[("account", &account), ("filter[cursor]", &cursor)]);
            assert_eq!(app.owner().browser.call(function, &call).await.status, StatusCode::OK, "{function} {cursor}");
            let page = match function {
                "list_contacts" => "contacts",
                "list_members" => "members",
                _ => "access-log",
            };
            let page = app.owner().browser.get(&format!("/accounts/{account}/{page}?cursor={cursor}")).await;
            assert_eq!(page.status, StatusCode::OK, "{cursor}");
        }
        for cursor in ["x", "o.1.2", "o.-1.0.0", &format!("o.1.1.{id}.1"), &format!("o.99999999999999999999.1.{id}")] {
            let call = fields(&[("account", &account), ("filter[cursor]", cursor)]);
            assert_bad_request(&app.owner().browser.call(function, &call).await, &format!("{function} {cursor}"));
        }
    }
}

async fn odd_zones(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    for zone in ["../../../etc/passwd", "/etc/passwd", "%00", "", "UTC;x", "Africa/Nowhere", &"x".repeat(5_000)] {
        let mut browser = owner.browser.clone();
        browser.session = Some(format!("{}; time_zone={zone}", owner.browser.session.as_ref().unwrap()));
        let answer = browser.call("get_overview", &fields(&[("account", &owner.account.to_string())])).await;
        assert_eq!(answer.status, StatusCode::OK, "{zone:.20}: {answer:?}");
    }
}
