//! Deleting an organisation and founding another, as browsers meet it, with plain forms.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, Person, Stream, on_both_databases};
use axum::http::StatusCode;
use model::Role;

on_both_databases!(deleted_and_restored, no_longer_ours_to_ask, open_pages, invitation_link, founded);

fn path(person: &Person, page: &str) -> String {
    format!("/accounts/{}{page}", person.account)
}

async fn form(browser: &Browser, page: &str, function: &str) -> PageForm {
    PageForm::on(&browser.get(page).await.body, function)
}

async fn delete(owner: &Person) {
    let page = path(owner, "/organisation");
    let filled = form(&owner.browser, &page, "delete_organisation").await;
    let filled = filled.fill("form[name]", "Acme");
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
}

async fn deleted_and_restored(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.join(Role::Admin).await);
    let page = path(owner, "/organisation");
    let shown = owner.browser.get(&page).await.body;
    assert!(shown.contains("This also deletes 1 account, 2 members"), "the numbers are on the page");
    assert!(!admin.browser.get(&page).await.body.contains("delete_organisation"), "the owner alone is asked");
    let wrong = PageForm::on(&shown, "delete_organisation").fill("form[name]", "Acme Inc");
    let answer = owner.browser.post(&page, &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Type the name exactly as shown above."));
    let again = PageForm::on(&answer.body, "delete_organisation");
    assert_eq!(again.value("form[name]"), "Acme Inc");
    delete(owner).await;

    let gone = admin.browser.get(&path(owner, "/members")).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    assert!(gone.body.contains("This organisation is being deleted") && gone.body.contains("Ask Olga Owens"));
    assert!(!gone.body.contains("restore_organisation"));
    let home = owner.browser.get("/").await;
    assert!(home.body.contains("Acme is being deleted") && home.body.contains(&path(owner, "")));
    let account = path(owner, "");
    let restore = form(&owner.browser, &account, "restore_organisation").await;
    let answer = owner.browser.post(&account, &restore.action, &restore.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*account));
    for person in [owner, &admin] {
        assert_eq!(person.browser.get(&account).await.status, StatusCode::OK);
    }
}

/// Whoever is not a member is told nothing, before and after.
async fn no_longer_ours_to_ask(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.sign_up("Globex").await;
    delete(app.owner()).await;
    let page = stranger.browser.get(&path(app.owner(), "")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(!page.body.contains("being deleted"));
}

async fn open_pages(on: Kind) {
    let app = App::new(on).await;
    let member = app.join(Role::Member).await;
    let mut hints = app.service.hints();
    let mut stream = Stream::open(&member.browser).await;
    // On PostgreSQL hints come by way of the database: waits until they do.
    for city in ["Cape Town", "Durban"].into_iter().cycle() {
        if hints.try_recv().is_ok() {
            break;
        }
        let account = app.owner().account.to_string();
        let city = ("form[physical_address][city]", city);
        let form = crate::support::fields(&[("account", &account), ("form[name]", "Acme"), city]);
        app.owner().browser.call("update_organisation", &form).await;
    }
    delete(app.owner()).await;
    stream.until("rights").await;
    // Whoever sees the page that says so sees the organisation again when it is restored.
    let restore = crate::support::fields(&[("account", &app.owner().account.to_string())]);
    assert_eq!(app.owner().browser.call("restore_organisation", &restore).await.status, StatusCode::OK);
    stream.until("rights").await;
}

async fn invitation_link(on: Kind) {
    let app = App::new(on).await;
    let page = format!("/invitations/{}", app.invite(&app.new_address("new"), Role::Viewer).await);
    let filled = form(&app.browser(), &page, "accept_invitation").await;
    let filled =
        filled.fill("form[first_name]", "Nora").fill("form[last_name]", "New").fill("form[password]", PASSWORD);
    delete(app.owner()).await;
    assert!(app.browser().get(&page).await.body.contains("This organisation is being deleted"));
    let answer = app.browser().post(&page, &filled.action, &filled.fields).await;
    assert!(answer.status.is_client_error() && answer.set_cookies().is_empty());
    assert!(answer.body.contains("This organisation is being deleted"), "the page says what happened");
}

async fn founded(on: Kind) {
    let app = App::new(on).await;
    let page = "/organisations/new";
    let browser = app.removed().await.browser;
    assert!(browser.get("/").await.body.contains(page), "from where somebody is who is a member nowhere");
    assert!(app.owner().browser.get(&path(app.owner(), "")).await.body.contains(page), "from the switcher");
    assert_eq!(app.browser().get(page).await.header("location"), "/sign-in?then=/organisations/new");
    let empty = form(&browser, page, "create_organisation").await;
    let answer = browser.post(page, &empty.action, &empty.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let filled = PageForm::on(&answer.body, "create_organisation").fill("form[name]", "Initech & Sons");
    let answer = browser.post(&empty.action, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let account = answer.header("location");
    assert!(account.starts_with("/accounts/"));
    assert!(browser.get(account).await.body.contains("Initech &amp; Sons"));
}
