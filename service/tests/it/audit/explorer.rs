use crate::support::{App, Kind, Person, en, on_both_databases, problem};
use model::{
    AccountId, ContactFilter, ContactForm, GrantPath, Holder, MemberId, Outcome, Permission, PermissionSet, Problem,
    Refusal, Role, RoleForm, Standing, UNUSED_DAYS,
};
use service::{api_key, contact, explorer, member, organisation, role};
use std::time::Duration;

on_both_databases!(
    who_can,
    who_can_page_by_page,
    sources_above,
    why,
    what_if,
    unused,
    taken_away,
    not_taken_away,
    traces,
    nobody_used,
    used_elsewhere,
    strangers
);

const DAY: Duration = Duration::from_hours(24);

async fn who(app: &App, account: AccountId, permission: Permission) -> Vec<Holder> {
    explorer::holders(&app.owner().ctx, account, permission, None).await.unwrap().rows.to_vec()
}

fn sentences(chains: &[GrantPath]) -> Vec<String> {
    chains.iter().map(en).collect()
}

async fn who_can(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (admin, viewer) = (app.admin().await, app.viewer().await);
    let custom = app.custom("contact.read").await;
    let there = app.join(below, Role::Member).await;
    let form = RoleForm { name: "Marketing".to_owned(), like: Some(Role::Member) };
    let named = role::create(&app.owner().ctx, app.account, form).await.unwrap();
    let marketer = app.join(app.account, Role::Named(named)).await;
    let suspended = app.member().await;
    member::suspend(&app.owner().ctx, app.account, suspended.member).await.unwrap();

    let emails = |rows: &[Holder]| rows.iter().map(|holder| holder.email.clone()).collect::<Vec<_>>();
    let of = |people: &[&Person]| people.iter().map(|person| person.email.clone()).collect::<Vec<_>>();
    let here = who(&app, app.account, Permission::ContactReadPii).await;
    assert_eq!(emails(&here), of(&[&app.owner(), &admin, &custom, &marketer]), "not {}", viewer.email);
    let chains: Vec<_> = here.iter().map(|holder| sentences(&holder.chains).join("; ")).collect();
    assert_eq!(
        chains,
        ["Owner of the organisation", "Role Admin in Acme", "Custom role in Acme", "Role Marketing in Acme"]
    );

    let lower = who(&app, below, Permission::ContactReadPii).await;
    assert_eq!(emails(&lower), of(&[&app.owner(), &admin, &custom, &there, &marketer]));
    assert_eq!(sentences(&lower[1].chains), ["Role Admin in Acme, inherited"]);
    assert_eq!(sentences(&lower[3].chains), ["Role Member in Cape Town"]);
    let at_root = who(&app, app.account, Permission::RoleManage).await;
    assert_eq!(emails(&at_root), of(&[&app.owner(), &admin]));
    let elsewhere = app.join(below, Role::Admin).await;
    let lower = who(&app, below, Permission::RoleManage).await;
    assert_eq!(emails(&lower), of(&[&app.owner(), &admin]), "{} holds it nowhere", elsewhere.email);

    // Two ways lead to the same.
    let both = app.invite(&app.owner().ctx, below, &admin.email, Role::Member).await;
    let form = crate::support::accept_form(&both);
    let form = model::AcceptInvitation { password: model::Password::new(crate::support::PASSWORD), ..form };
    service::invitation::accept(&app.anonymous(), form).await.unwrap();
    let lower = who(&app, below, Permission::ContactReadPii).await;
    let ways = lower.iter().find(|holder| holder.email == admin.email).unwrap();
    assert_eq!(sentences(&ways.chains), ["Role Admin in Acme, inherited", "Role Member in Cape Town"]);
}

async fn who_can_page_by_page(on: Kind) {
    let app = App::new(on).await;
    app.crowd(120).await;
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let permission = Permission::ContactReadBasic;
        let page = explorer::holders(&app.owner().ctx, app.account, permission, cursor).await.unwrap();
        assert_eq!(page.total, 121);
        seen.extend(page.rows.iter().map(|holder| holder.name.clone()));
        cursor = page.older;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!((seen.len(), &*seen[0], &*seen[120]), (121, "Olga Owens", "Person 119"));
}

