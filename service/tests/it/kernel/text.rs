//! Text is compared the way people mean it: in every script, in composed letters and in single ones, whatever
//! the case; and an address has one form.

use crate::support::{Answer, App, Kind, Setup, SmtpServer, accept_form, en, on_both_databases, problem, sign_up_form};
use lettre::Address;
use model::{
    AcceptInvitation, AccountForm, ApiKeyFilter, CampaignFilter, CampaignForm, FieldErrors, InvitationFilter,
    InviteMembers, InviteOutcome, MemberFilter, MemberSort, Password, PolicyPoint, Role, RoleForm, SignIn,
    email_for_smtp, is_address,
};
use proptest::prelude::*;
use service::{Context, Mailer, account, api_key, campaign, invitation, member, outbox, policy, role, sign_up, user};
use std::sync::Arc;

on_both_databases!(
    role_names,
    searches,
    sorted,
    passwords,
    passwords_from_before,
    one_login,
    one_invitation,
    one_domain,
    in_ascii_for_the_mail_server,
    cannot_be_delivered,
);

async fn create_role(app: &App, name: &str) -> Result<(), FieldErrors> {
    let form = RoleForm { name: name.to_owned(), like: None };
    match role::create(&app.owner().ctx, app.account, form).await {
        Ok(_) => Ok(()),
        Err(error) => Err(problem::<()>(Err(error)).fields().unwrap().clone()),
    }
}

async fn role_names(on: Kind) {
    let app = App::new(on).await;
    create_role(&app, "Équipe Straße").await.unwrap();
    for same in ["E\u{301}quipe Straße", "ÉQUIPE STRASSE", "équipe  strasse", "Ｅ\u{301}quipe Straße"] {
        let fault = create_role(&app, same).await.unwrap_err();
        assert!(en(fault.get("name").unwrap()).contains("a role with this name"), "{same}");
    }
    let fault = create_role(&app, "Admin\u{200B}").await.unwrap_err();
    assert!(en(fault.get("name").unwrap()).contains("invisible"));
    assert!(en(create_role(&app, "ＡＤＭＩＮ").await.unwrap_err().get("name").unwrap()).contains("built-in role"));
    create_role(&app, "Equipe").await.unwrap();
}

async fn join(app: &App, first: &str, last: &str) {
    let secret = app.invite(&app.owner().ctx, app.account, &app.new_address("p"), Role::Viewer).await;
    let form = AcceptInvitation { first_name: first.to_owned(), last_name: last.to_owned(), ..accept_form(&secret) };
    invitation::accept(&app.anonymous(), form).await.unwrap();
}

async fn members(app: &App, filter: MemberFilter) -> Vec<String> {
    let page = member::list(&app.owner().ctx, app.account, filter).await.unwrap();
    page.rows.iter().map(|member| member.name.clone()).collect()
}

async fn searches(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for (first, last) in [("Οδυσσεύς", "Παπάς"), ("Işık", "İnan"), ("Zoe\u{301}", "Weiß"), ("Юрий", "Щукин")]
    {
        join(&app, first, last).await;
    }
    for (typed, expected) in [
        ("ΟΔΥΣΣΕΎΣ πα", "Οδυσσεύς Παπάς"),
        ("IŞIK", "Işık İnan"),
        ("işık inan", "Işık İnan"),
        ("ZOÉ WEISS", "Zoé Weiß"),
        ("zoe\u{301}", "Zoé Weiß"),
        ("ｗｅｉß", "Zoé Weiß"),
        ("юРИй  щ", "Юрий Щукин"),
    ] {
        let filter = MemberFilter { search: typed.to_owned(), ..MemberFilter::default() };
        assert_eq!(members(&app, filter).await, [expected], "{typed}");
    }
    let unseen = MemberFilter { search: "\u{200B}".to_owned(), ..MemberFilter::default() };
    assert!(members(&app, unseen).await.is_empty());
    let name = "Größe 50%".to_owned();
    account::create(&owner, app.account, AccountForm { name: name.clone() }).await.unwrap();
    let found = account::list(&owner, app.account, "GRO\u{308}SSE 50%").await.unwrap();
    assert_eq!(found.rows.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(), [name.as_str()]);
    assert_eq!(account::search_open(&owner, "grösse").await.unwrap().len(), 1);
    let form = CampaignForm { name: name.clone(), text: "Hi".to_owned(), tag: String::new(), version: None };
    campaign::create(&owner, app.account, form).await.unwrap();
    let filter = CampaignFilter { search: "GRÖSSE".to_owned(), ..CampaignFilter::default() };
    assert_eq!(campaign::list(&owner, app.account, filter).await.unwrap().rows.len(), 1);
    let form = model::ApiKeyForm { name, permissions: "contact.read".into(), days: 0, like: None };
    api_key::create(&owner, app.account, form).await.unwrap();
    let filter = ApiKeyFilter { search: "GRÖSSE".to_owned(), ..ApiKeyFilter::default() };
    assert_eq!(api_key::list(&owner, app.account, filter).await.unwrap().rows.len(), 1);
}

