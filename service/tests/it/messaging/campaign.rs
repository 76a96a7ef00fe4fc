//! Campaigns: written, changed, read and deleted by those who may, and in their own account alone.

use crate::support::{App, Expected, Kind, en, on_both_databases, problem};
use model::{
    CampaignFilter, CampaignForm, CampaignId, Conflict, ContactForm, Outcome, Permission, Problem, Refusal, Role, limit,
};
use service::{Context, campaign, contact, member};

on_both_databases!(
    written,
    changed,
    changed_by_two,
    deleted,
    reaches,
    listed,
    by_role,
    without_permission,
    of_this_account,
    logged
);

fn form(name: &str) -> CampaignForm {
    CampaignForm { name: name.to_owned(), text: "20% off until Sunday.".to_owned(), tag: String::new(), version: None }
}

async fn written(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    let typed = CampaignForm { text: " One\r\ntwo ".to_owned(), tag: "VIP".to_owned(), ..form(" Spring sale ") };
    let id = campaign::create(&member.ctx, app.account, typed).await.unwrap();
    let shown = campaign::get(&app.owner().ctx, app.account, id).await.unwrap().campaign;
    assert_eq!((shown.name.as_str(), shown.text.as_str(), shown.tag.as_str()), ("Spring sale", "One\ntwo", "vip"));
    assert_eq!((shown.updated_by.as_str(), shown.updated.text.as_str()), ("Ana Ruiz", "just now"));
    let faulty = CampaignForm { text: String::new(), tag: "a, b".to_owned(), ..form("") };
    let fault = problem(campaign::create(&member.ctx, app.account, faulty).await);
    for field in ["name", "text", "tag"] {
        assert!(fault.fields().unwrap().get(field).is_some(), "{field}");
    }
}

async fn changed(on: Kind) {
    let app = App::new(on).await;
    let (member, owner) = (app.member().await, app.owner().ctx);
    let (id, other) = (create(&owner, &app, "Spring sale").await, create(&owner, &app, "Other").await);
    campaign::update(&member.ctx, app.account, id, form("Summer sale")).await.unwrap();
    let shown = campaign::get(&owner, app.account, id).await.unwrap().campaign;
    assert_eq!((shown.name.as_str(), shown.updated_by.as_str()), ("Summer sale", "Ana Ruiz"));
    assert_eq!(campaign::get(&owner, app.account, other).await.unwrap().campaign.name, "Other");
    let size = app.log_size().await;
    campaign::update(&owner, app.account, id, form(" Summer sale ")).await.unwrap();
    assert_eq!(app.log_size().await, size, "what is as before is no change");
    // It outlives who wrote it.
    member::remove(&owner, app.account, member.member).await.unwrap();
    assert_eq!(campaign::get(&owner, app.account, id).await.unwrap().campaign.name, "Summer sale");
}

/// The later one is told, and nothing of theirs is saved.
async fn changed_by_two(on: Kind) {
    let app = App::new(on).await;
    let (ana, owner) = (app.member().await.ctx, app.owner().ctx);
    app.stop_clock();
    let id = create(&owner, &app, "Spring sale").await;
    let version = async || Some(campaign::get(&owner, app.account, id).await.unwrap().campaign.version);
    let opened = version().await;
    let typed = |name: &str, version| CampaignForm { version, ..form(name) };
    campaign::update(&ana, app.account, id, typed("Summer sale", opened)).await.unwrap();
    let late = campaign::update(&owner, app.account, id, typed("Winter sale", opened)).await;
    assert_eq!(problem(late), Problem::Conflict(Conflict::ChangedMeanwhile));
    assert_eq!(campaign::get(&owner, app.account, id).await.unwrap().campaign.name, "Summer sale");
    campaign::update(&owner, app.account, id, typed("Winter sale", version().await)).await.unwrap();
    // Without a version it saves as it always did.
    campaign::update(&ana, app.account, id, form("Autumn sale")).await.unwrap();
    assert_eq!(campaign::get(&owner, app.account, id).await.unwrap().campaign.name, "Autumn sale");
}

async fn deleted(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let id = create(&owner, &app, "Spring sale").await;
    campaign::delete(&owner, app.account, id).await.unwrap();
    assert_eq!(problem(campaign::get(&owner, app.account, id).await), Problem::NotFound);
    assert_eq!(problem(campaign::delete(&owner, app.account, id).await), Problem::NotFound);
    assert_eq!(problem(campaign::update(&owner, app.account, id, form("X")).await), Problem::NotFound);
}

