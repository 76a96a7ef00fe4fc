//! Forms of pages whose code has not loaded.

use crate::support::{App, Browser, Kind, PASSWORD, PageForm, on_both_databases};
use axum::http::StatusCode;
use model::{CampaignForm, ContactForm, InvitationFilter, Role};

on_both_databases!(
    sign_up,
    sign_up_again,
    sign_in,
    wrong_password,
    forgotten_password,
    changed_password,
    undone_change_of_address,
    accept,
    refused_invitation,
    contact,
    changed_by_two,
    organisation,
    billing,
    policy,
    invite,
    key,
    leads_nowhere_else,
    sign_out
);

async fn form(browser: &Browser, page: &str, function: &str) -> PageForm {
    PageForm::on(&browser.get(page).await.body, function)
}

async fn sign_up(on: Kind) {
    let app = App::new(on).await;
    let mut browser = app.browser();
    let email = app.new_address("new");
    let form = form(&browser, "/sign-up", "sign_up").await;
    let form = form.fill("form[first_name]", "Nora").fill("form[last_name]", "O'Neill & \"Sons\" <b>");
    let form = form.fill("form[organisation]", "Initech").fill("form[email]", &email);
    let form = form.fill("form[password]", PASSWORD);
    let answer = browser.post("/sign-up", &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-up/sent"));
    browser.keep(&answer);
    assert!(browser.get("/sign-up/sent").await.body.contains("Check your e-mail"));
    let page = format!("/sign-up/confirm/{}", app.link(&email, "/sign-up/confirm/").await);
    let form = PageForm::on(&browser.get(&page).await.body, "confirm_sign_up");
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    browser.keep(&answer);
    let home = browser.get("/").await;
    assert_eq!(home.status, StatusCode::FOUND);
    let console = browser.get(home.header("location")).await;
    assert_eq!(console.status, StatusCode::OK);
    assert!(console.body.contains("Initech"));
}

/// What is wrong stands beside its field, and what was typed stays; but no password comes back.
async fn sign_up_again(on: Kind) {
    let app = App::new(on).await;
    let browser = app.browser();
    let name = "O'Neill & \"Sons\" <script>alert(1)</script>";
    let filled = form(&browser, "/sign-up", "sign_up").await.fill("form[first_name]", "Nora");
    let filled = filled.fill("form[last_name]", name).fill("form[email]", "no address");
    let filled = filled.fill("form[password]", "Too-easy-42");
    let answer = browser.post("/sign-up", &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.set_cookies().is_empty());
    assert_eq!(error(&answer.body, "sign-up-organisation"), "Required.");
    assert!(error(&answer.body, "sign-up-email").starts_with("Enter an address with an @"));
    assert_eq!(error(&answer.body, "sign-up-first_name"), "");
    assert!(!answer.body.contains("Too-easy-42"), "a password is not sent back");
    assert!(!answer.body.contains("<script>alert"));
    let again = PageForm::on(&answer.body, "sign_up");
    assert_eq!(again.value("form[first_name]"), "Nora");
    assert_eq!(again.value("form[last_name]"), name);
    assert_eq!(again.value("form[email]"), "no address");
    assert_eq!(again.value("form[password]"), "");
    // The page that came back is a form that works.
    let again = again.fill("form[organisation]", "Initech").fill("form[email]", &app.new_address("new"));
    let again = again.fill("form[last_name]", "New").fill("form[password]", PASSWORD);
    assert_eq!(browser.post(&filled.action, &again.action, &again.fields).await.status, StatusCode::SEE_OTHER);
}

/// The sentence below a field.
fn error<'a>(html: &'a str, field: &str) -> &'a str {
    let (_, rest) = html.split_once(&format!("<p id=\"{field}-error\"")).unwrap_or_else(|| panic!("no {field}"));
    let (_, rest) = rest.split_once('>').unwrap();
    let sentence = rest.split("</p>").next().unwrap();
    // Marks of the framework for what is not there.
    sentence.trim_end_matches("<!>")
}