/// Who is told what of the people above.
async fn sources_above(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (above, reader) = (app.member().await, app.join(below, Role::Viewer).await);
    let told = explorer::holders(&reader.ctx, below, Permission::ContactReadPii, None).await.unwrap().rows;
    assert_eq!(told.len(), 2);
    assert_eq!((&*told[1].email, &*en(&told[1].chains[0])), ("", "Role Member in a parent account"));
    let list = member::above(&reader.ctx, below, None).await.unwrap();
    assert_eq!(list.rows.iter().map(|row| row.from.clone()).collect::<Vec<_>>(), [None, None]);
    assert_eq!(list.rows.iter().map(|row| row.role).collect::<Vec<_>>(), [Role::Owner, Role::Member]);
    assert_eq!(list.rows[1].id, above.member);
    let list = member::above(&above.ctx, below, None).await.unwrap();
    assert_eq!(list.rows[1].from.as_deref(), Some("Acme"));
    assert_eq!(member::counts(&reader.ctx, below).await.unwrap().above, 2);
    assert_eq!(member::above(&above.ctx, app.account, None).await.unwrap().total, 0);
    let explained = explorer::get(&reader.ctx, below, above.member).await.unwrap();
    assert!(explained.is_above && explained.unused.is_none());
    assert_eq!(en(&explained.chains[0].0), "Role Member in a parent account");
}

async fn why(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let (member, admin_there) = (app.member().await, app.join(below, Role::Admin).await);
    let told = explorer::get(&app.owner().ctx, app.account, member.member).await.unwrap();
    assert_eq!(told.held, Role::Member.permissions(PermissionSet::EMPTY));
    let ways: Vec<_> = told.paths_to(Permission::ContactReadPii).map(en).collect();
    assert_eq!(ways, ["Role Member in Acme"]);
    assert_eq!(told.paths_to(Permission::ContactDelete).count(), 0);
    assert_eq!(en(told.lack(Permission::ContactDelete)), "None of Ana's roles include it.");
    // Somebody of an account below is explained there.
    let told = explorer::get(&app.owner().ctx, app.account, admin_there.member).await.unwrap();
    assert_eq!((told.account, &*told.account_name), (below, "Cape Town"));
    assert!(!told.held.contains(Permission::RoleManage));
    assert_eq!(en(told.lack(Permission::RoleManage)), "Applies only in the top-level account.");
    member::suspend(&app.owner().ctx, app.account, member.member).await.unwrap();
    let told = explorer::get(&app.owner().ctx, app.account, member.member).await.unwrap();
    assert_eq!((told.held, &*en(&told.chains[0].0)), (PermissionSet::EMPTY, "Role Member in Acme, suspended"));
    let owner = explorer::get(&member_reader(&app).await.ctx, app.account, app.owner().member).await.unwrap();
    assert_eq!((owner.held, owner.update), (PermissionSet::ALL, Err(Refusal::Permission(Permission::MemberUpdate))));
}

async fn member_reader(app: &App) -> Person {
    app.custom("member.read").await
}

