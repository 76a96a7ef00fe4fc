//! What a key opens.

use crate::support::{App, Kind, en, on_both_databases, problem};
use model::{ContactFilter, ContactForm, EntryActor, Permission, PermissionSet, Problem, Refusal};
use service::{api_key, contact, member, organisation, user};

on_both_databases!(what_it_was_given, what_its_creator_holds, in_subtree, the_wall, no_person, its_name_in_the_log);

fn form() -> ContactForm {
    ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() }
}

fn refused(permission: Permission) -> Problem {
    Problem::Refused(Refusal::Permission(permission))
}

async fn what_it_was_given(on: Kind) {
    let app = App::new(on).await;
    let key = app.key(&app.owner(), "contact.read.basic contact.create").await;
    let id = contact::create(&key.ctx, app.account, form()).await.unwrap();
    let shown = contact::get(&key.ctx, app.account, id).await.unwrap();
    assert_eq!(shown.personal, None, "personal details do not leave the server");
    let search = ContactFilter { search: "ben".into(), ..ContactFilter::default() };
    assert_eq!(problem(contact::list(&key.ctx, app.account, search).await), refused(Permission::ContactReadPii));
    assert_eq!(problem(contact::delete(&key.ctx, app.account, id).await), refused(Permission::ContactDelete));
    let own = api_key::own(&key.ctx).await.unwrap();
    assert_eq!((own.id, own.account), (key.id, app.account));
    assert_eq!(own.permissions, PermissionSet::from("contact.read.basic contact.create"));
}

async fn what_its_creator_holds(on: Kind) {
    let app = App::new(on).await;
    let creator = app.custom("api_key contact").await;
    let key = app.key(&creator, "contact").await;
    let id = contact::create(&key.ctx, app.account, form()).await.unwrap();
    let owner = app.owner().ctx;
    member::switch_permission(&owner, app.account, creator.member, "contact.delete", false).await.unwrap();
    assert_eq!(problem(contact::delete(&key.ctx, app.account, id).await), refused(Permission::ContactDelete));
    member::switch_permission(&owner, app.account, creator.member, "campaign", true).await.unwrap();
    assert!(
        key.ctx.access(app.account, Permission::CampaignRead).await.is_err(),
        "what its creator gains is not its own"
    );
    member::switch_permission(&owner, app.account, creator.member, "contact.delete", true).await.unwrap();
    contact::delete(&key.ctx, app.account, id).await.unwrap();
}

async fn in_subtree(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let cape = app.account_below(west, "Cape Town").await;
    let key = app.key_in(west, &app.owner(), "organisation role contact").await;
    for open in [west, cape] {
        contact::create(&key.ctx, open, form()).await.unwrap();
    }
    for closed in [app.account, east] {
        assert_eq!(problem(contact::create(&key.ctx, closed, form()).await), Problem::NotFound);
    }
    let held = api_key::own(&key.ctx).await.unwrap().permissions;
    assert!(!held.contains(Permission::RoleManage), "what reaches the whole organisation counts at its root alone");
    assert!(held.contains(Permission::RoleRead));
}

async fn the_wall(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let theirs = app.key_in(stranger.account, &stranger, "organisation account member role api_key contact").await;
    let ours = app.key(&app.owner(), "contact").await;
    assert_eq!(problem(contact::create(&theirs.ctx, app.account, form()).await), Problem::NotFound);
    assert_eq!(problem(api_key::get(&theirs.ctx, stranger.account, ours.id).await), Problem::NotFound);
    assert_eq!(problem(api_key::get(&stranger.ctx, app.account, ours.id).await), Problem::NotFound);
    assert_eq!(problem(api_key::revoke(&stranger.ctx, stranger.account, ours.id).await), Problem::NotFound);
    assert_eq!(problem(api_key::rotate(&stranger.ctx, stranger.account, ours.id).await), Problem::NotFound);
    let switch = api_key::switch_permission(&stranger.ctx, stranger.account, ours.id, "contact", false);
    assert_eq!(problem(switch.await), Problem::NotFound);
    let rows = api_key::list(&stranger.ctx, stranger.account, model::ApiKeyFilter::default()).await.unwrap();
    assert_eq!(rows.rows.iter().map(|key| key.id).collect::<Vec<_>>(), [theirs.id]);
    contact::create(&ours.ctx, app.account, form()).await.unwrap();
}

/// What is a person's own is closed to their keys.
async fn no_person(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let everything: Vec<&str> = model::Node::resources().map(|node| node.path).collect();
    let key = app.key(&owner, &everything.join(" ")).await;
    let people_only = Problem::Refused(Refusal::PeopleOnly);
    assert_eq!(problem(user::profile(&key.ctx).await), people_only);
    assert_eq!(problem(service::email_change::get(&key.ctx).await), people_only);
    assert_eq!(problem(service::second_factor::get(&key.ctx).await), people_only);
    assert_eq!(problem(service::invitation::list_own(&key.ctx).await), people_only);
    assert_eq!(problem(member::leave(&key.ctx, app.account).await), people_only);
    assert_eq!(
        problem(organisation::create(&key.ctx, model::NewOrganisation { name: "Mine".into() }).await),
        people_only
    );
    let form = model::DeleteOrganisation { name: "Acme".into() };
    let delete = service::deletion::delete(&key.ctx, app.account, form).await;
    assert_eq!(problem(delete), Problem::Refused(Refusal::OwnerOnly), "a key is not the owner");
    let admin = app.admin().await;
    let offer = model::OfferOwnership { member: admin.member };
    let offer = service::ownership::offer(&key.ctx, app.account, offer).await;
    assert_eq!(problem(offer), Problem::Refused(Refusal::OwnerOnly));
    assert_eq!(problem(app.with_key("tnt_nothing").await), Problem::UnknownKey);
    assert_eq!(problem(api_key::own(&owner.ctx).await), Problem::UnknownKey);
}

async fn its_name_in_the_log(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner();
    let key = app.key(&owner, "contact.create").await;
    let made = app.log().await[0].clone();
    assert_eq!((&*made.what, &made.key), ("created the API key A program", &None));
    let id = contact::create(&key.ctx, app.account, form()).await.unwrap();
    assert!(contact::delete(&key.ctx, app.account, id).await.is_err());
    let log = app.log().await;
    for entry in &log[..2] {
        assert_eq!(
            (entry.who.user, entry.key.as_ref().map(|key| key.name.as_str())),
            (Some(owner.user), Some("A program"))
        );
        assert_eq!(entry.ip, key.ctx.request().ip);
        let begins = &key.secret[..8];
        assert_eq!(en(EntryActor(entry)), format!("Olga Owens, API key A program ({begins}…),"));
    }
    assert_eq!(log[0].outcome, model::Outcome::Refused);
}
