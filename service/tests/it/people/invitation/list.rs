//! The invitations that wait, as whoever may invite sees them.

use super::give::{crowd, form};
use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{InvitationFilter, Problem, Role};
use service::invitation;

on_both_databases!(listed, page_by_page, searched);

async fn listed(on: Kind) {
    let app = App::new(on).await;
    invitation::invite(&app.owner().ctx, app.account, form("ben@example.com cy@example.com", Role::Member))
        .await
        .unwrap();
    let list = invitation::list(&app.owner().ctx, app.account, InvitationFilter::default()).await.unwrap();
    assert_eq!(
        list.rows.iter().map(|invitation| invitation.email.as_str()).collect::<Vec<_>>(),
        ["cy@example.com", "ben@example.com"]
    );
    assert_eq!(
        (list.rows[0].role, list.rows[0].account_name.as_str(), list.rows[0].invited_by.as_str()),
        (Role::Member, "Acme", "Olga Owens")
    );
    assert_eq!(list.rows[0].expires.text, "28 Nov, 12:00");
}

async fn page_by_page(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    invitation::invite(&owner, app.account, form(&crowd(0..1_000), Role::Viewer)).await.unwrap();
    let page = async |cursor| {
        let filter = InvitationFilter { cursor, ..InvitationFilter::default() };
        invitation::list(&owner, app.account, filter).await.unwrap()
    };
    let first = page(None).await;
    assert_eq!((en(first.caption()).as_str(), first.newer.is_none()), ("1 to 50 of 1,000", true));
    let mut last = first.clone();
    let mut emails: Vec<String> = last.rows.iter().map(|row| row.email.clone()).collect();
    while last.older.is_some() {
        last = page(last.older.clone()).await;
        emails.extend(last.rows.iter().map(|row| row.email.clone()));
    }
    assert_eq!(en(last.caption()), "951 to 1,000 of 1,000");
    emails.sort();
    emails.dedup();
    assert_eq!(emails.len(), 1_000, "each once");
    let second_last = page(last.newer.clone()).await;
    assert_eq!(en(second_last.caption()), "901 to 950 of 1,000");
    // Those that stand last are sent again and withdrawn like any other.
    invitation::resend(&owner, app.account, last.rows[49].id).await.unwrap();
    invitation::revoke(&owner, app.account, last.rows[49].id).await.unwrap();
    assert_eq!(page(None).await.total, 999);
}

async fn searched(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let emails = "ben@example.com cy@example.com ben_b@example.org benxb@example.org";
    invitation::invite(&owner, app.account, form(emails, Role::Viewer)).await.unwrap();
    let search = async |text: &str| {
        let filter = InvitationFilter { search: text.to_owned(), ..InvitationFilter::default() };
        let page = invitation::list(&owner, app.account, filter).await?;
        service::Result::Ok(page.rows.iter().map(|row| row.email.clone()).collect::<Vec<_>>())
    };
    assert_eq!(search(" BEN@ ").await.unwrap(), ["ben@example.com"]);
    assert_eq!(search("ben_").await.unwrap(), ["ben_b@example.org"]);
    assert!(search("nobody").await.unwrap().is_empty());
    for text in ["x".repeat(model::limit::SEARCH + 1), "b\0n".to_owned()] {
        assert_eq!(problem(search(&text).await), Problem::Malformed);
    }
}
