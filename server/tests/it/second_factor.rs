//! Signing in by two steps: the first of them signs nobody in.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Person, code_at, fields, on_both_databases};
use axum::http::StatusCode;
use model::{ConfirmByCode, ConfirmIdentity, Password, Problem, Role};
use service::{Secret, second_factor};
use std::time::Duration;

on_both_databases!(
    without_the_pages_code,
    half_signed_in,
    accepting,
    other_browsers_end,
    replaced_without_the_pages_code,
    by_text_message_without_the_pages_code
);

/// The code that somebody's app shows in half a minute, which counts already.
async fn set_up(app: &App, person: &Person) -> String {
    let ctx = app.context(person.user);
    let form = ConfirmIdentity { password: Password::new(PASSWORD), code: String::new(), ..ConfirmIdentity::default() };
    second_factor::begin(&ctx, form).await.unwrap();
    let offer = second_factor::get(&ctx).await.unwrap().offer.unwrap();
    let now = app.service.now();
    second_factor::confirm(&ctx, ConfirmByCode { code: code_at(&offer.key, now) }).await.unwrap();
    code_at(&offer.key, now + Duration::from_secs(30))
}

async fn password(app: &App, person: &Person) -> Browser {
    let mut browser = app.browser();
    let form = fields(&[("form[email]", &person.email), ("form[password]", PASSWORD)]);
    let answer = browser.call("sign_in", &form).await;
    assert_eq!(answer.status, StatusCode::OK);
    browser.keep(&answer);
    browser
}

/// The page that a section of one's settings is on, for whoever can enter an account.
async fn settings(browser: &Browser, section: &str) -> String {
    let answer = browser.get(section).await;
    let (page, _) = answer.header("location").split_once('#').expect(section);
    assert!(page.ends_with("/settings"), "{page}");
    page.to_owned()
}

async fn without_the_pages_code(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let code = set_up(&app, owner).await;
    let mut browser = app.browser();
    let there = format!("/accounts/{}/members?search=ana&role=member", owner.account);
    let door = browser.get(&there).await;
    let form = PageForm::on(&browser.get(door.header("location")).await.body, "sign_in");
    let form = form.fill("form[email]", &owner.email).fill("form[password]", PASSWORD);
    let answer = browser.post("/sign-in", &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in/code"));
    browser.keep(&answer);

    let form = PageForm::on(&browser.get("/sign-in/code").await.body, "sign_in_with_code");
    let wrong = form.fill("form[code]", "000000");
    let answer = browser.post("/sign-in/code", &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("This code is wrong"), "{}", answer.body);
    let form = PageForm::on(&answer.body, "sign_in_with_code").fill("form[code]", &code);
    let answer = browser.post("/sign-in/code", &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*there));
    browser.keep(&answer);
    assert_eq!(browser.get(&there).await.status, StatusCode::OK);
}

async fn half_signed_in(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let code = fields(&[("form[code]", &set_up(&app, owner).await)]);
    assert_eq!(app.browser().call("sign_in_with_code", &code).await.problem(), Problem::SignedOut);

    let mut browser = password(&app, owner).await;
    let half = browser.session.clone();
    for function in ["get_profile", "sign_out"] {
        assert_eq!(browser.call(function, &fields(&[])).await.problem(), Problem::SignedOut, "{function}");
    }
    let answer = browser.get(&format!("/accounts/{}", owner.account)).await;
    assert!(answer.header("location").starts_with("/sign-in"), "{}", answer.status);
    let answer = browser.call("sign_in_with_code", &code).await;
    assert_eq!(answer.status, StatusCode::OK);
    browser.keep(&answer);
    assert_eq!(browser.call("get_profile", &fields(&[])).await.status, StatusCode::OK);
    // Whoever had the cookie of the first step has nothing.
    browser.session = half;
    assert_eq!(browser.call("get_profile", &fields(&[])).await.problem(), Problem::SignedOut);
    assert_eq!(browser.call("sign_in_with_code", &code).await.problem(), Problem::SignedOut);
}

/// An invitation to somebody with a second factor asks for the code first, and leads back.
async fn accepting(on: Kind) {
    let app = App::new(on).await;
    let other = app.sign_up("Globex").await;
    let code = set_up(&app, &other).await;
    let secret = app.invite(&other.email, Role::Viewer).await;
    let mut browser = app.browser();
    let answer =
        browser.call("accept_invitation", &fields(&[("form[secret]", &secret), ("form[password]", PASSWORD)])).await;
    assert_eq!(answer.status, StatusCode::OK);
    browser.keep(&answer);
    let open = service::invitation::open(&app.context(other.user), &Secret::from_client(secret.clone())).await.unwrap();
    assert_eq!(open.state, model::InvitationState::Pending);
    let form = PageForm::on(&browser.get("/sign-in/code").await.body, "sign_in_with_code").fill("form[code]", &code);
    let answer = browser.post("/sign-in/code", &form.action, &form.fields).await;
    assert_eq!(answer.header("location"), "/invitations");
    browser.keep(&answer);
    let settings = settings(&browser, "/invitations").await;
    let form = PageForm::on(&browser.get(&settings).await.body, "accept_own_invitation");
    let answer = browser.post(&settings, &form.action, &form.fields).await;
    assert_eq!(answer.header("location"), format!("/accounts/{}", app.owner().account));
}

