//! A question that personal details answer stands in the log, whatever the answer is.

use super::{create, form};
use crate::support::{App, Expected, Kind, Person, on_both_databases, problem};
use model::*;
use service::{campaign, contact, overview};

on_both_databases!(past_the_end, without_a_match, quickly, reach_of_a_campaign, reach_without_personal_details);

fn search(text: &str) -> ContactFilter {
    ContactFilter { search: text.to_owned(), ..ContactFilter::default() }
}

async fn assert_asked(app: &App, before: u64, who: &Person, what: &str) -> AccessEntry {
    let expected = Expected { who, permission: Some(Permission::ContactReadPii), outcome: Outcome::Allowed };
    let entry = app.assert_logged(what, before, expected).await;
    assert_eq!(entry.what, what);
    entry
}

/// A page after the last row shows nobody, and yet tells how many match.
async fn past_the_end(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    create(&app, form("Ana Ruiz")).await;
    let end = Cursor { at: SortKey::Number(0), id: uuid::Uuid::nil(), before: 0, towards: Towards::Older };
    for text in ["+2782123", "ana.ruiz@", "An"] {
        let before = app.log_size().await;
        let filter = ContactFilter { cursor: Some(end.clone()), ..search(text) };
        let page = contact::list(&member.ctx, app.account, filter).await.unwrap();
        assert!(page.rows.is_empty());
        let entry = assert_asked(&app, before, &member, "searched contacts and found none").await;
        assert_eq!(entry.records, 0);
    }
}

async fn without_a_match(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    create(&app, form("Ana Ruiz")).await;
    let before = app.log_size().await;
    contact::list(&member.ctx, app.account, search("+27999")).await.unwrap();
    assert_asked(&app, before, &member, "searched contacts and found none").await;
    let tagged = ContactFilter { tag: "vip".to_owned(), ..search("ana") };
    contact::list(&member.ctx, app.account, tagged).await.unwrap();
    assert_asked(&app, before + 1, &member, "searched contacts and found none").await;
}

async fn quickly(on: Kind) {
    let app = App::new(on).await;
    let (member, viewer) = (app.member().await, app.viewer().await);
    create(&app, form("Ana Ruiz")).await;
    let before = app.log_size().await;
    assert_eq!(overview::search(&member.ctx, app.account, "ruiz").await.unwrap().contacts.len(), 1);
    assert_asked(&app, before, &member, "searched contacts and saw 1").await;
    assert!(overview::search(&member.ctx, app.account, "+27999").await.unwrap().contacts.is_empty());
    assert_asked(&app, before + 1, &member, "searched contacts and found none").await;
    assert!(overview::search(&viewer.ctx, app.account, "ruiz").await.unwrap().contacts.is_empty());
    assert_eq!(app.log_size().await, before + 2, "nothing was asked for who may not see it");
}

async fn campaign_to(app: &App, tag: &str) -> CampaignId {
    let form = CampaignForm { name: "Sale".into(), text: "20% off".into(), tag: tag.to_owned(), version: None };
    campaign::create(&app.owner().ctx, app.account, form).await.unwrap()
}

async fn reach_of_a_campaign(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    create(&app, ContactForm { tags: "vip".to_owned(), ..form("Ana Ruiz") }).await;
    create(&app, ContactForm { tags: "vip".to_owned(), mobile: String::new(), ..form("Ben Bo") }).await;
    let sale = campaign_to(&app, "vip").await;
    let before = app.log_size().await;
    assert_eq!(campaign::get(&member.ctx, app.account, sale).await.unwrap().recipients, Some(1));
    assert_asked(&app, before, &member, "counted the contacts that a campaign would reach: 1").await;
}

/// By a tag that one contact alone has, the reach would tell whether it has a number.
async fn reach_without_personal_details(on: Kind) {
    let app = App::new(on).await;
    create(&app, ContactForm { tags: "one".to_owned(), ..form("Ana Ruiz") }).await;
    create(&app, ContactForm { tags: "other".to_owned(), mobile: String::new(), ..form("Ben Bo") }).await;
    let campaigns = [campaign_to(&app, "one").await, campaign_to(&app, "other").await];
    for person in [app.viewer().await, app.custom("campaign.read contact.read.basic").await] {
        let before = app.log_size().await;
        let mut reach = Vec::new();
        for id in campaigns {
            reach.push(campaign::get(&person.ctx, app.account, id).await.unwrap().recipients);
        }
        assert_eq!(reach[0], reach[1]);
        assert_eq!(app.log_size().await, before, "nothing personal was asked");
    }
    let blind = app.viewer().await;
    let list = contact::list(&blind.ctx, app.account, search("ana")).await;
    assert_eq!(problem(list), Problem::Refused(Refusal::Permission(Permission::ContactReadPii)));
}
