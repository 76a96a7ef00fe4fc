//! A copy of one's data, and the end of one's login, as browsers meet them without the page's code.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Person, fields, on_both_databases};
use axum::http::StatusCode;
use model::{DataExport, Job, Role};
use service::{Context, data_export};
use std::sync::Arc;

on_both_databases!(exported, for_its_person_alone, deleted, an_owner_is_shown_the_way, without_an_organisation);

const FILE: &str = "/data-export/tenantry-my-data.json";

fn settings(person: &Person) -> String {
    format!("/accounts/{}/settings", person.account)
}

async fn write(app: &App) {
    let system = Context::system(Arc::clone(&app.service), Job::ExportData).unwrap();
    while data_export::write_some(&system).await.unwrap() {}
}

async fn exported(on: Kind) {
    let app = App::new(on).await;
    let ana = app.join(Role::Viewer).await;
    let page = settings(&ana);
    let form = PageForm::on(&ana.browser.get(&page).await.body, "start_data_export");
    let answer = ana.browser.post(&page, &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*format!("{page}#export")));
    let running = ana.browser.get(&page).await.body;
    assert!(running.contains("Preparing your export: 0 of about") && running.contains("Check again"));
    assert!(!running.contains(FILE));
    assert_eq!(ana.browser.get(FILE).await.status, StatusCode::NOT_FOUND);
    write(&app).await;
    assert!(ana.browser.get(&page).await.body.contains(FILE));

    let answer = ana.browser.get(FILE).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/json"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tenantry-my-data.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let file: serde_json::Value = answer.json();
    assert_eq!(file["profile"][0]["email"], serde_json::Value::from(&*ana.email));
    assert!(!file["sessions"].as_array().unwrap().is_empty());
    assert!(!answer.body.contains(ana.browser.session.as_ref().unwrap().split_once('=').unwrap().1));
}

async fn for_its_person_alone(on: Kind) {
    let app = App::new(on).await;
    let (ana, owner) = (app.join(Role::Viewer).await, app.owner());
    assert_eq!(ana.browser.call("start_data_export", &fields(&[])).await.status, StatusCode::OK);
    write(&app).await;
    assert_eq!(ana.browser.get(FILE).await.status, StatusCode::OK);
    assert_eq!(owner.browser.get(FILE).await.status, StatusCode::NOT_FOUND);
    assert_eq!(owner.browser.call("get_data_export", &fields(&[])).await.json::<DataExport>(), DataExport::None);
    let signed_out = app.browser().get(FILE).await;
    assert_eq!((signed_out.status, signed_out.header("location")), (StatusCode::SEE_OTHER, "/sign-in?then=/my-data"));
}

async fn post(browser: &Browser, page: &str, form: PageForm) -> crate::support::Answer {
    browser.post(page, &form.action, &form.fields).await
}

async fn deleted(on: Kind) {
    let app = App::new(on).await;
    let ana = app.join(Role::Viewer).await;
    let (page, elsewhere) = (settings(&ana), ana.sign_in(&app).await);
    let shown = ana.browser.get(&page).await.body;
    assert!(shown.contains("ends your membership of 1 organisation") && shown.contains("as “Former member”"));
    let form = PageForm::on(&shown, "delete_user");
    assert!(!shown.contains("id=\"delete-user-code\""), "no code is asked of those who have none");
    let wrong = form.fill("form[email]", &app.owner().email).fill("form[password]", PASSWORD);
    let answer = post(&ana.browser, &page, wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Type your e-mail address exactly as shown above."));
    let again = PageForm::on(&answer.body, "delete_user");
    assert_eq!((again.value("form[email]"), again.value("form[password]")), (&*app.owner().email, ""));
    let right = again.fill("form[email]", &ana.email).fill("form[password]", PASSWORD);
    let answer = post(&ana.browser, &page, right).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account-deleted"));

    for browser in [&ana.browser, &elsewhere] {
        assert_eq!(browser.call("get_profile", &fields(&[])).await.status, StatusCode::UNAUTHORIZED);
        assert!(browser.get("/account-deleted").await.body.contains("Your account has been deleted"));
    }
    let form = fields(&[("form[email]", &ana.email), ("form[password]", PASSWORD)]);
    assert_eq!(app.browser().call("sign_in", &form).await.status, StatusCode::UNAUTHORIZED);
    let log = app.owner().browser.get(&format!("/accounts/{}/access-log", ana.account)).await.body;
    assert!(log.contains("deleted their account") && !log.contains("Ana Ruiz"));
}

async fn an_owner_is_shown_the_way(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = owner.browser.get(&settings(owner)).await.body;
    assert!(page.contains("You own these organisations") && !page.contains("/api/delete_user"));
    assert!(page.contains(&format!("/accounts/{}/organisation#danger-zone", owner.account)));
    let form = fields(&[("form[email]", &owner.email), ("form[password]", PASSWORD)]);
    let answer = owner.browser.call("delete_user", &form).await;
    assert_eq!(answer.problem(), model::Problem::Refused(model::Refusal::OwnsOrganisation));
}

async fn without_an_organisation(on: Kind) {
    let app = App::new(on).await;
    let nobody = app.removed().await;
    let home = nobody.browser.get("/").await.body;
    assert!(home.contains("/delete-account") && home.contains("/my-data"));
    assert!(nobody.browser.get("/my-data").await.body.contains("Prepare export"));
    let form = PageForm::on(&nobody.browser.get("/delete-account").await.body, "delete_user");
    let form = form.fill("form[email]", &nobody.email).fill("form[password]", PASSWORD);
    let answer = post(&nobody.browser, "/delete-account", form).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/account-deleted"));
}