/// By the folded name, alike on both databases whatever the locale of the server.
async fn sorted(on: Kind) {
    let app = App::new(on).await;
    for first in ["bob", "Émile", "Anna", "éva", "anna-lena", "Ödön", "Zoe"] {
        join(&app, first, "X").await;
        create_role(&app, &format!("{first} role")).await.unwrap();
    }
    let names = members(&app, MemberFilter { sort: MemberSort::Name, ..MemberFilter::default() }).await;
    let expected = ["Anna X", "anna-lena X", "bob X", "Olga Owens", "Zoe X", "Émile X", "éva X", "Ödön X"];
    assert_eq!(names, expected);
    let roles = role::choices(&app.owner().ctx, app.account).await.unwrap();
    let roles: Vec<String> = roles.iter().map(|role| en(&role.name)).collect();
    assert_eq!(roles[..3], ["Anna role", "anna-lena role", "bob role"]);
    assert_eq!(roles[4..], ["Émile role", "éva role", "Ödön role"]);
}

async fn signs_in(app: &App, email: &str, password: &str) -> bool {
    let form = SignIn { email: email.to_owned(), password: Password::new(password), then: String::new() };
    user::sign_in(&app.anonymous(), form).await.is_ok()
}

async fn passwords(on: Kind) {
    let app = Setup::on(on).empty().await;
    let form =
        model::SignUp { password: Password::new("Quie\u{301}t-Otter-42"), ..sign_up_form("zoe@example.com", "Z") };
    sign_up::ask(&app.anonymous(), form).await.unwrap();
    assert!(signs_in(&app, "zoe@example.com", "Quiét-Otter-42").await, "on a keyboard with a key for it");
    assert!(signs_in(&app, "zoe@example.com", "Quie\u{301}t-Otter-42").await);
    assert!(!signs_in(&app, "zoe@example.com", "Quiet-Otter-42").await);
    assert!(!signs_in(&app, "zoe@example.com", "QUIÉT-OTTER-42").await, "never folded");
}