async fn sign_in(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let members = format!("/accounts/{}/members", owner.account);
    let inner = format!("{members}?search=a%26b&role=member");
    let mut browser = app.browser();
    let door = browser.get(&inner).await;
    let there = format!("/sign-in?then={members}%3Fsearch%3Da%2526b%26role%3Dmember");
    assert_eq!((door.status, door.header("location")), (StatusCode::SEE_OTHER, &*there));
    let filled = form(&browser, door.header("location"), "sign_in").await;
    let filled = filled.fill("form[email]", &owner.email).fill("form[password]", PASSWORD);
    let answer = browser.post(door.header("location"), &filled.action, &filled.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*inner));
    browser.keep(&answer);
    assert_eq!(browser.get(&inner).await.status, StatusCode::OK);
    let log = format!("/accounts/{}/access-log", owner.account);
    let file = format!("/accounts/{}/download/access-log.csv?outcome=refused", owner.account);
    let door = app.browser().get(&file).await;
    assert_eq!(door.header("location"), format!("/sign-in?then={log}%3Foutcome%3Drefused"));
    let nowhere = app.browser().get("/no/such/page").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(nowhere.body.contains("href=\"/sign-in\""), "{}", nowhere.body);
    // Where to go on leads nowhere else.
    for then in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nx: y"] {
        let filled = form(&app.browser(), "/sign-in", "sign_in").await.fill("form[then]", then);
        let filled = filled.fill("form[email]", &owner.email).fill("form[password]", PASSWORD);
        let answer = app.browser().post("/sign-in", &filled.action, &filled.fields).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"), "{then}");
    }
}

async fn wrong_password(on: Kind) {
    let app = App::new(on).await;
    let browser = app.browser();
    for email in [app.owner().email.as_str(), "nobody@example.com"] {
        let filled = form(&browser, "/sign-in?then=/accounts", "sign_in").await;
        let filled = filled.fill("form[email]", email).fill("form[password]", "Wrong-Otter-42");
        let answer = browser.post("/sign-in?then=/accounts", &filled.action, &filled.fields).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(answer.body.contains("Wrong e-mail or password"));
        assert!(!answer.body.contains("Wrong-Otter-42"));
        let again = PageForm::on(&answer.body, "sign_in");
        assert_eq!((again.value("form[email]"), again.value("form[password]")), (email, ""));
        assert_eq!(again.value("form[then]"), "/accounts", "where they were going is not forgotten");
    }
}

async fn forgotten_password(on: Kind) {
    let app = App::new(on).await;
    let person = app.sign_up("Initech").await;
    let browser = app.browser();
    assert!(browser.get("/sign-in").await.body.contains("href=\"/forgot-password\""));
    let wrong = form(&browser, "/forgot-password", "ask_password_reset").await.fill("form[email]", "no address");
    let answer = browser.post("/forgot-password", &wrong.action, &wrong.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "forgot-password-email").starts_with("Enter an address with an @"));
    let again = PageForm::on(&answer.body, "ask_password_reset").fill("form[email]", &person.email);
    let answer = browser.post("/forgot-password", &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/forgot-password/sent"));
    assert!(browser.get("/forgot-password/sent").await.body.contains("Check your e-mail"));

    let page = format!("/password-reset/{}", app.link(&person.email, "/password-reset/").await);
    let filled = form(&browser, &page, "reset_password").await;
    let common = filled.fill("form[new_password]", "Password123!").fill("form[repeated_password]", "Password123!");
    let answer = browser.post(&page, &common.action, &common.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "reset-password-new_password").starts_with("This is one of the most common passwords"));
    assert!(!answer.body.contains("Password123!"), "a password is not sent back");
    let again = PageForm::on(&answer.body, "reset_password");
    assert_eq!((again.value("form[new_password]"), again.value("form[repeated_password]")), ("", ""));
    let again = again.fill("form[new_password]", "Loud-Badger-77").fill("form[repeated_password]", "Loud-Badger-77");
    let answer = browser.post(&page, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?password=reset"));
    assert!(answer.set_cookies().is_empty(), "nobody is signed in by it");
    assert!(browser.get("/sign-in?password=reset").await.body.contains("Sign in with the new one."));
    assert_eq!(person.browser.call("get_profile", &Vec::new()).await.status, StatusCode::UNAUTHORIZED);
    let over = browser.get(&page).await;
    assert_eq!(over.status, StatusCode::NOT_FOUND);
    assert!(over.body.contains("Links work for 30 minutes"));
}

