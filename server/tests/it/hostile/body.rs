use super::{assert_bad_request, assert_refused};
use crate::support::{App, Fields, Kind, fields, functions, on_both_databases};
use axum::{
    body::Body,
    http::{StatusCode, header},
};
use model::{Contact, Page};

on_both_databases!(unreadable, unknown_fields, missing_fields, bad_values, too_large, wrong_kind, plain);

/// Valid calls to every server function, about rows that are there.
async fn calls(app: &App) -> Vec<(&'static str, Fields)> {
    let ids = app.all_rows().await;
    functions().into_iter().map(|function| (function.name, function.fields(&ids))).collect()
}

fn with(call: &Fields, more: &[(&str, &str)]) -> Fields {
    [call.clone(), fields(more)].concat()
}

async fn unreadable(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    let bodies: [&[u8]; 8] = [
        br#"{"account":"x","form":{"name":"x"}}"#,
        b"\xff\xfe\xfd",
        b"a[b[c=1",
        b"[]=1&[][]=2",
        b"form[a][b][c][d][e][f][g][h]=1",
        b"form=1&form[name]=2",
        b"\0\0\0",
        b"<xml/>",
    ];
    for (function, _) in calls(&app).await {
        for body in bodies {
            let answer = browser.send(browser.calling(function, body)).await;
            assert_bad_request(&answer, &format!("{function} {}", String::from_utf8_lossy(body)));
        }
        let deep = format!("form{}=1", "[a]".repeat(10_000));
        assert_bad_request(&browser.send(browser.calling(function, deep)).await, function);
    }
}

async fn unknown_fields(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    for (function, call) in calls(&app).await {
        assert_bad_request(&browser.call(function, &with(&call, &[("owner", "me")])).await, function);
        assert_bad_request(&browser.call(function, &with(&call, &[("form[owner_id]", "me")])).await, function);
        assert_bad_request(&browser.call(function, &with(&call, &[("filter[organisation]", "x")])).await, function);
        let nested = with(&call, &[("form[physical_address][owner]", "x")]);
        assert_bad_request(&browser.call(function, &nested).await, function);
    }
    let list = fields(&[("account", &app.owner().account.to_string()), ("filter[tag]", "")]);
    let contacts: Page<Contact> = browser.call("list_contacts", &list).await.json();
    assert_eq!(contacts.total, 1, "nothing of it was carried out");
}

/// Left out, or there twice.
async fn missing_fields(on: Kind) {
    let app = App::new(on).await;
    let ids = app.all_rows().await;
    for function in functions() {
        let (call, is_optional) = (function.fields(&ids), |name: &str| function.is_optional(name));
        let browser = if function.changes_session { app.browser() } else { app.owner().browser.clone() };
        let function = function.name;
        for missing in 0..call.len() {
            let mut fields = call.clone();
            let (name, value) = fields.remove(missing);
            let what = format!("{function} without {name}");
            let answer = browser.call(function, &fields).await;
            if is_optional(&name) {
                assert!(!answer.status.is_server_error(), "{what}: {answer:?}");
            } else {
                assert_refused(&answer, &what);
            }
            let twice = with(&call, &[(&name, &value)]);
            assert_bad_request(&browser.call(function, &twice).await, &format!("{function} with {name} twice"));
        }
    }
}

async fn bad_values(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    let long = "x".repeat(10_000);
    let values = ["\0", "a\u{1}b", "\u{7f}", "line\r\nbreak\u{0}", &long, &"🦦".repeat(2_000)];
    for (function, call) in calls(&app).await {
        for position in 0..call.len() {
            let name = &call[position].0;
            // Where to go on is dropped when it leads nowhere; a password may hold anything short.
            if name == "form[then]" {
                continue;
            }
            for value in values {
                let mut fields = call.clone();
                value.clone_into(&mut fields[position].1);
                let answer = browser.call(function, &fields).await;
                assert_refused(&answer, &format!("{function} with {name} = {value:.9?}"));
            }
            let before = form_urlencoded::Serializer::new(String::new()).extend_pairs(&call[..position]).finish();
            let after = form_urlencoded::Serializer::new(String::new()).extend_pairs(&call[position + 1..]).finish();
            let not_utf8 = format!("{before}&{name}=%ff%fe&{after}");
            let answer = browser.send(browser.calling(function, not_utf8.trim_matches('&').to_owned())).await;
            assert_refused(&answer, &format!("{function} with bytes in {name}"));
        }
    }
}

async fn too_large(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    for (function, _) in calls(&app).await {
        for size in [model::limit::BODY + 1, 8 << 20] {
            let answer = browser.send(browser.calling(function, vec![b'x'; size])).await;
            assert_refused(&answer, function);
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{function}");
        }
        let most = vec![b'x'; model::limit::BODY];
        assert_bad_request(&browser.send(browser.calling(function, most)).await, function);
    }
    // A body that says of itself that it has no end.
    let pieces = std::iter::repeat_with(|| Ok::<_, std::io::Error>("x".repeat(64 << 10))).take(1_000);
    let endless = Body::from_stream(futures::stream::iter(pieces));
    let answer = browser.send(browser.calling("sign_in", endless)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

async fn wrong_kind(on: Kind) {
    let app = App::new(on).await;
    let browser = &app.owner().browser;
    for (function, call) in calls(&app).await {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&call).finish();
        for kind in
            [None, Some("application/json"), Some("text/plain"), Some("multipart/form-data; boundary=x"), Some("")]
        {
            let mut request = browser.calling(function, body.clone());
            request.headers_mut().remove(header::CONTENT_TYPE);
            if let Some(kind) = kind {
                request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().unwrap());
            }
            assert_bad_request(&browser.send(request).await, &format!("{function} as {kind:?}"));
        }
    }
    let mut request = browser.calling("get_profile", "");
    let kind = "Application/X-WWW-Form-Urlencoded; charset=UTF-8".parse().unwrap();
    request.headers_mut().insert(header::CONTENT_TYPE, kind);
    assert_eq!(browser.send(request).await.status, StatusCode::OK);
}

/// From a plain form: the page that it stands on, with the status.
async fn plain(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}", owner.account);
    for (function, call) in calls(&app).await {
        let call = with(&call, &[("owner", "me")]);
        let answer = owner.browser.post(&page, &format!("/api/{function}"), &call).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{function}");
        assert!(answer.header("content-type").starts_with("text/html"), "{function}");
    }
}
