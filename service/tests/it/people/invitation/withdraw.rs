//! Links that no longer work, or never did for this account.

use crate::support::{App, Kind, accept_form, on_both_databases, problem};
use model::{InvitationFilter, InvitationId, InvitationState, Problem, Role};
use service::{Context, Secret, invitation};
use std::time::Duration;

on_both_databases!(revoked, expired, sent_again, shown_as_sent_last, revoked_before_delivery, no_longer_pending);

/// All but a minute of the time that an invitation lives.
const ALMOST_A_WEEK: Duration = Duration::from_mins(7 * 24 * 60 - 1);

async fn invited(app: &App) -> (Context, InvitationId, Secret) {
    let owner = app.owner().ctx;
    let secret = app.invite(&owner, app.account, "ben@example.com", Role::Member).await;
    let id = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    (owner, id, secret)
}

async fn assert_closed(app: &App, secret: &Secret, state: InvitationState) {
    assert_eq!(invitation::open(&app.anonymous(), secret).await.unwrap().state, state);
    assert!(matches!(problem(invitation::accept(&app.anonymous(), accept_form(secret)).await), Problem::Conflict(_)));
    assert_eq!(service::member::counts(&app.owner().ctx, app.account).await.unwrap().active, 1);
}

async fn revoked(on: Kind) {
    let app = App::new(on).await;
    let (owner, id, secret) = invited(&app).await;
    invitation::revoke(&owner, app.account, id).await.unwrap();
    assert_closed(&app, &secret, InvitationState::Revoked).await;
    assert!(invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows.is_empty());
}

async fn expired(on: Kind) {
    let app = App::new(on).await;
    let (owner, id, secret) = invited(&app).await;
    app.move_clock(ALMOST_A_WEEK);
    assert_eq!(invitation::open(&app.anonymous(), &secret).await.unwrap().state, InvitationState::Pending);
    app.move_clock(Duration::from_mins(1));
    assert_closed(&app, &secret, InvitationState::Expired).await;
    assert_eq!(problem(invitation::resend(&owner, app.account, id).await), Problem::NotFound);
}

async fn sent_again(on: Kind) {
    let app = App::new(on).await;
    let (owner, id, old) = invited(&app).await;
    app.move_clock(ALMOST_A_WEEK);
    invitation::resend(&owner, app.account, id).await.unwrap();
    assert_eq!(problem(invitation::open(&app.anonymous(), &old).await), Problem::NotFound);
    assert_eq!(problem(invitation::accept(&app.anonymous(), accept_form(&old)).await), Problem::NotFound);
    app.deliver().await;
    let new = app.secrets("ben@example.com").remove(0);
    app.move_clock(ALMOST_A_WEEK);
    assert!(invitation::accept(&app.anonymous(), accept_form(&new)).await.is_ok(), "with a new time");
}

async fn shown_as_sent_last(on: Kind) {
    let app = App::new(on).await;
    let (owner, ben, _) = invited(&app).await;
    app.invite(&owner, app.account, "cy@example.com", Role::Member).await;
    app.move_clock(Duration::from_hours(24));
    invitation::resend(&owner, app.account, ben).await.unwrap();
    let list = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap();
    let sent: Vec<_> = list.rows.iter().map(|row| (row.email.as_str(), row.sent.text.as_str())).collect();
    assert_eq!(sent, [("cy@example.com", "21 Nov, 12:00"), ("ben@example.com", "just now")], "in the order as before");
}

async fn revoked_before_delivery(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let form = model::InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Member,
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&owner, app.account, form).await.unwrap();
    let id = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].id;
    invitation::revoke(&owner, app.account, id).await.unwrap();
    app.deliver().await;
    assert!(app.secrets("ben@example.com").is_empty());
}

async fn no_longer_pending(on: Kind) {
    let app = App::new(on).await;
    let (owner, id, secret) = invited(&app).await;
    invitation::accept(&app.anonymous(), accept_form(&secret)).await.unwrap();
    assert_eq!(problem(invitation::revoke(&owner, app.account, id).await), Problem::NotFound);
    assert_eq!(problem(invitation::resend(&owner, app.account, id).await), Problem::NotFound);
}
