//! Against letters that nobody wants.

use super::give::{crowd, find, form};
use crate::support::{App, Kind, Setup, on_both_databases, problem};
use model::{FieldFault, Role};
use service::invitation;
use std::time::Duration;

on_both_databases!(of_one_person, of_the_whole_organisation, of_a_new_organisation, to_one_address);

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

/// Who founded an organisation to write to strangers does not get far.
async fn of_a_new_organisation(on: Kind) {
    let app = Setup { new_organisation_invitations: 100, ..Setup::on(on) }.app().await;
    let owner = app.owner().ctx;
    let invite = async |people| invitation::invite(&owner, app.account, form(&crowd(people), Role::Viewer)).await;
    let fault = problem(invite(0..101).await);
    assert_eq!(fault.fields().unwrap().get("emails"), Some(&FieldFault::TooManyForNewOrganisation { limit: 100 }));
    invite(0..99).await.unwrap();
    invite(99..100).await.unwrap();
    assert_eq!(problem(invite(100..101).await).status(), 429);
    let known = find(&owner, &app, "p0@example.com").await;
    assert_eq!(problem(invitation::resend(&owner, app.account, known).await).status(), 429);
    app.move_clock(Duration::from_hours(24));
    invite(100..200).await.unwrap();
    app.move_clock(Duration::from_hours(6 * 24));
    invite(200..1_000).await.unwrap();
}

/// However many organisations write to somebody: what is too much waits, and goes out later if it is still open.
async fn to_one_address(on: Kind) {
    let app = App::new(on).await;
    let mut strangers = Vec::new();
    for _ in 0..8 {
        strangers.push(app.stranger().await);
    }
    for (number, stranger) in strangers.iter().enumerate() {
        let email = ["ben@example.com", "Ben+x@Example.com"][number % 2];
        invitation::invite(&stranger.ctx, stranger.account, form(email, Role::Viewer)).await.unwrap();
    }
    let to_ben = || {
        let letters = app.service.mailer().local_letters().unwrap();
        letters.iter().filter(|letter| letter.to.starts_with("ben")).count()
    };
    app.deliver().await;
    assert_eq!(to_ben(), 5);
    app.invite(&app.owner().ctx, app.account, "cy@example.com", Role::Viewer).await;
    app.move_clock(Duration::from_mins(59));
    app.deliver().await;
    assert_eq!(to_ben(), 5, "within the hour");
    app.move_clock(Duration::from_mins(2));
    app.deliver().await;
    assert_eq!(to_ben(), 8, "later, and not lost");
    let more = async |from: usize| {
        for stranger in &strangers[from..from + 4] {
            let list =
                invitation::list(&stranger.ctx, stranger.account, model::InvitationFilter::default()).await.unwrap();
            invitation::resend(&stranger.ctx, stranger.account, list.rows[0].id).await.unwrap();
        }
        app.move_clock(Duration::from_hours(1));
        app.deliver().await;
        app.move_clock(Duration::from_hours(1));
        app.deliver().await;
    };
    for from in [0, 4, 0, 4] {
        more(from).await;
    }
    assert_eq!(to_ben(), 20, "in a day");
    app.move_clock(Duration::from_hours(24));
    app.deliver().await;
    assert_eq!(to_ben(), 24);
}
