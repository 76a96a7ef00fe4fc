use crate::support::{App, Browser, Function, Ids, Kind, Random, fields, functions, on_both_databases};
use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Request, Uri},
};

on_both_databases!(garbage);

const REQUESTS: usize = 3_000;
const METHODS: [&str; 8] = ["GET", "POST", "POST", "POST", "HEAD", "PUT", "OPTIONS", "DELETE"];
const HEADERS: [&str; 10] = [
    "cookie",
    "accept",
    "content-type",
    "origin",
    "sec-fetch-site",
    "referer",
    "x-forwarded-for",
    "user-agent",
    "accept-encoding",
    "content-length",
];
const PIECES: [&[u8]; 40] = [
    b"form",
    b"[",
    b"]",
    b"=",
    b"&",
    b"%",
    b"%00",
    b"%ff",
    b"%5B",
    b"[]",
    b"[0]",
    b"[name]",
    b"[email]",
    b"[password]",
    b"[emails]",
    b"[role]",
    b"account",
    b"contact",
    b"member",
    b"filter",
    b"[cursor]",
    b"[search]",
    b"role=owner",
    b"on=true",
    b"path=contact",
    b"\0",
    b"\xff",
    b"\xc3\x28",
    b"'\"--",
    b"<script>",
    b"{\"a\":",
    b"}",
    b"../",
    b"//",
    b"?",
    b";",
    b"tenantry=",
    b"time_zone=",
    b"text/html",
    b"application/x-www-form-urlencoded",
];

/// The same in every run: a failure names the number of its request.
async fn garbage(on: Kind) {
    let app = App::new(on).await;
    let ids = app.all_rows().await;
    let mut random = Random(42);
    let (anonymous, owner) = (app.browser(), app.owner().browser.clone());
    for number in 0..REQUESTS {
        let browser = if random.below(2) == 0 { &anonymous } else { &owner };
        let Some((request, what)) = request(&mut random, browser, &ids) else { continue };
        let response = browser.start(request).await;
        assert!(!response.status().is_server_error(), "request {number}, {what}: {response:?}");
    }
    let here = fields(&[("account", &app.owner().account.to_string())]);
    assert_eq!(app.owner().sign_in(&app).await.call("get_standing", &here).await.status, 200, "and the server goes on");
}

fn junk(random: &mut Random, most: usize) -> Vec<u8> {
    (0..random.below(most)).flat_map(|_| random.one_of(&PIECES).to_vec()).collect()
}

/// `None` for what is no request at all.
fn request(random: &mut Random, browser: &Browser, ids: &Ids) -> Option<(Request<Body>, String)> {
    // After a deletion everything would be refused alike.
    let functions: Vec<Function> =
        functions().into_iter().filter(|function| function.name != "delete_organisation").collect();
    let function = random.one_of(&functions);
    let path = match random.below(4) {
        0 => [b"/".to_vec(), junk(random, 6)].concat(),
        1 => [format!("/accounts/{}/", ids.get("account")).into_bytes(), junk(random, 4)].concat(),
        _ => format!("/api/{}", function.name).into_bytes(),
    };
    let method = *random.one_of(&METHODS);
    let uri = Uri::try_from(path).ok()?;
    let what = format!("{method} {uri}");
    let mut request = browser.request(method, "/").uri(uri);
    for _ in 0..random.below(4) {
        let name = HeaderName::from_static(HEADERS[random.below(HEADERS.len())]);
        if let Ok(value) = HeaderValue::from_bytes(&junk(random, 4)) {
            request = request.header(name, value);
        }
    }
    if random.below(3) > 0 {
        request = request.header("content-type", "application/x-www-form-urlencoded");
    }
    let mut body = Vec::new();
    if random.below(2) == 0 {
        let valid = function.fields(ids);
        body = form_urlencoded::Serializer::new(String::new()).extend_pairs(valid).finish().into_bytes();
        for _ in 0..random.below(4) {
            let at = random.below(body.len() + 1);
            body.splice(at..at, random.one_of(&PIECES).iter().copied());
        }
    } else {
        body.extend(junk(random, 30));
    }
    Some((request.body(Body::from(body)).ok()?, what))
}