/// What came of it stands on the page; the browser in which it was done stays signed in.
async fn changed_password(on: Kind) {
    let app = App::new(on).await;
    let person = app.sign_up("Initech").await;
    let elsewhere = person.sign_in(&app).await;
    let page = format!("/accounts/{}/settings", person.account);
    let filled = form(&person.browser, &page, "change_own_password").await.fill("form[password]", "Wrong-Otter-42");
    let filled = filled.fill("form[new_password]", "Loud-Badger-77").fill("form[repeated_password]", "Loud-Badger-77");
    let answer = person.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(error(&answer.body, "change-password-password"), "This isn't your password.");
    assert!(!answer.body.contains("Loud-Badger-77") && !answer.body.contains("Wrong-Otter-42"));
    let again = PageForm::on(&answer.body, "change_own_password").fill("form[password]", PASSWORD);
    let again = again.fill("form[new_password]", "Loud-Badger-77").fill("form[repeated_password]", "Loud-Badger-77");
    let answer = person.browser.post(&page, &again.action, &again.fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains("Password changed."));
    assert_eq!(PageForm::on(&answer.body, "change_own_password").value("form[password]"), "");
    assert_eq!(person.browser.get(&page).await.status, StatusCode::OK);
    assert_eq!(elsewhere.call("get_profile", &Vec::new()).await.status, StatusCode::UNAUTHORIZED);
}

async fn undone_change_of_address(on: Kind) {
    let app = App::new(on).await;
    let person = app.sign_up("Initech").await;
    let page = format!("/email-undo/{}", app.email_undo(&person, &app.new_address("mallory")).await);
    let mut browser = app.browser();
    let button = form(&browser, &page, "undo_email_change").await;
    let answer = browser.post(&page, &button.action, &button.fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(person.browser.call("get_profile", &Vec::new()).await.status, StatusCode::UNAUTHORIZED);
    let page = answer.header("location").to_owned();
    let shown = browser.get(&page).await;
    assert!(shown.body.contains("the old password no longer works"), "{}", shown.body);
    let filled = PageForm::on(&shown.body, "reset_password").fill("form[new_password]", "Loud-Badger-77");
    let filled = filled.fill("form[repeated_password]", "Loud-Badger-77");
    let answer = browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.header("location"), "/sign-in?password=reset");
    let filled = form(&browser, "/sign-in", "sign_in").await.fill("form[email]", &person.email);
    let filled = filled.fill("form[password]", "Loud-Badger-77");
    let answer = browser.post("/sign-in", &filled.action, &filled.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    browser.keep(&answer);
    assert_eq!(browser.call("get_profile", &Vec::new()).await.status, StatusCode::OK);
}

async fn accept(on: Kind) {
    let app = App::new(on).await;
    let mut browser = app.browser();
    let page = format!("/invitations/{}", app.invite(&app.new_address("new"), Role::Viewer).await);
    let filled = form(&browser, &page, "accept_invitation").await.fill("form[password]", "short");
    let answer = browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(error(&answer.body, "accept-first_name"), "Required.");
    let again = PageForm::on(&answer.body, "accept_invitation").fill("form[first_name]", "Nora");
    let again = again.fill("form[last_name]", "New").fill("form[password]", PASSWORD);
    let answer = browser.post(&filled.action, &again.action, &again.fields).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, &*format!("/accounts/{}", app.owner().account))
    );
    browser.keep(&answer);
    assert_eq!(browser.get(answer.header("location")).await.status, StatusCode::OK);
    let over = app.browser().get(&page).await;
    assert!(over.body.contains("This invitation has been accepted"));
}

