use crate::support::{App, Kind, PASSWORD, accept_form, accepted, on_both_databases, problem};
use model::{AcceptInvitation, InvitationFilter, InvitationState, Password, Problem, Role, RoleName};
use service::{Actor, Login, Secret, invitation, organisation, user};

on_both_databases!(
    somebody_new,
    somebody_known,
    known_with_a_wrong_password,
    twice,
    twice_at_once,
    to_another_organisation,
    incomplete,
    unknown_link,
    two_accounts,
);

async fn somebody_new(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Member).await;
    let open = invitation::open(&app.anonymous(), &secret).await.unwrap();
    assert_eq!((open.organisation_name.as_str(), open.invited_by.as_str()), ("Acme", "Olga Owens"));
    assert_eq!((open.email.as_str(), open.known), ("ben@example.com", false));
    assert_eq!(open.places, [("Acme".to_owned(), RoleName::BuiltIn(Role::Member))]);
    assert_eq!(open.state, InvitationState::Pending);

    let (ben, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    assert_eq!(account, app.account);
    let standing = organisation::standing(&app.request(Actor::User(ben)), account).await.unwrap();
    assert_eq!(standing.role, Role::Member);
    let sign_in =
        model::SignIn { email: "ben@example.com".into(), password: Password::new(PASSWORD), then: String::new() };
    assert_eq!(
        user::sign_in(&app.anonymous(), sign_in).await.unwrap(),
        user::SignInOutcome::Complete(Login::first(ben))
    );
    assert_eq!(invitation::open(&app.anonymous(), &secret).await.unwrap().state, InvitationState::Accepted);
    assert!(
        invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows.is_empty()
    );
}

async fn somebody_known(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Viewer).await;
    assert!(invitation::open(&app.anonymous(), &secret).await.unwrap().known);
    let form = AcceptInvitation { first_name: String::new(), last_name: String::new(), ..accept_form(&secret) };
    let (user, account) = accepted(invitation::accept(&app.anonymous(), form).await.unwrap());
    assert_eq!((user, account), (stranger.user, app.account));
    let profile = user::profile(&stranger.ctx).await.unwrap();
    assert_eq!(profile.name(), "Olga Owens", "accepting renames nobody");
    assert_eq!(profile.accounts.len(), 2);
}

async fn known_with_a_wrong_password(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let secret = app.invite(&app.owner().ctx, app.account, &stranger.email, Role::Admin).await;
    let form = || AcceptInvitation { password: Password::new("Wrong-Otter-42"), ..accept_form(&secret) };
    let guesser = app.anonymous();
    for _ in 0..10 {
        assert_eq!(problem(invitation::accept(&guesser, form()).await), Problem::WrongPassword);
    }
    let guess = problem(invitation::accept(&guesser, form()).await);
    assert!(matches!(guess, Problem::TooMany { .. }), "a link is no way around the limit of tries");
    assert_eq!(problem(stranger.ctx.member(app.account).await), Problem::NotFound);
    assert_eq!(invitation::open(&app.anonymous(), &secret).await.unwrap().state, InvitationState::Pending);
}

async fn twice(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Member).await;
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    let before = app.log_size().await;
    assert!(matches!(problem(invitation::accept(&app.anonymous(), accept_form(&secret)).await), Problem::Conflict(_)));
    assert_eq!(app.log_size().await, before + 1, "the sign-in alone");
}

async fn twice_at_once(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Member).await;
    let (one, two) = (app.anonymous(), app.anonymous());
    let (first, second) =
        tokio::join!(invitation::accept(&one, accept_form(&secret)), invitation::accept(&two, accept_form(&secret)));
    let (winner, loser) = if first.is_ok() { (first, second) } else { (second, first) };
    assert!(winner.is_ok());
    assert!(matches!(problem(loser), Problem::Conflict(_)));
    let counts = service::member::counts(&app.owner().ctx, app.account).await.unwrap();
    assert_eq!((counts.active, counts.invited), (2, 0));
}

async fn to_another_organisation(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let secret = app.invite(&stranger.ctx, stranger.account, "ben@example.com", Role::Admin).await;
    let (ben, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    assert_eq!(account, stranger.account);
    let ben = app.request(Actor::User(ben));
    assert_eq!(problem(ben.member(app.account).await), Problem::NotFound);
    assert_eq!(user::profile(&ben).await.unwrap().accounts.len(), 1);
}

async fn incomplete(on: Kind) {
    let app = App::new(on).await;
    let secret = app.invite(&app.owner().ctx, app.account, "ben@example.com", Role::Member).await;
    let form = AcceptInvitation { first_name: " ".into(), password: Password::new("short"), ..accept_form(&secret) };
    let fault = problem(invitation::accept(&app.anonymous(), form).await);
    assert!(fault.fields().unwrap().get("first_name").is_some() && fault.fields().unwrap().get("password").is_some());
    assert!(invitation::accept(&app.anonymous(), accept_form(&secret)).await.is_ok(), "the link still works");
}

async fn unknown_link(on: Kind) {
    let app = App::new(on).await;
    for text in ["", "x", "\0", &"x".repeat(100_000), "' OR 1=1 --"] {
        let secret = Secret::from_client(text);
        assert_eq!(problem(invitation::open(&app.anonymous(), &secret).await), Problem::NotFound);
        assert_eq!(problem(invitation::accept(&app.anonymous(), accept_form(&secret)).await), Problem::NotFound);
    }
}

/// One person may be invited to several accounts of an organisation, with a role in each.
async fn two_accounts(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = app.account_below(app.account, "South").await;
    let stranger = app.stranger().await;
    let above = app.invite(&owner, app.account, &stranger.email, Role::Viewer).await;
    invitation::accept(&app.anonymous(), accept_form(&above)).await.unwrap();
    let other = app.invite(&owner, below, &stranger.email, Role::Member).await;
    invitation::accept(&app.anonymous(), accept_form(&other)).await.unwrap();
    assert_eq!(organisation::standing(&stranger.ctx, app.account).await.unwrap().role, Role::Viewer);
    assert!(stranger.ctx.access(below, model::Permission::ContactCreate).await.is_ok());
}
