//! Signing up and confirming an address, as browsers see it: nothing tells who has a login, and reading a link does
//! nothing.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Setup, fields, on_both_databases, on_sqlite};
use axum::{body::Body, http::StatusCode};
use model::{Locale, Profile, Role, SignUpText, Text};

on_both_databases!(the_same_answer_for_every_address, in_another_browser, an_address_taken_back);
on_sqlite!(reading_a_link_does_nothing, asked_until_it_is_confirmed, the_outbox_where_there_is_one);

fn sign_up_form(email: &str) -> Vec<(String, String)> {
    fields(&[
        ("form[first_name]", "Nora"),
        ("form[last_name]", "New"),
        ("form[organisation]", "Initech"),
        ("form[email]", email),
        ("form[password]", PASSWORD),
    ])
}

async fn sign_up(app: &App, email: &str) -> (Browser, String) {
    let mut browser = app.browser();
    let answer = browser.call("sign_up", &sign_up_form(email)).await;
    assert_eq!(answer.status, StatusCode::OK);
    browser.keep(&answer);
    (browser, app.link(email, "/sign-up/confirm/").await)
}

async fn the_same_answer_for_every_address(on: Kind) {
    let app = App::new(on).await;
    let mut answers = Vec::new();
    for email in [app.owner().email.clone(), app.new_address("new")] {
        let browser = app.browser();
        let mut answer = browser.call("sign_up", &sign_up_form(&email)).await;
        let cookie = answer.session().unwrap();
        answer.headers.remove("set-cookie");
        let mut shown = app.browser();
        shown.session = Some(cookie.clone());
        let page = shown.get("/sign-up/sent").await;
        let mut headers: Vec<_> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.retain(|header| !header.starts_with("date:"));
        headers.sort();
        assert!(!page.body.contains(&email));
        assert!(page.body.contains(&*SignUpText::Sent.text(Locale::En)), "it may be held back");
        answers.push((answer.status, headers, answer.body, cookie.len(), page.status));
    }
    assert_eq!(answers[0], answers[1]);
    // Nor does asking for a new password, whether the address is confirmed, is not, or is nobody's.
    let unconfirmed = app.sign_up("Initech").await;
    app.unconfirm(&unconfirmed).await;
    let mut answers = Vec::new();
    for email in [app.owner().email.clone(), unconfirmed.email.clone(), app.new_address("new")] {
        let browser = app.browser();
        let answer = browser.call("ask_password_reset", &fields(&[("form[email]", &email)])).await;
        let mut headers: Vec<_> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
        headers.retain(|header| !header.starts_with("date:"));
        headers.sort();
        assert!(!browser.get("/forgot-password/sent").await.body.contains(&email));
        answers.push((answer.status, headers, answer.body));
    }
    assert!(answers[0] == answers[1] && answers[1] == answers[2], "{answers:?}");
    // Nor does asking for another address.
    let person = app.join(Role::Viewer).await;
    let ask = async |email: &str| {
        let form = fields(&[("form[email]", email), ("form[password]", PASSWORD)]);
        let answer = person.browser.call("change_own_email", &form).await;
        (answer.status, answer.body)
    };
    assert_eq!(ask(&app.owner().email).await, ask(&app.new_address("new")).await);
}

