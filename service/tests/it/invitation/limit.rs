//! Against letters that nobody wants.

use super::give::{crowd, find, form};
use crate::support::{App, Kind, on_both_databases, problem};
use model::Role;
use service::invitation;
use std::time::Duration;

on_both_databases!(of_one_person, of_the_whole_organisation);

async fn of_one_person(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await.ctx);
    app.move_clock(Duration::from_hours(1));
    for people in [0..1_000, 1_000..2_000] {
        invitation::invite(&owner, app.account, form(&crowd(people), Role::Viewer)).await.unwrap();
    }
    let one_more = async || invitation::invite(&owner, app.account, form("x@example.com", Role::Viewer)).await;
    assert_eq!(problem(one_more().await).status(), 429);
    let known = find(&owner, &app, "p1999@example.com").await;
    let before = app.log_size().await;
    let again = problem(invitation::resend(&owner, app.account, known).await);
    assert_eq!(again.status(), 429, "sending again is a letter too");
    assert_eq!(app.log_size().await, before);
    invitation::resend(&admin, app.account, known).await.unwrap();

    app.move_clock(Duration::from_hours(1));
    invitation::resend(&owner, app.account, known).await.unwrap();
    invitation::invite(&owner, app.account, form(&crowd(2_000..3_000), Role::Viewer)).await.unwrap();
    let too_many = invitation::invite(&owner, app.account, form(&crowd(3_000..4_000), Role::Viewer)).await;
    assert_eq!(problem(too_many).status(), 429, "one of them went to somebody who was sent theirs again");
}

async fn of_the_whole_organisation(on: Kind) {
    let app = App::new(on).await;
    let (owner, admin) = (app.owner().ctx, app.admin().await.ctx);
    // One to the admin, and two are left.
    for hour in [0..1_000, 1_000..2_000, 2_000..3_000, 3_000..4_000, 4_000..4_997].chunks(2) {
        app.move_clock(Duration::from_hours(1));
        for people in hour {
            invitation::invite(&owner, app.account, form(&crowd(people.clone()), Role::Viewer)).await.unwrap();
        }
    }
    let known = find(&owner, &app, "p4996@example.com").await;
    for ctx in [&owner, &admin] {
        invitation::resend(ctx, app.account, known).await.unwrap();
    }
    for ctx in [&owner, &admin] {
        assert_eq!(problem(invitation::resend(ctx, app.account, known).await).status(), 429);
        let one_more = invitation::invite(ctx, app.account, form("x@example.com", Role::Viewer)).await;
        assert_eq!(problem(one_more).status(), 429);
    }
    let stranger = app.stranger().await;
    invitation::invite(&stranger.ctx, stranger.account, form("x@example.com", Role::Viewer)).await.unwrap();
    app.move_clock(Duration::from_hours(24));
    invitation::resend(&admin, app.account, known).await.unwrap();
}
