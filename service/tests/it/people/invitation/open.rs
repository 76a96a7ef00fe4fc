//! What a link opens when it stands for more than one invitation, or for one that leads nowhere any more.

use super::give::form;
use crate::support::{App, Kind, on_both_databases};
use model::{DeleteOrganisation, InvitationFilter, InvitationState, InviteMembers, InviteTarget, Role};
use service::{Secret, deletion, invitation};
use std::time::Duration;

on_both_databases!(shares_its_letter, of_an_organisation_being_deleted);

/// The state, and the accounts that it leads to.
async fn opened(app: &App, secret: &Secret) -> (InvitationState, Vec<String>) {
    let open = invitation::open(&app.anonymous(), secret).await.unwrap();
    (open.state, open.places.into_iter().map(|(account, _)| account).collect())
}

async fn shares_its_letter(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let also = vec![InviteTarget { account: east, role: Role::Member }];
    invitation::invite(&owner, west, InviteMembers { also, ..form("ben@example.com", Role::Viewer) }).await.unwrap();
    app.deliver().await;
    let secret = app.secrets("ben@example.com").remove(0);
    let both = ["West", "East"].map(str::to_owned).to_vec();
    assert_eq!(opened(&app, &secret).await, (InvitationState::Pending, both));
    for (account, state, places) in
        [(west, InvitationState::Pending, vec!["East".to_owned()]), (east, InvitationState::Revoked, Vec::new())]
    {
        let id = invitation::list(&owner, account, InvitationFilter::default()).await.unwrap().rows[0].id;
        invitation::revoke(&owner, app.account, id).await.unwrap();
        assert_eq!(opened(&app, &secret).await, (state, places));
    }
}

async fn of_an_organisation_being_deleted(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let pending = app.invite(&owner, app.account, "ben@example.com", Role::Viewer).await;
    let withdrawn = app.invite(&owner, app.account, "cy@example.com", Role::Viewer).await;
    let filter = InvitationFilter { search: "cy@".to_owned(), ..InvitationFilter::default() };
    let id = invitation::list(&owner, app.account, filter).await.unwrap().rows[0].id;
    invitation::revoke(&owner, app.account, id).await.unwrap();
    let form = DeleteOrganisation { name: "Acme".to_owned() };
    deletion::delete(&owner, app.account, form).await.unwrap();
    assert_eq!(opened(&app, &pending).await, (InvitationState::Deleting, Vec::new()));
    assert_eq!(opened(&app, &withdrawn).await.0, InvitationState::Revoked);
    app.move_clock(Duration::from_hours(24 * 8));
    assert_eq!(opened(&app, &pending).await.0, InvitationState::Expired);
    deletion::restore(&owner, app.account).await.unwrap();
    assert_eq!(opened(&app, &pending).await.0, InvitationState::Pending, "it gets its days back");
}