async fn in_another_browser(on: Kind) {
    let app = App::new(on).await;
    let email = app.new_address("nora");
    let (_, secret) = sign_up(&app, &email).await;
    let page = format!("/sign-up/confirm/{secret}");
    let mut phone = app.browser();
    let form = PageForm::on(&phone.get(&page).await.body, "confirm_sign_up");
    let wrong = form.fill("form[password]", "Wrong-Otter-42");
    let answer = phone.post(&page, &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.body.contains("Wrong-Otter-42"));
    let again = PageForm::on(&answer.body, "confirm_sign_up").fill("form[password]", PASSWORD);
    let answer = phone.post(&page, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    phone.keep(&answer);
    let profile: Profile = phone.call("get_profile", &fields(&[])).await.json();
    assert!(profile.confirmed && profile.email == email);
}

/// What opens links before people do, by GET or HEAD, uses none of them up.
async fn reading_a_link_does_nothing(on: Kind) {
    let app = App::new(on).await;
    let (browser, secret) = sign_up(&app, &app.new_address("nora")).await;
    let invited = app.invite(&app.new_address("ben"), Role::Viewer).await;
    let change = app.new_address("ana");
    let ana = app.join(Role::Viewer).await;
    ana.browser.call("change_own_email", &fields(&[("form[email]", &change), ("form[password]", PASSWORD)])).await;
    let change = app.link(&change, "/email/").await;
    let (forgetful, cara) = (app.join(Role::Viewer).await, app.join(Role::Viewer).await);
    let reset = app.password_reset(&forgetful).await;
    let undo = app.email_undo(&cara, &app.new_address("cara")).await;
    let pages = [
        (format!("/sign-up/confirm/{secret}"), &browser),
        (format!("/invitations/{invited}"), &app.browser()),
        (format!("/email/{change}"), &ana.browser),
        (format!("/password-reset/{reset}"), &app.browser()),
        (format!("/email-undo/{undo}"), &app.browser()),
    ];
    for (page, browser) in &pages {
        for method in ["HEAD", "GET", "GET"] {
            let request = browser.request(method, page).header("accept", "text/html").body(Body::empty()).unwrap();
            assert_eq!(browser.send(request).await.status, StatusCode::OK, "{method} {page}");
        }
        // Nor does a post to the address itself.
        assert!(browser.post(page, page, &fields(&[])).await.status.is_client_error(), "{page}");
    }
    // Nor is the secret in the address enough for what takes nothing else of a person: a password, or a session.
    let scanner = app.browser();
    for (function, secret) in [
        ("confirm_sign_up", &secret),
        ("accept_invitation", &invited),
        ("confirm_email", &change),
        ("reset_password", &reset),
        ("undo_email_change", &undo),
    ] {
        let answer = scanner.call(function, &fields(&[("form[secret]", secret)])).await;
        assert!(answer.status.is_client_error(), "{function}: {answer:?}");
    }
    let page = format!("/email-undo/{undo}");
    let form = PageForm::on(&scanner.get(&page).await.body, "undo_email_change");
    let undone = scanner.post(&page, &form.action, &form.fields).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{undone:?}");
    assert!(undone.header("location").starts_with("/password-reset/"), "{undone:?}");
    let confirmed = browser.call("confirm_sign_up", &fields(&[("form[secret]", &secret)])).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{confirmed:?}");
    let confirmed = ana.browser.call("confirm_email", &fields(&[("form[secret]", &change)])).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{confirmed:?}");
}

/// The page of an invitation offers both: to join with the login there is, and to be somebody new.
async fn an_address_taken_back(on: Kind) {
    let app = App::new(on).await;
    let squatter = app.sign_up("Squat").await;
    app.unconfirm(&squatter).await;
    let page = format!("/invitations/{}", app.invite(&squatter.email, Role::Viewer).await);
    let mut victim = app.browser();
    let html = victim.get(&page).await.body;
    let existing = PageForm::on(&html, "accept_invitation").fill("form[password]", "Wrong-Otter-42");
    assert_eq!(existing.value("form[existing]"), "true");
    let answer = victim.post(&page, &existing.action, &existing.fields).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let (_, own) = answer.body.split_once("Join with this login").unwrap();
    let new = PageForm::on(own, "accept_invitation").fill("form[first_name]", "Vera").fill("form[last_name]", "Vale");
    let new = new.fill("form[password]", "Loud-Badger-77");
    let answer = victim.post(&page, &new.action, &new.fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    victim.keep(&answer);
    let profile: Profile = victim.call("get_profile", &fields(&[])).await.json();
    assert!(profile.confirmed && profile.email == squatter.email && profile.id != squatter.user);
    let thief = squatter.browser.call("get_profile", &fields(&[])).await;
    assert_eq!(thief.status, StatusCode::UNAUTHORIZED, "signed out");
}

async fn asked_until_it_is_confirmed(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    app.unconfirm(owner).await;
    // What is known of people is read anew once somebody has joined.
    app.join(Role::Viewer).await;
    let mut browser = app.browser();
    let form =
        [("form[email]", owner.email.as_str()), ("form[password]", PASSWORD), ("form[then]", "/organisations/new")];
    let answer = browser.call("sign_in", &fields(&form)).await;
    assert_eq!(answer.header("location"), "/email");
    browser.keep(&answer);
    let overview = format!("/accounts/{}", owner.account);
    let settings = format!("{overview}/settings");
    assert_eq!(browser.get("/email").await.header("location"), format!("{settings}#email"));
    for page in [&settings, &overview] {
        assert!(browser.get(page).await.body.contains("Confirm your e-mail address"), "{page}");
    }
    let page = format!("/email/{}", app.link(&owner.email, "/email/").await);
    let form = PageForm::on(&browser.get(&page).await.body, "confirm_email");
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!(answer.header("location"), "/email");
    for page in [&settings, &overview] {
        assert!(!browser.get(page).await.body.to_lowercase().contains("confirm your e-mail address"), "{page}");
    }
    let answer =
        app.browser().call("sign_in", &fields(&[("form[email]", &owner.email), ("form[password]", PASSWORD)])).await;
    assert_eq!(answer.header("location"), "/");
}

async fn the_outbox_where_there_is_one(on: Kind) {
    for local_outbox in [true, false] {
        let app = Setup { local_outbox, ..Setup::on(on) }.app().await;
        let page = app.browser().get("/sign-up/sent").await;
        assert_eq!(page.body.contains("href=\"/outbox\""), local_outbox);
    }
}