async fn passwords_from_before(on: Kind) {
    use argon2::{Argon2, PasswordHasher, password_hash::SaltString};
    let app = App::new(on).await;
    let typed = "Quie\u{301}t-Otter-42";
    let salt = SaltString::encode_b64(b"sixteen bytes of").unwrap();
    let hash = Argon2::default().hash_password(typed.as_bytes(), &salt).unwrap().to_string();
    app.sql(r#"UPDATE "user" SET password_hash = $1"#, vec![hash.into()]).await;
    assert!(signs_in(&app, &app.owner().email, typed).await);
    assert!(!signs_in(&app, &app.owner().email, "Quiet-Otter-42").await);
}

const SPELLINGS: [&str; 4] =
    ["ana@bücher.example", "ana@xn--bcher-kva.example", "Ana@BU\u{308}CHER.example", "ana@XN--BCHER-KVA.example"];

async fn one_login(on: Kind) {
    let app = App::new(on).await;
    app.sign_up_at(SPELLINGS[0], "Books").await;
    let letters = async || {
        app.deliver().await;
        app.service.mailer().local_letters().unwrap()
    };
    let before = letters().await.len();
    for spelling in SPELLINGS {
        assert!(signs_in(&app, spelling, crate::support::PASSWORD).await, "{spelling}");
        sign_up::ask(&app.anonymous(), sign_up_form(spelling, "Books")).await.unwrap();
    }
    let letters = letters().await;
    assert_eq!(letters.len(), before + SPELLINGS.len());
    assert!(letters[..SPELLINGS.len()].iter().all(|letter| !letter.text.contains("/sign-up/confirm/")), "{letters:?}");
}

fn invite(emails: &str) -> InviteMembers {
    InviteMembers { emails: emails.to_owned(), role: Role::Viewer, also: Vec::new(), permissions: "".into() }
}

async fn one_invitation(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let told = invitation::invite(&owner, app.account, invite(&SPELLINGS.join(", "))).await.unwrap();
    assert_eq!(
        told.iter().map(|line| (line.email.as_str(), line.outcome)).collect::<Vec<_>>(),
        [(SPELLINGS[0], InviteOutcome::Invited)]
    );
    for spelling in SPELLINGS {
        let told = invitation::invite(&owner, app.account, invite(spelling)).await.unwrap();
        assert_eq!(told[0].outcome, InviteOutcome::AlreadyInvited, "{spelling}");
    }
    let filter = InvitationFilter { search: "BÜCHER".to_owned(), ..InvitationFilter::default() };
    assert_eq!(invitation::list(&owner, app.account, filter).await.unwrap().rows.len(), 1);
}

async fn one_domain(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let point = PolicyPoint::Domains("XN--BCHER-KVA.example".to_owned());
    policy::update(&owner, app.account, point).await.unwrap();
    let told = invitation::invite(&owner, app.account, invite("ana@bücher.example, ana@bucher.example")).await.unwrap();
    let outcomes: Vec<_> = told.iter().map(|line| line.outcome).collect();
    assert_eq!(outcomes, [InviteOutcome::Invited, InviteOutcome::DomainNotAllowed]);
}

async fn with_smtp(on: Kind) -> (App, SmtpServer) {
    let smtp = SmtpServer::start().await;
    let mailer = Mailer::smtp(&smtp.url, "Tenantry <tenantry@example.com>").unwrap();
    (Setup { mailer, ..Setup::on(on) }.app().await, smtp)
}

async fn tries(app: &App) -> usize {
    outbox::deliver_due(&Context::system(Arc::clone(&app.service), model::Job::SendMessages).unwrap()).await.unwrap()
}

async fn in_ascii_for_the_mail_server(on: Kind) {
    let (app, smtp) = with_smtp(on).await;
    invitation::invite(&app.owner().ctx, app.account, invite("ana@bücher.example")).await.unwrap();
    assert_eq!(tries(&app).await, 1);
    let letters = smtp.letters();
    assert!(letters[0].contains("To: ana@xn--bcher-kva.example"), "{letters:?}");
}

/// A mail server's final word is not asked for again, and stands where invitations wait; sending again tries anew.
async fn cannot_be_delivered(on: Kind) {
    let (app, smtp) = with_smtp(on).await;
    let owner = app.owner().ctx;
    invitation::invite(&owner, app.account, invite("ben@example.com")).await.unwrap();
    let pending = async || {
        let page = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap();
        (page.rows[0].id, page.rows[0].undeliverable)
    };
    smtp.answer(Answer::Refuse);
    tries(&app).await;
    assert!(!pending().await.1, "not now is not never");
    smtp.answer(Answer::NoMailbox);
    app.move_clock(std::time::Duration::from_mins(5));
    assert_eq!(tries(&app).await, 1);
    let (id, undeliverable) = pending().await;
    assert!(undeliverable);
    app.move_clock(std::time::Duration::from_hours(24));
    assert_eq!(tries(&app).await, 0);
    smtp.answer(Answer::Keep);
    invitation::resend(&owner, app.account, id).await.unwrap();
    assert!(!pending().await.1);
    assert_eq!((tries(&app).await, smtp.letters().len()), (1, 1));
}

#[test]
fn an_ip_address_has_one_form() {
    use model::text::canonical_ip;
    for typed in ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:C000:207"] {
        assert_eq!(canonical_ip(typed), "192.0.2.7");
    }
    assert_eq!(canonical_ip("2001:DB8:0:0::7"), "2001:db8::7");
    assert_eq!(canonical_ip("192.0.2"), "192.0.2");
}

proptest! {
    /// What the form takes, the letter can be sent to.
    #[test]
    fn the_form_is_as_strict_as_what_sends(
        address in prop_oneof![
            "[a-z.!+'é_-]{1,70}@[a-zA-Z0-9.üß-]{1,70}\\.[a-z0-9]{1,4}",
            "\\PC{1,12}@\\PC{1,12}\\.\\PC{1,3}",
            "[\"a-z.@()<>,; -]{1,20}@[a-z.\\[\\]0-9:-]{1,20}",
        ]
    ) {
        let canonical = model::canonical_email(&address);
        if is_address(&canonical) {
            let sent = email_for_smtp(&canonical);
            prop_assert!(sent.parse::<Address>().is_ok(), "{} {}", canonical, sent);
            prop_assert!(sent.rsplit_once('@').unwrap().1.is_ascii());
            prop_assert_eq!(model::canonical_email(&sent), canonical);
        }
    }
}
