//! Which keys can do something, why, and what they do not use.

use crate::support::{App, Expected, Kind, en, on_both_databases, problem};
use model::{ContactFilter, ContactForm, Outcome, Permission, PermissionSet, Problem, Refusal};
use service::{api_key, contact, explorer, member};

on_both_databases!(which_can, why, unused, counts_as_its_creators, not_for_everyone);

async fn which_can(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let below = app.account_below(app.account, "Cape Town").await;
    let creator = app.custom("api_key contact").await;
    let (above, there) = (app.key(&creator, "contact.read").await, app.key_in(below, &owner, "contact").await);
    let revoked = app.key(&owner, "contact").await;
    api_key::revoke(&owner.ctx, app.account, revoked.id).await.unwrap();
    app.key(&owner, "campaign").await;
    let which = async |account, permission| {
        let told = explorer::key_holders(&owner.ctx, account, permission).await.unwrap();
        told.into_iter().map(|holder| holder.id).collect::<Vec<_>>()
    };
    assert_eq!(which(app.account, Permission::ContactReadPii).await, [above.id]);
    assert_eq!(which(below, Permission::ContactReadPii).await, [above.id, there.id]);
    assert_eq!(which(below, Permission::ContactDelete).await, [there.id]);
    let told = explorer::key_holders(&owner.ctx, below, Permission::ContactReadPii).await.unwrap();
    assert!(told[0].inherited && !told[1].inherited);
    assert_eq!(told[0].account_name.as_deref(), Some("Acme"));
    assert_eq!(told[0].chains.iter().map(en).collect::<Vec<_>>(), ["Custom role in Acme, inherited"]);
    member::suspend(&owner.ctx, app.account, creator.member).await.unwrap();
    assert_eq!(which(below, Permission::ContactReadPii).await, [there.id]);
}

async fn why(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let creator = app.custom("api_key contact").await;
    let key = app.key(&creator, "contact.read").await;
    let told = explorer::get_key(&owner.ctx, app.account, key.id).await.unwrap();
    assert_eq!((told.held, told.member), (PermissionSet::from("contact.read"), Some(creator.member)));
    assert_eq!(told.ways(Permission::ContactReadPii).map(en).collect::<Vec<_>>(), ["Custom role in Acme"]);
    assert_eq!(en(told.lack(Permission::ContactDelete)), "The key doesn't have it.");
    member::switch_permission(&owner.ctx, app.account, creator.member, "contact.read.pii", false).await.unwrap();
    let told = explorer::get_key(&owner.ctx, app.account, key.id).await.unwrap();
    assert_eq!(told.held, PermissionSet::from("contact.read.basic"));
    assert_eq!(en(told.lack(Permission::ContactReadPii)), "Ana Ruiz, who created the key, doesn't have it here.");
    let below = app.account_below(app.account, "Cape Town").await;
    let from_below = explorer::get_key(&owner.ctx, below, key.id).await.unwrap();
    assert!(from_below.is_above);
    let there = app.key_in(below, &owner, "role").await;
    let told = explorer::get_key(&owner.ctx, app.account, there.id).await.unwrap();
    assert_eq!(&*told.account_name, "Cape Town");
    assert_eq!(en(told.lack(Permission::RoleManage)), "Applies only in the top-level account.");
    api_key::revoke(&owner.ctx, app.account, key.id).await.unwrap();
    let told = explorer::get_key(&owner.ctx, app.account, key.id).await.unwrap();
    assert_eq!(
        (told.held, &*en(told.lack(Permission::ContactReadBasic))),
        (PermissionSet::EMPTY, "The key was revoked.")
    );
}

async fn unused(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let key = app.key(&owner, "contact").await;
    let form = ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() };
    contact::create(&key.ctx, app.account, form).await.unwrap();
    let told = explorer::get_key(&owner.ctx, app.account, key.id).await.unwrap().unused.unwrap();
    assert!(
        !told.permissions.contains(Permission::ContactCreate) && told.permissions.contains(Permission::ContactReadPii)
    );
    assert_eq!(told.removable, told.permissions);
    contact::list(&key.ctx, app.account, ContactFilter::default()).await.unwrap();
    let log = app.log_size().await;
    let done = explorer::take_unused_of_key(&owner.ctx, app.account, key.id, told.removable).await.unwrap();
    let left = "contact.read contact.create contact.update.tags";
    assert_eq!(done.permissions, PermissionSet::from(left), "it read personal details after the page was opened");
    let expected = Expected { who: &owner, permission: Some(Permission::ApiKeyUpdate), outcome: Outcome::Allowed };
    app.assert_logged("taking away", log, expected).await;
    let used = PermissionSet::EMPTY.with(Permission::ContactCreate);
    let nothing = explorer::take_unused_of_key(&owner.ctx, app.account, key.id, used).await;
    assert!(matches!(problem(nothing), Problem::Conflict(_)));
}

/// What a key uses, its creator needs: without them it would lose it.
async fn counts_as_its_creators(on: Kind) {
    let app = App::new(on).await;
    let creator = app.custom("api_key contact").await;
    let key = app.key(&creator, "contact").await;
    contact::list(&app.owner().ctx, app.account, ContactFilter::default()).await.unwrap();
    let form = ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() };
    contact::create(&key.ctx, app.account, form).await.unwrap();
    let told = explorer::get(&app.owner().ctx, app.account, creator.member).await.unwrap().unused.unwrap();
    assert!(!told.permissions.contains(Permission::ContactCreate));
    assert!(told.permissions.contains(Permission::ContactDelete));
    let other = app.key(&creator, "contact").await;
    let told = explorer::get_key(&app.owner().ctx, app.account, other.id).await.unwrap().unused.unwrap();
    assert!(told.permissions.contains(Permission::ContactCreate), "another key has not used it");
}

async fn not_for_everyone(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact").await;
    let lacks = |permission| Problem::Refused(Refusal::Permission(permission));
    let (people, keys) = (app.custom("member.read").await, app.custom("api_key").await);
    let account = app.account;
    for (by, missing) in [(&people, Permission::ApiKeyRead), (&keys, Permission::MemberRead)] {
        assert_eq!(problem(explorer::get_key(&by.ctx, account, key.id).await), lacks(missing));
        assert_eq!(problem(explorer::key_holders(&by.ctx, account, Permission::ContactDelete).await), lacks(missing));
    }
    let take = explorer::take_unused_of_key(&keys.ctx, account, key.id, PermissionSet::ALL).await;
    assert_eq!(problem(take), lacks(Permission::AccessLogRead));
    let stranger = app.stranger().await;
    assert_eq!(problem(explorer::get_key(&stranger.ctx, stranger.account, key.id).await), Problem::NotFound);
    let reader = app.custom("api_key member.read access_log").await;
    let told = explorer::get_key(&reader.ctx, account, key.id).await.unwrap().unused.unwrap();
    assert!(told.removable.is_empty(), "nobody takes what they do not hold");
}