async fn what_if(on: Kind) {
    let app = App::new(on).await;
    let (member, admin) = (app.member().await, app.admin().await);
    let before = app.log_size().await;
    let told = explorer::preview_role(&app.owner().ctx, app.account, member.member, Role::Viewer).await.unwrap();
    assert_eq!(told.gained, PermissionSet::from("role.read hook.read alert.read"));
    assert!(told.lost.contains(Permission::ContactReadPii) && !told.lost.contains(Permission::ContactReadBasic));
    assert_eq!((told.allowed, &*en(&told.role_name)), (Ok(()), "Viewer"));
    let reader = app.custom("member.read").await;
    let log = app.log_size().await;
    assert!(log > before);
    for (by, whom, allowed) in [
        (&reader, &member, Err(Refusal::Permission(Permission::MemberUpdate))),
        (&admin, &member, Ok(())),
        (&admin, &admin, Err(Refusal::Oneself)),
        (&admin, &app.owner(), Err(Refusal::Owner)),
    ] {
        let told = explorer::preview_role(&by.ctx, app.account, whom.member, Role::Admin).await.unwrap();
        assert_eq!(told.allowed, allowed);
    }
    let lesser = app.custom("member").await;
    let told = explorer::preview_role(&lesser.ctx, app.account, member.member, Role::Admin).await.unwrap();
    assert_eq!(told.allowed, Err(Refusal::AboveOwnPermissions));
    assert_eq!(told.gained.union(Role::Member.permissions(PermissionSet::EMPTY)), PermissionSet::ALL);
    let standing: Standing = organisation::standing(&member.ctx, app.account).await.unwrap();
    assert_eq!(standing.role, Role::Member, "nothing was saved");
    let owner = explorer::preview_role(&app.owner().ctx, app.account, member.member, Role::Owner).await;
    assert_eq!(problem(owner), Problem::Malformed);
    // What an account above gives stays, whatever the role below.
    let below = app.account_below(app.account, "Cape Town").await;
    let secret = app.invite(&app.owner().ctx, below, &member.email, Role::Admin).await;
    let form = crate::support::accept_form(&secret);
    let form = model::AcceptInvitation { password: model::Password::new(crate::support::PASSWORD), ..form };
    service::invitation::accept(&app.anonymous(), form).await.unwrap();
    let id = member_in(&app, below, &member.email).await;
    let told = explorer::preview_role(&app.owner().ctx, app.account, id, Role::Viewer).await.unwrap();
    assert!(told.lost.contains(Permission::ContactDelete) && !told.lost.contains(Permission::ContactReadPii));
}

async fn member_in(app: &App, account: AccountId, email: &str) -> MemberId {
    let filter = model::MemberFilter { search: email.to_owned(), ..Default::default() };
    let rows = member::list(&app.owner().ctx, account, filter).await.unwrap().rows;
    rows.iter().find(|row| row.account == account).unwrap().id
}

async fn add_contact(by: &Person, account: AccountId) {
    let form = ContactForm { name: "Ben".into(), email: "ben@example.com".into(), ..ContactForm::default() };
    contact::create(&by.ctx, account, form).await.unwrap();
}

async fn unused_of(app: &App, person: &Person) -> model::Unused {
    explorer::get(&app.owner().ctx, app.account, person.member).await.unwrap().unused.unwrap()
}

async fn unused(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    add_contact(&member, app.account).await;
    let told = unused_of(&app, &member).await;
    assert!(told.joined.is_some(), "less than ninety days ago");
    assert!(!told.permissions.contains(Permission::ContactCreate));
    assert!(told.permissions.contains(Permission::ContactReadPii));
    assert!(!told.permissions.contains(Permission::MemberRead), "reading pages leaves no trace");
    app.move_clock(DAY * u32::try_from(UNUSED_DAYS - 1).unwrap());
    contact::list(&member.ctx, app.account, ContactFilter::default()).await.unwrap();
    assert!(!unused_of(&app, &member).await.permissions.contains(Permission::ContactReadPii));
    app.move_clock(DAY * 2);
    let told = unused_of(&app, &member).await;
    assert_eq!(told.joined, None);
    assert!(told.permissions.contains(Permission::ContactCreate), "its use is too long ago");
    assert!(!told.permissions.contains(Permission::ContactReadPii));
    // To be refused is no use.
    let viewer = app.viewer().await;
    let form = ContactForm { name: "Ben".into(), ..ContactForm::default() };
    assert!(contact::create(&viewer.ctx, app.account, form).await.is_err());
    member::switch_permission(&app.owner().ctx, app.account, viewer.member, "contact.create", true).await.unwrap();
    assert!(unused_of(&app, &viewer).await.permissions.contains(Permission::ContactCreate));
}

