//! What only a person does, a key is refused, and that stands in the log of the key's organisation.

use crate::support::{App, Kind, on_both_databases, problem};
use model::{Outcome, Problem, Refusal};
use service::{invitation, member, ownership};

on_both_databases!(to_leave, to_answer_an_offer, to_invite_as_a_person);

async fn assert_refused(app: &App, answer: service::Result<()>) {
    assert_eq!(problem(answer), Problem::Refused(Refusal::PeopleOnly));
    let entry = app.log().await.remove(0);
    assert_eq!((entry.outcome, entry.key.as_ref().map(|key| key.name.as_str())), (Outcome::Refused, Some("A program")));
}

async fn to_leave(on: Kind) {
    let app = App::new(on).await;
    let creator = app.admin().await;
    let key = app.key(&creator, "member").await;
    let answer = member::leave(&key.ctx, app.account).await;
    assert_refused(&app, answer).await;
    creator.ctx.member(app.account).await.unwrap();
}

async fn to_answer_an_offer(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.admin().await, "organisation").await;
    let answer = ownership::get(&key.ctx, app.account).await.map(drop);
    assert_refused(&app, answer).await;
}

async fn to_invite_as_a_person(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.admin().await, "member").await;
    let answer = invitation::accounts(&key.ctx, app.account).await.map(drop);
    assert_refused(&app, answer).await;
}
