//! A link that is handed over lets its reader in, and shows nobody's address.

use crate::support::{App, Kind, PASSWORD, accept_form, accepted, on_both_databases, problem, secret_in};
use model::{
    AcceptInvitation, Conflict, InvitationFilter, InvitationId, InvitationState, InviteMembers, InviteTarget,
    OpenInvitation, Password, PermissionSet, PolicyPoint, Problem, Refusal, Role,
};
use service::{Actor, Context, Secret, invitation, organisation, policy};

on_both_databases!(
    in_place_of_the_letter,
    somebody_new_stays_unconfirmed,
    takes_no_address,
    somebody_known,
    tells_nobody_who_has_a_login,
    who_may,
    not_where_domains_are_named,
    of_a_letter_that_others_share,
    of_a_role_that_was_raised_since
);

async fn invited(app: &App, email: &str) -> (Secret, InvitationId) {
    let owner = app.owner().ctx;
    let secret = app.invite(&owner, app.account, email, Role::Viewer).await;
    (secret, newest(app).await)
}

async fn newest(app: &App) -> InvitationId {
    invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap().rows[0].id
}

async fn copy(app: &App, ctx: &Context, id: InvitationId) -> service::Result<Secret> {
    Ok(secret_in(&invitation::copy_link(ctx, app.account, id).await?))
}

async fn in_place_of_the_letter(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (letter, id) = invited(&app, "ben@example.com").await;
    let first = copy(&app, &owner, id).await.unwrap();
    assert_eq!(app.log().await[0].what, "copied a new link to an invitation");
    let second = copy(&app, &owner, id).await.unwrap();
    for old in [&letter, &first] {
        assert_eq!(problem(invitation::open(&app.anonymous(), old).await), Problem::NotFound);
        assert_eq!(problem(invitation::accept(&app.anonymous(), accept_form(old)).await), Problem::NotFound);
    }
    let open = invitation::open(&app.anonymous(), &second).await.unwrap();
    assert_eq!((open.state, open.copied), (InvitationState::Pending, true));
    invitation::resend(&owner, app.account, id).await.unwrap();
    assert_eq!(problem(invitation::open(&app.anonymous(), &second).await), Problem::NotFound);
    app.deliver().await;
    let letter = app.secrets("ben@example.com").remove(0);
    assert!(!invitation::open(&app.anonymous(), &letter).await.unwrap().copied);
}

/// Whoever opens a letter later has the address.
async fn somebody_new_stays_unconfirmed(on: Kind) {
    let app = App::new(on).await;
    let (_, id) = invited(&app, "ben@example.com").await;
    let link = copy(&app, &app.owner().ctx, id).await.unwrap();
    let (ben, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&link)).await.unwrap());
    let ctx = app.request(Actor::User(ben));
    assert_eq!(organisation::standing(&ctx, account).await.unwrap().role, Role::Viewer);
    assert!(!service::user::profile(&ctx).await.unwrap().confirmed);
    let town = app.account_below(app.account, "Cape Town").await;
    let letter = app.invite(&app.owner().ctx, town, "ben@example.com", Role::Viewer).await;
    assert_eq!(invitation::list_own(&ctx).await.unwrap(), [], "nothing that is for whoever has the address");
    let (real, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&letter)).await.unwrap());
    assert_ne!(real, ben);
    assert!(organisation::standing(&ctx, account).await.is_err(), "it lost the address, and all with it");
}

async fn takes_no_address(on: Kind) {
    let app = App::new(on).await;
    let squatter = app.squatter("ben@example.com").await;
    let (_, id) = invited(&app, "ben@example.com").await;
    let link = copy(&app, &app.owner().ctx, id).await.unwrap();
    let other = AcceptInvitation { password: Password::new("Loud-Badger-77"), ..accept_form(&link) };
    assert_eq!(problem(invitation::accept(&app.anonymous(), other).await), Problem::WrongPassword);
    let own = AcceptInvitation { existing: true, password: Password::new(PASSWORD), ..accept_form(&link) };
    let (joined, _) = accepted(invitation::accept(&app.anonymous(), own).await.unwrap());
    assert_eq!(joined, squatter.user);
    assert!(!service::user::profile(&squatter.ctx).await.unwrap().confirmed, "nobody opened a letter");
}

async fn somebody_known(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let (_, id) = invited(&app, &stranger.email).await;
    let link = copy(&app, &app.owner().ctx, id).await.unwrap();
    let (joined, _) = accepted(invitation::accept(&app.anonymous(), accept_form(&link)).await.unwrap());
    assert_eq!(joined, stranger.user, "by their password");
}