async fn refused_invitation(on: Kind) {
    let app = App::new(on).await;
    let unknown = app.browser().get("/invitations/nonsense").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("This link doesn't work") && unknown.body.contains("ask for a new invitation"));
    let page = format!("/invitations/{}", app.invite(&app.new_address("new"), Role::Viewer).await);
    let filled = form(&app.browser(), &page, "accept_invitation").await;
    let owner = app.owner();
    let ctx = app.context(owner.user);
    let id = service::invitation::list(&ctx, owner.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    service::invitation::revoke(&ctx, owner.account, id).await.unwrap();
    let over = app.browser().get(&page).await;
    assert!(over.body.contains("This invitation was withdrawn"));
    let filled =
        filled.fill("form[first_name]", "Nora").fill("form[last_name]", "New").fill("form[password]", PASSWORD);
    let answer = app.browser().post(&page, &filled.action, &filled.fields).await;
    assert!(answer.status.is_client_error() && answer.set_cookies().is_empty());
    assert!(answer.body.contains("This invitation was withdrawn"), "the page says what happened");
}

async fn contact(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let list = format!("/accounts/{}/contacts", owner.account);
    let new = format!("{list}/new");
    let filled =
        form(&owner.browser, &new, "create_contact").await.fill("form[name]", "Zoe").fill("form[mobile]", "082");
    let answer = owner.browser.post(&new, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "new-contact-mobile").starts_with("Start with +"));
    let again = PageForm::on(&answer.body, "create_contact");
    assert_eq!((again.value("form[name]"), again.value("form[mobile]")), ("Zoe", "082"));
    let again = again.fill("form[mobile]", "+27825550100");
    let answer = owner.browser.post(&filled.action, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*list));
    let page = owner.browser.get(&list).await.body;
    assert!(page.contains("Zoe"));
    let (_, rest) = page.split_once(&format!("{list}/0")).unwrap();
    let one = format!("{list}/0{}", rest.split('"').next().unwrap());
    let filled = form(&owner.browser, &one, "update_contact").await.fill("form[name]", "Zoe Zander");
    assert_eq!(owner.browser.post(&one, &filled.action, &filled.fields).await.status, StatusCode::SEE_OTHER);
    assert!(owner.browser.get(&list).await.body.contains("Zoe Zander"));
    let delete = form(&owner.browser, &one, "delete_contact").await;
    let answer = owner.browser.post(&one, &delete.action, &delete.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*list));
    assert!(!owner.browser.get(&list).await.body.contains("Zoe Zander"));
}

/// Who saves later sees what the other saved, beside what they typed; posted once more, it is saved over.
async fn changed_by_two(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let (ctx, account) = (app.context(owner.user), owner.account);
    let typed = |name: &str| ContactForm {
        name: name.to_owned(),
        email: "zoe@example.com".to_owned(),
        ..ContactForm::default()
    };
    let id = service::contact::create(&ctx, account, typed("Zoe Zander")).await.unwrap();
    let sale =
        |name: &str| CampaignForm { name: name.to_owned(), text: "20% off".to_owned(), ..CampaignForm::default() };
    let campaign = service::campaign::create(&ctx, account, sale("Spring sale")).await.unwrap();
    let pages = [
        (format!("/accounts/{account}/contacts/{id}"), "update_contact", "Zoe Bo", "Zoe Ruiz"),
        (format!("/accounts/{account}/campaigns/{campaign}"), "update_campaign", "Summer sale", "Winter sale"),
    ];
    let opened =
        [form(&owner.browser, &pages[0].0, pages[0].1).await, form(&owner.browser, &pages[1].0, pages[1].1).await];
    service::contact::update(&ctx, account, id, typed("Zoe Bo")).await.unwrap();
    service::campaign::update(&ctx, account, campaign, sale("Summer sale")).await.unwrap();
    for ((page, function, theirs, mine), opened) in pages.into_iter().zip(opened) {
        let filled = opened.fill("form[name]", mine);
        let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{page}");
        let (_, compared) = answer.body.split_once("Compare both versions").unwrap();
        let (compared, _) = compared.split_once("</table>").unwrap();
        assert!(compared.contains(theirs) && compared.contains(mine), "{compared}");
        assert!(!compared.contains("20% off") && !compared.contains("zoe@"), "only what differs: {compared}");
        let again = PageForm::on(&answer.body, function);
        assert_eq!(again.value("form[name]"), mine);
        let saved = owner.browser.post(&filled.action, &again.action, &again.fields).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{page}");
        assert_eq!(form(&owner.browser, &page, function).await.value("form[name]"), mine);
    }
}