async fn taken_away(on: Kind) {
    let app = App::new(on).await;
    let member = app.member().await;
    add_contact(&member, app.account).await;
    let told = unused_of(&app, &member).await;
    assert_eq!(told.removable, told.permissions);
    contact::list(&member.ctx, app.account, ContactFilter::default()).await.unwrap();
    let log = app.log_size().await;
    let done = explorer::take_unused(&app.owner().ctx, app.account, member.member, told.removable).await.unwrap();
    assert_eq!(done.role, Role::Custom);
    let standing = organisation::standing(&member.ctx, app.account).await.unwrap();
    assert_eq!(standing.permissions, done.permissions);
    assert!(standing.may(Permission::ContactReadPii), "it was used after the page was opened");
    assert!(standing.may(Permission::ContactCreate) && standing.may(Permission::MemberRead));
    assert!(!standing.may(Permission::ContactUpdateDetails) && !standing.may(Permission::CampaignSend));
    let expected = crate::support::Expected {
        who: &app.owner(),
        permission: Some(Permission::MemberUpdate),
        outcome: Outcome::Allowed,
    };
    app.assert_logged("taking away", log, expected).await;
    let again = explorer::take_unused(&app.owner().ctx, app.account, member.member, told.removable).await.unwrap();
    assert_eq!(again.permissions, done.permissions);
    let used = PermissionSet::EMPTY.with(Permission::ContactCreate).with(Permission::MemberRead);
    let nothing = explorer::take_unused(&app.owner().ctx, app.account, member.member, used).await;
    assert!(matches!(problem(nothing), Problem::Conflict(_)));
}

async fn not_taken_away(on: Kind) {
    let app = App::new(on).await;
    let (admin, member) = (app.admin().await, app.member().await);
    let lesser = app.custom("member access_log").await;
    let blind = app.custom("member contact").await;
    let told = explorer::get(&lesser.ctx, app.account, member.member).await.unwrap().unused.unwrap();
    assert!(!told.permissions.is_empty() && told.removable.is_empty(), "nobody takes what they do not hold");
    assert_eq!(explorer::get(&blind.ctx, app.account, member.member).await.unwrap().unused, None);
    let all = PermissionSet::ALL;
    for (by, whom, refusal) in [
        (&lesser, &member, Refusal::AboveOwnPermissions),
        (&blind, &member, Refusal::Permission(Permission::AccessLogRead)),
        (&member, &admin, Refusal::Permission(Permission::MemberUpdate)),
        (&admin, &admin, Refusal::Oneself),
        (&admin, &app.owner(), Refusal::Owner),
    ] {
        let answer = explorer::take_unused(&by.ctx, app.account, whom.member, all).await;
        assert_eq!(problem(answer), Problem::Refused(refusal));
    }
}

/// What is said to leave a trace leaves one under its name.
async fn traces(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let admin = app.admin().await;
    let (viewer, other) = (app.viewer().await, app.viewer().await);
    let ctx = &admin.ctx;
    add_contact(&admin, app.account).await;
    let contact = contact::list(ctx, app.account, ContactFilter::default()).await.unwrap().rows[0].id;
    let form = ContactForm { name: "Ben".into(), mobile: "+27825550100".into(), ..ContactForm::default() };
    contact::update(ctx, app.account, contact, form).await.unwrap();
    contact::delete(ctx, app.account, contact).await.unwrap();
    member::set_role(ctx, app.account, viewer.member, Role::Member).await.unwrap();
    member::suspend(ctx, app.account, viewer.member).await.unwrap();
    member::remove(ctx, app.account, other.member).await.unwrap();
    app.invite(ctx, app.account, "ben@example.com", Role::Viewer).await;
    let form = RoleForm { name: "Marketing".to_owned(), like: None };
    role::create(ctx, app.account, form).await.unwrap();
    let form = model::AccountForm { name: "Durban".to_owned() };
    service::account::rename(ctx, below, form.clone()).await.unwrap();
    service::account::delete(ctx, below, form).await.unwrap();
    let form = model::UpdateOrganisation { name: "Acme Ltd".to_owned(), ..Default::default() };
    organisation::update(ctx, app.account, form).await.unwrap();
    let key = app.key(&admin, "contact").await.id;
    api_key::switch_permission(ctx, app.account, key, "contact", false).await.unwrap();
    api_key::revoke(ctx, app.account, key).await.unwrap();
    let left = unused_of(&app, &admin).await.permissions;
    let used = PermissionSet::logged_on_use().without(left);
    let expected = "organisation.update account.update account.delete member.invite member.update member.suspend \
                    member.remove role.manage api_key.create api_key.update api_key.revoke contact.read.pii contact.create contact.update.details contact.delete";
    assert_eq!(used, PermissionSet::from(expected));
}

