//! An organisation is handed over by two, and has an owner at every moment.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::{MemberAct, MemberSelection, OfferOwnership, Problem, Refusal, Role};
use service::{Context, member, organisation, ownership};

on_both_databases!(
    handed_over,
    offered_by_letter,
    offered_again_and_again,
    seen_by_the_two,
    by_the_owner_alone,
    to_an_admin_of_the_root,
    withdrawn_or_declined,
    accepted_only_by_whom_it_is_for,
    not_by_somebody_demoted_meanwhile,
    at_the_same_time,
    the_owner_stays,
    leaving
);

async fn offer(app: &App, by: &Context, to: &Person) -> service::Result<()> {
    let form = OfferOwnership { member: to.member };
    ownership::offer(by, app.account, form).await
}

async fn role(app: &App, person: &Person) -> Role {
    organisation::standing(&person.ctx, app.account).await.unwrap().role
}

async fn handed_over(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    assert!(ownership::get(&admin.ctx, app.account).await.unwrap().offer.unwrap().to_me);
    ownership::accept(&admin.ctx, app.account).await.unwrap();
    assert_eq!((role(&app, &admin).await, role(&app, &owner).await), (Role::Owner, Role::Admin));
    assert!(ownership::get(&admin.ctx, app.account).await.unwrap().offer.is_none());
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let subjects: Vec<_> = letters.iter().map(|letter| (letter.to.as_str(), letter.subject.as_str())).collect();
    for told in [(owner.email.as_str(), "“Acme” has a new owner"), (admin.email.as_str(), "You now own “Acme”")]
    {
        assert!(subjects.contains(&told), "{subjects:?}");
    }
    // The new owner may do what the old one may no longer.
    let selection = MemberSelection::Members(vec![owner.member]);
    let changed = member::change_many(&admin.ctx, app.account, selection, MemberAct::SetRole(Role::Viewer)).await;
    assert_eq!(changed.unwrap().changed, 1);
}

/// Whom the letters that say so went to, since the last time.
async fn letters_of_an_offer(app: &App) -> Vec<String> {
    app.deliver().await;
    let letters = app.service.mailer().local_letters().unwrap();
    let offers = letters.iter().filter(|letter| letter.subject == "Take over ownership of “Acme”?");
    offers.map(|letter| letter.to.clone()).collect()
}

/// Nobody is sent more of these letters than they can read.
async fn offered_again_and_again(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    for letters in [1, 2, 3, 4, 5, 5, 5] {
        offer(&app, &owner.ctx, &admin).await.unwrap();
        assert_eq!(letters_of_an_offer(&app).await.len(), letters);
    }
}

/// Whoever is offered the organisation is told, and nobody else; nor for an offer that is over by then.
async fn offered_by_letter(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, other) = (app.owner(), app.admin().await, app.admin().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    assert_eq!(letters_of_an_offer(&app).await, [admin.email.as_str()]);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    offer(&app, &owner.ctx, &other).await.unwrap();
    assert_eq!(letters_of_an_offer(&app).await, [other.email.as_str(), admin.email.as_str()], "the newest first");
    offer(&app, &owner.ctx, &admin).await.unwrap();
    ownership::withdraw(&owner.ctx, app.account).await.unwrap();
    assert_eq!(letters_of_an_offer(&app).await.len(), 2);
}

async fn seen_by_the_two(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, other, viewer) = (app.owner(), app.admin().await, app.admin().await, app.viewer().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    let seen = async |person: &Person| {
        let offer = ownership::get(&person.ctx, app.account).await.unwrap().offer;
        offer.map(|offer| (offer.to, offer.to_me))
    };
    assert_eq!(seen(&owner).await, Some(("Ana Ruiz".to_owned(), false)));
    assert_eq!(seen(&admin).await, Some(("Ana Ruiz".to_owned(), true)));
    assert_eq!((seen(&other).await, seen(&viewer).await), (None, None));
}

async fn by_the_owner_alone(on: Kind) {
    let app = App::new(on).await;
    let (admin, other) = (app.admin().await, app.admin().await);
    let refused = Problem::Refused(Refusal::OwnerOnly);
    assert_eq!(problem(offer(&app, &admin.ctx, &other).await), refused);
    assert_eq!(problem(ownership::withdraw(&admin.ctx, app.account).await), refused);
    assert_eq!(problem(offer(&app, &app.stranger().await.ctx, &other).await), Problem::NotFound);
}