async fn organisation(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/organisation", owner.account);
    let filled = form(&owner.browser, &page, "update_organisation").await.fill("form[name]", "Acme & Sons");
    let filled = filled.fill("form[physical_address][city]", &"x".repeat(300));
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "organisation-physical_address-city-").starts_with("Use "));
    let again = PageForm::on(&answer.body, "update_organisation");
    assert_eq!(again.value("form[name]"), "Acme & Sons");
    let again = again.fill("form[physical_address][city]", "Durban").fill("form[physical_address][country]", "ZA");
    let answer = owner.browser.post(&filled.action, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    let saved = form(&owner.browser, &page, "update_organisation").await;
    assert_eq!((saved.value("form[name]"), saved.value("form[physical_address][city]")), ("Acme & Sons", "Durban"));
    assert_eq!(saved.value("form[physical_address][country]"), "ZA");
    assert!(owner.browser.get(&page).await.body.contains("changed the name and the physical address"));
}

async fn billing(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/billing", owner.account);
    let filled = form(&owner.browser, &page, "update_billing").await.fill("form[address][country]", "DE");
    let filled =
        filled.fill("form[address][city]", "Berlin").fill("form[email]", "bills").fill("form[vat_number]", "12");
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(error(&answer.body, "billing-vat_number"), "A VAT number in Germany looks like DE123456789.");
    assert!(error(&answer.body, "billing-email").starts_with("Enter an address with an @"));
    let again = PageForm::on(&answer.body, "update_billing");
    assert_eq!((again.value("form[address][country]"), again.value("form[address][city]")), ("DE", "Berlin"));
    let again = again.fill("form[vat_number]", "de 123 456 789").fill("form[email]", "bills@acme.example");
    let answer = owner.browser.post(&filled.action, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    let saved = form(&owner.browser, &page, "update_billing").await;
    assert_eq!((saved.value("form[vat_number]"), saved.value("form[address][country]")), ("DE123456789", "DE"));
    let shown = owner.browser.get(&page).await.body;
    assert!(shown.contains("changed the billing address, the billing e-mail and the VAT number"));
}

/// Each point is a form of its own; what is wrong with one stands at that one alone.
async fn policy(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/policy", owner.account);
    let form = |html: &str, field: &str| PageForm::with(html, "update_policy", &format!("form[{field}]"));
    let shown = owner.browser.get(&page).await.body;
    assert_eq!(form(&shown, "default_role").value("form[default_role]"), "admin");
    let filled = form(&shown, "domains").fill("form[domains]", "no domain");
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "domains-domains").starts_with("no isn't a domain."));
    assert_eq!(error(&answer.body, "depth-depth"), "");
    let again = form(&answer.body, "domains");
    assert_eq!(again.value("form[domains]"), "no domain");
    let again = again.fill("form[domains]", "example.com");
    let answer = owner.browser.post(&again.action, &again.action, &again.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*page));
    for (field, value) in [("depth", "2"), ("session_hours", "8"), ("default_role", "viewer"), ("new_keys", "nothing")]
    {
        let name = format!("form[{field}]");
        let filled = form(&owner.browser.get(&page).await.body, field).fill(&name, value);
        assert_eq!(owner.browser.post(&page, &filled.action, &filled.fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(form(&owner.browser.get(&page).await.body, field).value(&name), value);
    }
    let invite = format!("/accounts/{}/members/invite", owner.account);
    let starts = PageForm::on(&owner.browser.get(&invite).await.body, "invite_members");
    assert_eq!(starts.value("form[role]"), "viewer");
    let safer = PageForm::on(&owner.browser.get(&page).await.body, "make_policy_safer");
    assert_eq!(owner.browser.post(&page, &safer.action, &safer.fields).await.status, StatusCode::SEE_OTHER);
    let shown = owner.browser.get(&page).await.body;
    assert_eq!(form(&shown, "role_changes").value("form[role_changes]"), "owner");
    assert!(!shown.contains("make_policy_safer"), "there is nothing left to draw tighter");
    // Whoever may not change it reads it.
    let read = app.join(Role::Viewer).await.browser.get(&page).await;
    assert_eq!(read.status, StatusCode::OK);
    assert!(read.body.contains("Only the owner") && !read.body.contains("update_policy"));
}

async fn invite(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/members/invite", owner.account);
    let filled = form(&owner.browser, &page, "invite_members").await.fill("form[emails]", "nonsense");
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(error(&answer.body, "invite-emails").starts_with("Enter an e-mail address with an @"));
    let again = PageForm::on(&answer.body, "invite_members");
    assert_eq!(again.value("form[emails]"), "nonsense");
    let again = again.fill("form[emails]", &format!("nora@example.com, ned@example.com, {}", owner.email));
    let answer = owner.browser.post(&filled.action, &again.action, &again.fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    for told in ["2 invitations", "nora@example.com", "already a member"] {
        assert!(answer.body.contains(told), "{told}");
    }
    assert_eq!(PageForm::on(&answer.body, "invite_members").value("form[emails]"), "");
    let members = owner.browser.get(&format!("/accounts/{}/members?status=pending", owner.account)).await;
    assert!(members.body.contains("nora@example.com"));
}

/// A secret is told in the page that comes back, and never again.
async fn key(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/api-keys/new", owner.account);
    let filled = form(&owner.browser, &page, "create_api_key").await;
    assert_eq!(filled.value("form[permissions]").split(' ').count(), model::Node::resources().count(), "by the policy");
    // Without the page's code a role decides.
    let filled = filled.fill("form[name]", "Web shop").fill("form[like]", "viewer");
    let answer = owner.browser.post(&page, &filled.action, &filled.fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    // The list beside it shows how keys begin.
    let mut shown = answer.body.split("tnt_").skip(1).filter_map(|rest| rest.split('<').next());
    let secret = format!("tnt_{}", shown.find(|rest| rest.len() == 43).unwrap());
    let own = app.browser().with_key(&secret).call_rest("GET", "/v1/key", None).await.json::<serde_json::Value>();
    let permissions = own["permissions"].to_string();
    assert_eq!(own["name"], "Web shop");
    assert!(permissions.contains("contact.read.basic") && !permissions.contains("contact.read.pii"), "{permissions}");
    let drawer = format!("/accounts/{}/api-keys/{}", owner.account, own["id"].as_str().unwrap());
    for path in [&page, &drawer] {
        assert!(!owner.browser.get(path).await.body.contains(&secret));
    }
    let rotate = form(&owner.browser, &drawer, "rotate_api_key").await;
    let answer = owner.browser.post(&drawer, &rotate.action, &rotate.fields).await;
    assert!(answer.body.contains("Copy the secret of") && !answer.body.contains(&secret));
    assert_eq!(app.browser().with_key(&secret).call_rest("GET", "/v1/key", None).await.status.as_u16(), 401);
}

/// A page that came back has the address of the function it was posted to, and says itself where it
/// belongs: that leads nowhere else either.
async fn leads_nowhere_else(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let page = format!("/accounts/{}/organisation", owner.account);
    let filled = form(&owner.browser, &page, "update_organisation").await;
    for elsewhere in
        ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0ax:y", "%2f%2fevil.example", ""]
    {
        let Ok(action) = format!("{}&page={elsewhere}", filled.action).parse::<axum::http::Uri>() else { continue };
        let answer = owner.browser.post(&page, &action.to_string(), &filled.fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{elsewhere}");
        let to = answer.header("location");
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{elsewhere}: {to}");
        let answer = owner.browser.post("//evil.example", &filled.action, &filled.fields).await;
        assert_eq!(answer.header("location"), "/");
    }
}

async fn sign_out(on: Kind) {
    let app = App::new(on).await;
    let browser = app.owner().sign_in(&app).await;
    let page = format!("/accounts/{}", app.owner().account);
    let form = form(&browser, &page, "sign_out").await;
    let answer = browser.post(&page, &form.action, &form.fields).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(browser.get(&page).await.status, StatusCode::SEE_OTHER);
}
