use crate::support::{App, Kind, Setup, on_both_databases};
use model::{AccessFilter, ContactFilter, Password, SignIn};
use service::{Actor, Error, access_log, contact, demo, overview, user};

on_both_databases!(there_is_something_to_look_at, not_among_real_people);

async fn there_is_something_to_look_at(on: Kind) {
    let app = Setup::on(on).empty().await;
    let guide = demo::fill(&app.service).await.unwrap();
    let again = demo::fill(&app.service).await.unwrap();
    assert!(again.contains("already"), "{again}");
    // What the guide says opens the door.
    let mut words = guide.split_whitespace();
    let email = words.find(|word| word.contains('@')).unwrap().to_owned();
    let password = Password::new(words.last().unwrap());
    let proven = user::sign_in(&app.anonymous(), SignIn { email, password, then: String::new() }).await.unwrap();
    let user::SignInOutcome::Complete(owner) = proven else { panic!("the owner of the demo needs no code") };
    let ctx = app.request(Actor::User(owner.user));
    let profile = user::profile(&ctx).await.unwrap();
    let root = profile.accounts[0].id;
    assert!(profile.accounts.len() > 5);
    let overview = overview::get(&ctx, root).await.unwrap();
    assert_eq!((overview.members, overview.pending_invitations), (Some(60), Some(3)));
    let mut contacts = 0;
    for account in &profile.accounts {
        contacts += contact::list(&ctx, account.id, ContactFilter::default()).await.unwrap().total.rows().unwrap();
    }
    assert_eq!(contacts, 5_000);
    assert!(access_log::list(&ctx, root, AccessFilter::default()).await.unwrap().total.is_at_least(3_001));
}

/// Everybody knows the demo's password.
async fn not_among_real_people(on: Kind) {
    let app = App::new(on).await;
    let Err(Error::Setup(sentence)) = demo::fill(&app.service).await else { panic!("the demo joined real people") };
    assert!(sentence.contains("has users already"), "{sentence}");
    assert_eq!(app.rows("organisation").await, 1);
}