async fn nobody_used(on: Kind) {
    let app = App::new(on).await;
    let (member, viewer) = (app.member().await, app.viewer().await);
    add_contact(&member, app.account).await;
    let stranger = app.stranger().await;
    let told = explorer::idle(&app.owner().ctx, app.account).await.unwrap();
    assert!(told.created.is_some());
    assert!(!told.permissions.contains(Permission::ContactCreate));
    assert!(told.permissions.contains(Permission::ContactDelete));
    let theirs = explorer::idle(&stranger.ctx, stranger.account).await.unwrap();
    assert!(theirs.permissions.contains(Permission::ContactCreate));
    let refused = Problem::Refused(Refusal::Permission(Permission::AccessLogRead));
    assert_eq!(problem(explorer::idle(&viewer.ctx, app.account).await), refused);
}

/// Who works in one branch does not learn from the log what is done in another, or above.
async fn used_elsewhere(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let shop = app.account_below(west, "Shop").await;
    let (wes, eve) = (app.join(west, Role::Admin).await, app.join(east, Role::Admin).await);
    add_contact(&eve, east).await;
    let key = app.key_in(app.account, &app.owner(), "contact").await;
    add_contact(&Person { ctx: key.ctx.clone(), ..app.owner() }, app.account).await;
    let idle = async |by: &Person, account| explorer::idle(&by.ctx, account).await.unwrap().permissions;
    assert!(idle(&wes, west).await.contains(Permission::ContactCreate));
    assert!(!idle(&wes, west).await.contains(Permission::RoleManage), "it counts at the root alone");
    assert!(!idle(&eve, east).await.contains(Permission::ContactCreate));
    assert!(!idle(&app.owner(), app.account).await.contains(Permission::ContactCreate));
    // Of those above, too, what they do elsewhere stays unknown.
    let of_owner = explorer::get(&wes.ctx, west, app.owner().member).await.unwrap().unused.unwrap();
    assert!(of_owner.permissions.contains(Permission::ContactCreate));
    let of_key = explorer::get_key(&wes.ctx, west, key.id).await.unwrap().unused.unwrap();
    assert!(of_key.permissions.contains(Permission::ContactCreate));

    add_contact(&wes, shop).await;
    assert!(!idle(&wes, west).await.contains(Permission::ContactCreate), "what lies below counts");
}

async fn strangers(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let (wes, eve) = (app.join(west, Role::Admin).await, app.join(east, Role::Viewer).await);
    let stranger = app.stranger().await;
    for (by, account) in [(&wes, west), (&stranger, stranger.account), (&stranger, app.account)] {
        let get = explorer::get(&by.ctx, account, eve.member).await;
        assert_eq!(problem(get), Problem::NotFound);
        assert_eq!(
            problem(explorer::preview_role(&by.ctx, account, eve.member, Role::Viewer).await),
            Problem::NotFound
        );
        let take = explorer::take_unused(&by.ctx, account, eve.member, PermissionSet::ALL).await;
        assert_eq!(problem(take), Problem::NotFound);
    }
    let above = explorer::preview_role(&wes.ctx, west, app.owner().member, Role::Viewer).await;
    assert_eq!(problem(above), Problem::NotFound, "what lies above is not changed from here");
}
