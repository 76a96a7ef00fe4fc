//! What is sensitive, posted from a session whose last proof is old: asked for, and carried out with what was typed.

use crate::support::{App, Kind, PASSWORD, PageForm, Person, fields, on_both_databases};
use axum::http::StatusCode;
use model::{Problem, Role, SensitiveAction};
use sea_orm::ConnectionTrait;

on_both_databases!(
    told_to_the_pages_code,
    leads_on,
    answered_on_the_page,
    wrong_and_then_right,
    nothing_but_functions,
    not_by_an_invitation
);

/// From now on the last proof in every session is old.
async fn age_proofs(app: &App, person: &Person) {
    app.service.database.for_migrations().execute_unprepared("UPDATE session SET proved_at = 0").await.unwrap();
    // Whatever was kept in memory of this person's sessions is read anew when another begins.
    person.sign_in(app).await;
}

async fn told_to_the_pages_code(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let days = |days| fields(&[("account", &owner.account.to_string()), ("form[invitation_days]", days)]);
    assert_eq!(owner.browser.call("update_policy", &days("3")).await.status, StatusCode::OK, "just signed in");
    let change = days("14");
    age_proofs(&app, owner).await;
    let refused = owner.browser.call("update_policy", &change).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (StatusCode::FORBIDDEN, Problem::ProofNeeded(SensitiveAction::Policy))
    );
    let wrong = owner.browser.call("confirm_identity", &fields(&[("form[password]", "Wrong-Otter-42")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(owner.browser.call("update_policy", &change).await.status, StatusCode::FORBIDDEN);
    let right = owner.browser.call("confirm_identity", &fields(&[("form[password]", PASSWORD)])).await;
    assert_eq!(right.status, StatusCode::OK);
    assert_eq!(owner.browser.call("update_policy", &change).await.status, StatusCode::OK);
}

async fn leads_on(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    age_proofs(&app, owner).await;
    let page = format!("/accounts/{}/policy", owner.account);
    let form = PageForm::with(&owner.browser.get(&page).await.body, "update_policy", "form[invitation_days]");
    let form = form.fill("form[invitation_days]", "3");
    let asked = owner.browser.post(&page, &form.action, &form.fields).await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(asked.body.contains("Confirm it's you to change the policy."), "{}", asked.body);
    let proof = PageForm::on(&asked.body, "confirm_identity").fill("form[password]", PASSWORD);
    let answer = owner.browser.post("/api/update_policy", &proof.action, &proof.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    let shown = PageForm::with(&owner.browser.get(&page).await.body, "update_policy", "form[invitation_days]");
    assert_eq!(shown.value("form[invitation_days]"), "3");
}

/// A key's secret is told once, in the answer to what was typed before.
async fn answered_on_the_page(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    age_proofs(&app, owner).await;
    let page = format!("/accounts/{}/api-keys/new", owner.account);
    let form = PageForm::on(&owner.browser.get(&page).await.body, "create_api_key").fill("form[name]", "Web & shop");
    let asked = owner.browser.post(&page, &form.action, &form.fields).await;
    let proof = PageForm::on(&asked.body, "confirm_identity").fill("form[password]", PASSWORD);
    let answer = owner.browser.post("/api/create_api_key", &proof.action, &proof.fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Web &amp; shop") && answer.body.contains("tnt_"), "{}", answer.body);
    assert!(!answer.body.contains(PASSWORD));
}

async fn wrong_and_then_right(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    age_proofs(&app, owner).await;
    let page = format!("/accounts/{}/organisation", owner.account);
    let form = PageForm::on(&owner.browser.get(&page).await.body, "delete_organisation").fill("form[name]", "Acme");
    let asked = owner.browser.post(&page, &form.action, &form.fields).await;
    let wrong = PageForm::on(&asked.body, "confirm_identity").fill("form[password]", "Wrong-Otter-42");
    let answer = owner.browser.post("/api/delete_organisation", &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("This isn't your password.") && !answer.body.contains("Wrong-Otter-42"));
    assert_eq!(owner.browser.get(&page).await.status, StatusCode::OK, "it is not deleted");
    let right = PageForm::on(&answer.body, "confirm_identity").fill("form[password]", PASSWORD);
    let answer = owner.browser.post("/api/confirm_identity", &right.action, &right.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    assert_eq!(owner.browser.get(&page).await.status, StatusCode::FORBIDDEN);
}

/// Accepting an invitation takes nothing of whoever is signed in, and so shows nothing of them.
async fn not_by_an_invitation(on: Kind) {
    let app = App::new(on).await;
    let guest = app.sign_up("Globex").await;
    let secret = app.invite(&guest.email, Role::Viewer).await;
    age_proofs(&app, &guest).await;
    let accepted = guest.browser.call("accept_invitation", &fields(&[("form[secret]", &secret)])).await;
    assert_eq!(accepted.status, StatusCode::OK);
    let change = fields(&[("account", &guest.account.to_string()), ("form[invitation_days]", "3")]);
    assert_eq!(guest.browser.call("update_policy", &change).await.status, StatusCode::FORBIDDEN);
}

/// What waits is a form of ours, and leads on to a page of ours.
async fn nothing_but_functions(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let post = async |path: &str, page: &str| {
        let waiting = [("form[password]", PASSWORD), ("then[path]", path), ("then[page]", page), ("then[body]", "")];
        owner.browser.post("/", "/api/confirm_identity", &fields(&waiting)).await
    };
    for path in ["", "/", "/healthz", "https://evil.example/api/get_profile", "/api/none"] {
        assert_eq!(post(path, "/").await.status, StatusCode::BAD_REQUEST, "{path}");
    }
    for page in ["https://evil.example", "//evil.example", "evil"] {
        let answer = post("/api/get_profile", page).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{page}");
    }
}