async fn to_an_admin_of_the_root(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (viewer, local, owner) = (app.viewer().await, app.join(below, Role::Admin).await, app.owner());
    for person in [&viewer, &local, &owner] {
        let fault = problem(offer(&app, &owner.ctx, person).await);
        assert!(fault.fields().unwrap().get("member").is_some());
    }
    let admin = app.admin().await;
    let named = ownership::get(&owner.ctx, app.account).await.unwrap().candidates;
    assert_eq!(named.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), [admin.member]);
    assert!(ownership::get(&viewer.ctx, app.account).await.unwrap().candidates.is_empty());
}

async fn withdrawn_or_declined(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    ownership::withdraw(&owner.ctx, app.account).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), Problem::NotFound);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    ownership::decline(&admin.ctx, app.account).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), Problem::NotFound);
    assert_eq!(role(&app, &owner).await, Role::Owner);
}

async fn accepted_only_by_whom_it_is_for(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin, other) = (app.owner(), app.admin().await, app.admin().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    assert!(ownership::get(&other.ctx, app.account).await.unwrap().offer.is_none());
    for person in [&other, &owner] {
        assert_eq!(problem(ownership::accept(&person.ctx, app.account).await), Problem::NotFound);
        assert_eq!(problem(ownership::decline(&person.ctx, app.account).await), Problem::NotFound);
    }
    // A later offer stands in the place of the earlier one.
    offer(&app, &owner.ctx, &other).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), Problem::NotFound);
    ownership::accept(&other.ctx, app.account).await.unwrap();
}

async fn not_by_somebody_demoted_meanwhile(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner(), app.admin().await);
    offer(&app, &owner.ctx, &admin).await.unwrap();
    member::set_role(&owner.ctx, app.account, admin.member, Role::Viewer).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await).status(), 409);
    member::suspend(&owner.ctx, app.account, admin.member).await.unwrap();
    assert_eq!(problem(ownership::accept(&admin.ctx, app.account).await), Problem::Refused(Refusal::Suspended));
    assert_eq!(role(&app, &owner).await, Role::Owner);
}

/// Accepting against withdrawing, and against being removed: one clear outcome, and one owner.
async fn at_the_same_time(on: Kind) {
    let app = App::new(on).await;
    for round in 0..6 {
        let (owner, admin) = (app.owner(), app.admin().await);
        offer(&app, &owner.ctx, &admin).await.unwrap();
        let other = async {
            if round % 2 == 0 {
                ownership::withdraw(&owner.ctx, app.account).await
            } else {
                member::remove(&owner.ctx, app.account, admin.member).await
            }
        };
        let (accepted, other) = futures::join!(ownership::accept(&admin.ctx, app.account), other);
        assert!(accepted.is_ok() != other.is_ok(), "round {round}: {accepted:?}, {other:?}");
        if accepted.is_ok() {
            assert_eq!((role(&app, &admin).await, role(&app, &owner).await), (Role::Owner, Role::Admin));
            offer(&app, &admin.ctx, &owner).await.unwrap();
            ownership::accept(&owner.ctx, app.account).await.unwrap();
        }
        assert_eq!(role(&app, &owner).await, Role::Owner, "round {round}");
    }
}

async fn the_owner_stays(on: Kind) {
    let app = App::new(on).await;
    let refused = Problem::Refused(Refusal::Owner);
    assert_eq!(problem(member::leave(&app.owner().ctx, app.account).await), refused);
    assert_eq!(role(&app, &app.owner()).await, Role::Owner);
}

async fn leaving(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (ana, ben) = (app.viewer().await, app.viewer().await);
    member::leave(&ana.ctx, below).await.unwrap();
    for account in [app.account, below] {
        assert_eq!(problem(organisation::standing(&ana.ctx, account).await), Problem::NotFound);
        assert!(organisation::standing(&ben.ctx, account).await.is_ok());
    }
    assert_eq!(app.log().await[0].what, "left the organisation");
}
