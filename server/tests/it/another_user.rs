//! A page of somebody who is signed in no longer, in the browser of somebody who has signed in since.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Person, fields, functions, on_both_databases};
use axum::http::StatusCode;
use model::{AccessFilter, Now, Problem, Role};

on_both_databases!(calls, forms, says_whose_page, signed_out, nonsense);

/// The owner's browser, after somebody else has signed in with it.
async fn taken_over(app: &App) -> (Person, Browser) {
    let theo = app.join(Role::Admin).await;
    let mut browser = app.owner().sign_in(app).await;
    let form = fields(&[("form[email]", &theo.email), ("form[password]", PASSWORD)]);
    let answer = browser.call("sign_in", &form).await;
    browser.keep(&answer);
    (theo, browser)
}

/// What somebody did, by the log.
async fn entries(app: &App, of: &Person) -> Vec<model::AccessEntryId> {
    let owner = app.owner();
    let filter = AccessFilter { user: Some(of.user), ..AccessFilter::default() };
    let log = service::access_log::list(&app.context(owner.user), owner.account, filter).await;
    log.unwrap().rows.iter().map(|entry| entry.id).collect()
}

fn by_ana() -> Problem {
    Problem::AnotherUser { first_name: "Ana".to_owned() }
}

/// Whatever the page calls: nothing is done, not even by what needs no sign-in.
async fn calls(on: Kind) {
    let app = App::new(on).await;
    let (theo, browser) = taken_over(&app).await;
    let page = browser.with("x-page-user", app.owner().user.to_string().as_bytes());
    let ids = app.all_rows().await;
    let before = entries(&app, &theo).await;
    for function in functions() {
        let answer = page.call(function.name, &function.fields(&ids)).await;
        assert_eq!((answer.status, answer.problem()), (StatusCode::CONFLICT, by_ana()), "{}", function.name);
        assert!(answer.set_cookies().is_empty(), "{}", function.name);
    }
    assert_eq!(entries(&app, &theo).await, before);
    let own = browser.with("x-page-user", theo.user.to_string().as_bytes());
    assert_eq!(own.call("get_profile", &fields(&[])).await.status, StatusCode::OK);
}

async fn forms(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let path = format!("/accounts/{}/contacts/new", owner.account);
    let form = PageForm::on(&owner.browser.get(&path).await.body, "create_contact");
    let form = form.fill("form[name]", "Ben").fill("form[email]", "ben@example.com");
    let (theo, browser) = taken_over(&app).await;
    let before = entries(&app, &theo).await;
    let answer = browser.post(&path, &form.action, &form.fields).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("signed in as Ana") && answer.body.contains(&path), "{}", answer.body);
    assert!(!answer.body.contains("ben@example.com"), "what Olga typed is not for Theo");
    assert_eq!(entries(&app, &theo).await, before);
    // A page that came back says whose it is, and where it stands.
    let unfit = form.fill("form[email]", "nonsense");
    let returned = owner.browser.post(&path, &unfit.action, &unfit.fields).await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = PageForm::on(&returned.body, "create_contact");
    assert_eq!(again.action, format!("/api/create_contact?user={}&page={path}", owner.user));
    assert_eq!(browser.post(&path, &again.action, &again.fields).await.status, StatusCode::CONFLICT);
    let again = again.fill("form[email]", "ben@example.com");
    assert_eq!(
        owner.browser.post("/api/create_contact", &again.action, &again.fields).await.status,
        StatusCode::SEE_OTHER
    );
}

/// Every page of somebody who is signed in, and every form on it; none of anybody else's.
async fn says_whose_page(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (user, member) = (owner.user.to_string(), app.join(Role::Member).await.member);
    let account = format!("/accounts/{}", owner.account);
    for page in [
        "",
        "/contacts/new",
        "/members/invite",
        &format!("/members/{member}"),
        "/organisation",
        "/policy",
        "/api-keys/new",
    ] {
        let html = owner.browser.get(&format!("{account}{page}")).await.body;
        assert!(html.contains(&format!("data-user=\"{user}\"")), "{page}");
        let forms: Vec<&str> = html.split("<form ").skip(1).filter_map(|form| form.split('>').next()).collect();
        let posts = forms.iter().filter(|form| form.contains("method=\"post\"")).collect::<Vec<_>>();
        assert!(!posts.is_empty(), "{page}");
        assert!(posts.iter().all(|form| form.contains(&format!("?user={user}"))), "{page}: {posts:?}");
    }
    let door = app.browser().get("/sign-in").await.body;
    assert!(!door.contains("data-user") && !door.contains("?user="), "{door}");
}

/// Whoever is signed out is told so as ever; and of who is signed in, the browser alone hears.
async fn signed_out(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = app.browser().with("x-page-user", owner.user.to_string().as_bytes());
    assert_eq!(page.call("get_profile", &fields(&[])).await.problem(), Problem::SignedOut);
    let form = fields(&[("form[email]", &owner.email), ("form[password]", PASSWORD)]);
    assert_eq!(page.call("sign_in", &form).await.status, StatusCode::OK);
    let (theo, browser) = taken_over(&app).await;
    assert_eq!(browser.get("/live").await.json::<Now>().user, theo.user);
}

async fn nonsense(on: Kind) {
    let app = App::new(on).await;
    for said in [&b""[..], b"olga", b"\xff", b"00000000-0000-0000-0000-00000000000"] {
        let page = app.owner().browser.with("x-page-user", said);
        assert_eq!(page.call("get_profile", &fields(&[])).await.problem(), Problem::Malformed, "{said:?}");
    }
    for action in ["/api/sign_out?user=", "/api/sign_out?user=x&page=/", "/api/sign_out?user=%ff"] {
        let answer = app.owner().browser.post("/", action, &fields(&[])).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{action}");
    }
    assert_eq!(app.owner().browser.call("get_profile", &fields(&[])).await.status, StatusCode::OK);
}