/// Whoever copies a link may open it: what they see, and what wrong tries are answered, is the same for every address.
async fn tells_nobody_who_has_a_login(on: Kind) {
    let app = App::new(on).await;
    app.squatter("ben@example.com").await;
    let addresses = ["nobody@example.com".to_owned(), "ben@example.com".to_owned(), app.stranger().await.email];
    let mut answers = Vec::new();
    for email in addresses {
        let (_, id) = invited(&app, &email).await;
        let link = copy(&app, &app.owner().ctx, id).await.unwrap();
        let open = invitation::open(&app.anonymous(), &link).await.unwrap();
        assert_eq!(open.email, email);
        let password = || Password::new("Loud-Badger-77");
        let wrong = AcceptInvitation { existing: true, password: password(), ..accept_form(&link) };
        let wrong = problem(invitation::accept(&app.anonymous(), wrong).await);
        assert_eq!(wrong, Problem::WrongPassword);
        let nameless = AcceptInvitation { first_name: String::new(), password: password(), ..accept_form(&link) };
        let nameless = problem(invitation::accept(&app.anonymous(), nameless).await);
        assert_eq!(nameless.status(), 422);
        answers.push((OpenInvitation { email: String::new(), ..open }, nameless));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

async fn who_may(on: Kind) {
    let app = App::new(on).await;
    let (letter, id) = invited(&app, "ben@example.com").await;
    let (viewer, stranger) = (app.viewer().await, app.stranger().await);
    let refused = Problem::Refused(Refusal::Permission(model::Permission::MemberInvite));
    assert_eq!(problem(copy(&app, &viewer.ctx, id).await), refused);
    assert_eq!(problem(copy(&app, &stranger.ctx, id).await), Problem::NotFound);
    assert_eq!(problem(invitation::copy_link(&stranger.ctx, stranger.account, id).await), Problem::NotFound);
    let inviter = app.custom("member.invite").await;
    assert_eq!(problem(copy(&app, &inviter.ctx, id).await), Problem::Refused(Refusal::AboveOwnPermissions));
    assert!(invitation::open(&app.anonymous(), &letter).await.is_ok(), "none of them ended it");
    invitation::revoke(&app.owner().ctx, app.account, id).await.unwrap();
    assert_eq!(problem(copy(&app, &app.owner().ctx, id).await), Problem::NotFound);
}

/// That an address is of a domain, a letter alone shows.
async fn not_where_domains_are_named(on: Kind) {
    let app = App::new(on).await;
    let (owner, stranger) = (app.owner().ctx, app.stranger().await);
    let (_, id) = invited(&app, "ben@example.com").await;
    let link = copy(&app, &owner, id).await.unwrap();
    let (_, known) = invited(&app, &stranger.email).await;
    let to_known = copy(&app, &owner, known).await.unwrap();
    policy::update(&owner, app.account, PolicyPoint::Domains("example.com".to_owned())).await.unwrap();
    assert_eq!(problem(copy(&app, &owner, id).await), Problem::Conflict(Conflict::LinkByLetterOnly));
    let logins = app.rows("user").await;
    let refused = Problem::Refused(Refusal::DomainNotAllowed);
    assert_eq!(problem(invitation::accept(&app.anonymous(), accept_form(&link)).await), refused);
    assert_eq!(app.rows("user").await, logins);
    assert!(invitation::accept(&app.anonymous(), accept_form(&to_known)).await.is_ok(), "the address is known");
}

/// Whoever copies a link may open it themselves: it gives nothing that they could not give.
async fn of_a_letter_that_others_share(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "West").await;
    let local = app.join(below, Role::Admin).await;
    let also = vec![InviteTarget { account: below, role: Role::Viewer }];
    let form = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Admin,
        also,
        permissions: PermissionSet::EMPTY,
    };
    invitation::invite(&app.owner().ctx, app.account, form).await.unwrap();
    let there = invitation::list(&local.ctx, below, InvitationFilter::default()).await.unwrap().rows[0].id;
    let link = secret_in(&invitation::copy_link(&local.ctx, below, there).await.unwrap());
    let open = invitation::open(&app.anonymous(), &link).await.unwrap();
    assert_eq!(open.places.iter().map(|(account, _)| account.as_str()).collect::<Vec<_>>(), ["West"]);
    let (ben, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&link)).await.unwrap());
    assert_eq!(account, below);
    let ctx = app.request(Actor::User(ben));
    assert_eq!(problem(organisation::standing(&ctx, app.account).await), Problem::NotFound);
}

async fn of_a_role_that_was_raised_since(on: Kind) {
    let app = App::new(on).await;
    let (_, id) = invited(&app, "ben@example.com").await;
    let admin = app.admin().await;
    let link = copy(&app, &admin.ctx, id).await.unwrap();
    assert_eq!(invitation::open(&app.anonymous(), &link).await.unwrap().state, InvitationState::Pending);
    invitation::set_role(&app.owner().ctx, app.account, id, Role::Admin).await.unwrap();
    let open = invitation::open(&app.anonymous(), &link).await.unwrap();
    assert_eq!((open.state, open.places.len()), (InvitationState::Void, 0));
    let late = invitation::accept(&app.anonymous(), accept_form(&link)).await;
    assert_eq!(problem(late), Problem::Conflict(Conflict::InvitationNotOpen));
}