/// Setting one up signs out every other browser at its next request.
async fn other_browsers_end(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (here, thief) = (owner.sign_in(&app).await, owner.sign_in(&app).await);
    let begin = here.call("begin_second_factor", &fields(&[("form[password]", PASSWORD)])).await;
    assert_eq!(begin.status, StatusCode::OK);
    let offer = here.call("get_second_factor", &fields(&[])).await.json::<model::SecondFactor>().offer.unwrap();
    let code = fields(&[("form[code]", &code_at(&offer.key, app.service.now()))]);
    assert_eq!(here.call("confirm_second_factor", &code).await.status, StatusCode::OK);

    assert_eq!(here.call("get_profile", &fields(&[])).await.status, StatusCode::OK);
    for ended in [&thief, &owner.browser] {
        assert_eq!(ended.call("get_profile", &fields(&[])).await.problem(), Problem::SignedOut);
    }
    assert_eq!(here.call("sign_out", &fields(&[])).await.status, StatusCode::OK);
}

/// The page asks for a code where one is needed.
async fn replaced_without_the_pages_code(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let settings = settings(&owner.browser, "/second-factor").await;
    let before = owner.browser.get(&settings).await.body;
    assert!(before.contains("begin_second_factor") && !before.contains("id=\"begin-code\""), "nothing to show yet");
    let code = set_up(&app, owner).await;
    let mut browser = password(&app, owner).await;
    let answer = browser.call("sign_in_with_code", &fields(&[("form[code]", &code)])).await;
    browser.keep(&answer);

    let page = browser.get(&settings).await.body;
    for function in ["begin_second_factor", "remove_second_factor"] {
        let form = PageForm::on(&page, function).fill("form[code]", "000000");
        let answer = browser.post(&settings, &form.action, &form.fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("This code is wrong"), "{}", answer.body);
    }
}

/// Those in a page.
fn recovery_codes(html: &str) -> Vec<String> {
    let (_, list) = html.split_once("aria-label=\"Recovery codes\"").unwrap();
    let (list, _) = list.split_once("</ul>").unwrap();
    list.split("<li>").skip(1).map(|item| item.split('<').next().unwrap().to_owned()).collect()
}

/// A number is verified, turned into a factor and used to sign in, by plain forms alone.
async fn by_text_message_without_the_pages_code(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let mut browser = owner.sign_in(&app).await;
    let page = settings(&browser, "/phone").await;
    let form = PageForm::on(&browser.get(&page).await.body, "change_own_phone");
    let wrong = form.fill("form[number]", "011 234 5678").fill("form[country]", "ZA").fill("form[password]", PASSWORD);
    let answer = browser.post(&page, &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Codes are sent to mobile phones only."), "{}", answer.body);
    let form = PageForm::on(&answer.body, "change_own_phone");
    assert_eq!((form.value("form[country]"), form.value("form[number]")), ("ZA", "011 234 5678"));
    let form = form.fill("form[number]", "082 123 4567").fill("form[password]", PASSWORD);
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.header("location").ends_with("/settings#phone"), "back to where it was typed");

    let code = app.sms_code("+27821234567").await;
    let form = PageForm::on(&browser.get(&page).await.body, "confirm_own_phone").fill("form[code]", &code);
    assert_eq!(browser.post(&page, &form.action, &form.fields).await.status, StatusCode::SEE_OTHER);
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("+27 82 123 4567"), "{shown}");
    let form = PageForm::on(&shown, "start_sms_codes");
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Save your recovery codes"), "shown where they were asked for");
    let shown_once = answer.body;
    assert!(!browser.get(&page).await.body.contains("Save your recovery codes"), "and this one time");
    let form = PageForm::on(&browser.get(&page).await.body, "renew_recovery_codes").fill("form[code]", "nonsense");
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "not without the second factor");
    let recovery = recovery_codes(&shown_once).remove(0);
    let form = PageForm::on(&browser.get(&page).await.body, "renew_recovery_codes").fill("form[code]", &recovery);
    let answer = browser.post(&page, &form.action, &form.fields).await;
    let renewed = recovery_codes(&answer.body);
    assert!(renewed.len() == 10 && !renewed.contains(&recovery), "shown where they were asked for");

    browser = password(&app, owner).await;
    let form = PageForm::on(&browser.get("/sign-in/code").await.body, "send_sign_in_code");
    let answer = browser.post("/sign-in/code", &form.action, &form.fields).await;
    assert!(answer.body.contains("A code is on its way to •••• 4567."), "{}", answer.body);
    let code = app.sms_code("+27821234567").await;
    let stolen = password(&app, owner).await.call("sign_in_with_code", &fields(&[("form[code]", &code)])).await;
    assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY, "it counts in the browser that asked for it");
    let form = PageForm::on(&answer.body, "sign_in_with_code").fill("form[code]", &code);
    let answer = browser.post("/sign-in/code", &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    browser.keep(&answer);
    assert_eq!(browser.call("get_profile", &fields(&[])).await.status, StatusCode::OK);
}