/// Those of the account who have the tag and a mobile number; told to readers of contacts.
async fn reaches(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = app.account_below(app.account, "Cape Town").await;
    for (account, mobile, tags) in [
        (app.account, "+27825550101", "vip, news"),
        (app.account, "+27825550102", "news"),
        (app.account, "", "vip"),
        (below, "+27825550103", "vip"),
    ] {
        let (name, email) = ("Zoe".to_owned(), "zoe@example.com".to_owned());
        let contact = ContactForm { name, email, mobile: mobile.to_owned(), tags: tags.to_owned(), version: None };
        contact::create(&owner, account, contact).await.unwrap();
    }
    let id = create(&owner, &app, "Spring sale").await;
    let recipients = async |ctx: &Context| campaign::get(ctx, app.account, id).await.unwrap().recipients;
    assert_eq!(recipients(&owner).await, Some(2));
    for (tag, reached) in [("vip", 1), ("news", 2), ("nobody", 0)] {
        let form = CampaignForm { tag: tag.to_owned(), ..form("Spring sale") };
        campaign::update(&owner, app.account, id, form).await.unwrap();
        assert_eq!(recipients(&owner).await, Some(reached), "{tag}");
    }
    assert_eq!(recipients(&app.custom("campaign").await.ctx).await, None);
}

async fn listed(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    for number in 0..60 {
        create(&owner, &app, &format!("Campaign {number}")).await;
    }
    let list = async |filter| campaign::list(&owner, app.account, filter).await.unwrap();
    let first = list(CampaignFilter::default()).await;
    assert_eq!((en(first.caption()).as_str(), first.rows[0].name.as_str()), ("1 to 50 of 60", "Campaign 59"));
    let second = list(CampaignFilter { cursor: first.older, ..CampaignFilter::default() }).await;
    assert_eq!((second.rows.len(), second.rows[0].name.as_str()), (10, "Campaign 9"));
    let found = list(CampaignFilter { search: "PAIGN 5".to_owned(), cursor: None }).await;
    assert_eq!(found.total, 11);
    for search in ["x".repeat(limit::SEARCH + 1), "a\0b".to_owned()] {
        let filter = CampaignFilter { search, cursor: None };
        assert_eq!(problem(campaign::list(&owner, app.account, filter).await), Problem::Malformed);
    }
}

/// Admins manage campaigns, Members view and edit them, Viewers read.
async fn by_role(on: Kind) {
    let app = App::new(on).await;
    let allowed = async |role: Role| {
        let (who, id) = (app.join(app.account, role).await.ctx, create(&app.owner().ctx, &app, "Spring sale").await);
        [
            campaign::get(&who, app.account, id).await.is_ok(),
            campaign::create(&who, app.account, form("X")).await.is_ok(),
            campaign::update(&who, app.account, id, form("X")).await.is_ok(),
            campaign::delete(&who, app.account, id).await.is_ok(),
        ]
    };
    assert_eq!(allowed(Role::Admin).await, [true, true, true, true]);
    assert_eq!(allowed(Role::Member).await, [true, true, true, false]);
    assert_eq!(allowed(Role::Viewer).await, [true, false, false, false]);
}

async fn without_permission(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app.owner().ctx, &app, "Spring sale").await;
    let refused = |permission| Problem::Refused(Refusal::Permission(permission));
    let (ctx, account) = (app.custom("contact").await.ctx, app.account);
    assert_eq!(problem(campaign::get(&ctx, account, id).await), refused(Permission::CampaignRead));
    let list = campaign::list(&ctx, account, CampaignFilter::default()).await;
    assert_eq!(problem(list), refused(Permission::CampaignRead));
    assert_eq!(problem(campaign::create(&ctx, account, form("X")).await), refused(Permission::CampaignCreate));
    assert_eq!(problem(campaign::update(&ctx, account, id, form("X")).await), refused(Permission::CampaignUpdate));
    assert_eq!(problem(campaign::delete(&ctx, account, id).await), refused(Permission::CampaignDelete));
}

async fn of_this_account(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let below = app.account_below(app.account, "Cape Town").await;
    let id = create(&owner, &app, "Spring sale").await;
    assert_eq!(problem(campaign::get(&owner, below, id).await), Problem::NotFound);
    assert_eq!(problem(campaign::update(&owner, below, id, form("X")).await), Problem::NotFound);
    assert_eq!(problem(campaign::delete(&owner, below, id).await), Problem::NotFound);
    assert_eq!(campaign::list(&owner, below, CampaignFilter::default()).await.unwrap().total, 0);
}

async fn logged(on: Kind) {
    let app = App::new(on).await;
    let admin = app.admin().await;
    let mut size = app.log_size().await;
    let mut assert_logged = async |permission, what: &str| {
        let expected = Expected { who: &admin, permission: Some(permission), outcome: Outcome::Allowed };
        let entry = app.assert_logged(what, size, expected).await;
        assert_eq!(entry.what, what);
        size += 1;
    };
    let id = create(&admin.ctx, &app, "Spring sale").await;
    assert_logged(Permission::CampaignCreate, "created the campaign Spring sale").await;
    campaign::update(&admin.ctx, app.account, id, form("Summer sale")).await.unwrap();
    assert_logged(Permission::CampaignUpdate, "changed the campaign Summer sale").await;
    campaign::delete(&admin.ctx, app.account, id).await.unwrap();
    assert_logged(Permission::CampaignDelete, "deleted the campaign Summer sale").await;
}

async fn create(ctx: &Context, app: &App, name: &str) -> CampaignId {
    campaign::create(ctx, app.account, form(name)).await.unwrap()
}
