//! What becomes of an organisation when its owner turns out to have had somebody else's address.

use crate::support::{App, Kind, Person, accept_form, accepted, on_both_databases, problem};
use model::{AcceptInvitation, AccessFilter, AccountForm, OfferOwnership, Password, Problem, Refusal, Role, UserId};
use service::{Actor, Context, access_log, account, deletion, invitation, member, organisation, ownership};
use std::time::Duration;

on_both_databases!(to_the_admin_of_longest_standing, nobody_to_own_it, two_letters_at_once);

const VICTIM: &str = "victim@corp.example";

/// Somebody who joins the organisation of `owner`.
async fn join(app: &App, owner: &Person, role: Role) -> Person {
    let email = app.new_address(role.name());
    let secret = app.invite(&owner.ctx, owner.account, &email, role).await;
    let (user, account) = accepted(invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap());
    let filter = model::MemberFilter { search: email.clone(), ..model::MemberFilter::default() };
    let member = member::list(&owner.ctx, account, filter).await.unwrap().rows[0].id;
    Person { user, email, member, account, ctx: app.request(Actor::User(user)) }
}

/// Whoever has the mailbox gets a login of their own.
async fn take_address(app: &App) -> Context {
    let secret = app.invite(&app.owner().ctx, app.account, VICTIM, Role::Viewer).await;
    let form = AcceptInvitation { password: Password::new("Loud-Badger-77"), ..accept_form(&secret) };
    let (victim, _): (UserId, _) = accepted(invitation::accept(&app.anonymous(), form).await.unwrap());
    app.request(Actor::User(victim))
}

async fn to_the_admin_of_longest_standing(on: Kind) {
    let app = App::new(on).await;
    let thief = app.sign_up_at(VICTIM, "Squat").await;
    let viewer = join(&app, &thief, Role::Viewer).await;
    let [suspended, unconfirmed, ana, later] = [
        join(&app, &thief, Role::Admin).await,
        join(&app, &thief, Role::Admin).await,
        join(&app, &thief, Role::Admin).await,
        join(&app, &thief, Role::Admin).await,
    ];
    member::suspend(&thief.ctx, thief.account, suspended.member).await.unwrap();
    let offer = OfferOwnership { member: later.member };
    ownership::offer(&thief.ctx, thief.account, offer).await.unwrap();
    app.unconfirm(&unconfirmed).await;
    app.unconfirm(&thief).await;
    let victim = take_address(&app).await;

    for (person, role) in [(&ana, Role::Owner), (&later, Role::Admin), (&viewer, Role::Viewer)] {
        assert_eq!(organisation::standing(&person.ctx, thief.account).await.unwrap().role, role);
    }
    let now = ownership::get(&ana.ctx, thief.account).await.unwrap();
    assert!(now.is_mine && now.offer.is_none());
    assert_eq!(problem(ownership::accept(&later.ctx, thief.account).await), Problem::NotFound);
    for nobody in [&thief.ctx, &victim] {
        assert_eq!(problem(nobody.member(thief.account).await), Problem::NotFound);
    }
    let log = access_log::list(&ana.ctx, thief.account, AccessFilter::default()).await.unwrap().rows;
    let entry =
        log.iter().find(|entry| entry.what == "made Ana Ruiz the owner, as the previous owner's login was closed");
    assert_eq!(entry.expect("an entry").who.user, None);
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    assert!(letters.iter().any(|letter| letter.to == ana.email && letter.subject == "You now own “Squat”"));
}

/// It ends as if its owner had asked, and nobody takes that back.
async fn nobody_to_own_it(on: Kind) {
    let app = App::new(on).await;
    let thief = app.sign_up_at(VICTIM, "Squat").await;
    let viewer = join(&app, &thief, Role::Viewer).await;
    let admin = join(&app, &thief, Role::Admin).await;
    app.unconfirm(&admin).await;
    app.unconfirm(&thief).await;
    take_address(&app).await;

    let being_deleted = Problem::Refused(Refusal::BeingDeleted);
    assert_eq!(problem(organisation::standing(&viewer.ctx, thief.account).await), being_deleted);
    assert_eq!(deletion::get(&viewer.ctx, thief.account).await.unwrap().owner, None);
    let own = deletion::restore(&thief.ctx, thief.account).await;
    assert_eq!(problem(own).status(), 409, "by a request that was under way");
    let organisations = app.rows("organisation").await;
    app.move_clock(Duration::from_hours(14 * 24));
    let system = Context::system(app.service.clone(), model::Job::DeleteExpired).unwrap();
    while deletion::purge_some(&system).await.unwrap() {}
    assert_eq!(app.rows("organisation").await, organisations - 1);
    assert_eq!(problem(viewer.ctx.member(thief.account).await), Problem::NotFound);
}

/// Letters from two organisations, one of them the closed login's own: each change needs what the other holds.
async fn two_letters_at_once(on: Kind) {
    let app = App::new(on).await;
    for round in 0..4 {
        let email = app.new_address("victim");
        let thief = app.sign_up_at(&email, "Squat").await;
        let admin = join(&app, &thief, Role::Admin).await;
        let form = AccountForm { name: "Below".to_owned() };
        let below = account::create(&admin.ctx, thief.account, form).await.unwrap();
        app.unconfirm(&thief).await;
        let secrets = [
            app.invite(&app.owner().ctx, app.account, &email, Role::Viewer).await,
            app.invite(&admin.ctx, below, &email, Role::Viewer).await,
        ];
        let form = |secret| AcceptInvitation { password: Password::new("Loud-Badger-77"), ..accept_form(secret) };
        let (one, two) = (app.anonymous(), app.anonymous());
        let (one, two) =
            tokio::join!(invitation::accept(&one, form(&secrets[0])), invitation::accept(&two, form(&secrets[1])));
        match (one, two) {
            // One was over before the other began, which then signs in with the password that was just chosen.
            (Ok(one), Ok(two)) => assert_eq!(accepted(one).0, accepted(two).0, "round {round}"),
            (Ok(_), late) | (late, Ok(_)) => {
                let late = problem(late);
                assert_eq!(late.status(), 409, "round {round}: {late:?}");
            }
            (Err(one), Err(two)) => panic!("round {round}: {one:?}, {two:?}"),
        }
        assert_eq!(organisation::standing(&admin.ctx, thief.account).await.unwrap().role, Role::Owner);
    }
}
