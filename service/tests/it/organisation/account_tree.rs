//! A role on an account reaches the accounts below it, and neither those above nor those beside.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::*;
use service::{access_log, contact, invitation, member, organisation, overview, user};

on_both_databases!(reach, sum_of_roles, suspended_in_one, rows, log, members_of_other_branches, invitations);

struct Tree {
    app: App,
    north: AccountId,
    south: AccountId,
    south_shop: AccountId,
}

async fn tree(on: Kind) -> Tree {
    let app = App::new(on).await;
    let north = app.account_below(app.account, "North").await;
    let south = app.account_below(app.account, "South").await;
    let south_shop = app.account_below(south, "Shop").await;
    Tree { app, north, south, south_shop }
}

async fn reach(on: Kind) {
    let Tree { app, north, south, south_shop } = tree(on).await;
    let person = app.join(south, Role::Member).await;
    for account in [south, south_shop] {
        assert!(person.ctx.access(account, Permission::ContactReadPii).await.is_ok());
    }
    for account in [app.account, north] {
        assert_eq!(problem(person.ctx.access(account, Permission::ContactReadPii).await), Problem::NotFound);
        assert_eq!(problem(person.ctx.member(account).await), Problem::NotFound);
    }
    let open: Vec<_> = user::profile(&person.ctx).await.unwrap().accounts;
    assert_eq!(
        open.iter().filter(|account| account.open).map(|account| (account.id, account.depth)).collect::<Vec<_>>(),
        [(south, 1), (south_shop, 2)]
    );
    let standing = organisation::standing(&person.ctx, south_shop).await.unwrap();
    assert_eq!((standing.role, standing.trail.join(" / ").as_str()), (Role::Member, "Acme / South / Shop"));
    assert!(app.owner().ctx.access(south_shop, Permission::AccountDelete).await.is_ok());
    assert_eq!(user::profile(&app.owner().ctx).await.unwrap().accounts.len(), 4);
}

async fn sum_of_roles(on: Kind) {
    let Tree { app, south, south_shop, .. } = tree(on).await;
    let person = app.viewer().await;
    app.join_too(&person, south, Role::Custom).await;
    let below = app_member(&app, south, &person).await;
    member::switch_permission(&app.owner().ctx, south, below, "contact.read.pii", true).await.unwrap();
    let standing = organisation::standing(&person.ctx, south_shop).await.unwrap();
    let viewer = Role::Viewer.permissions(PermissionSet::EMPTY);
    assert_eq!(standing.permissions, viewer.with(Permission::ContactReadPii));
    assert_eq!(organisation::standing(&person.ctx, app.account).await.unwrap().permissions, viewer);
}

async fn suspended_in_one(on: Kind) {
    let Tree { app, south, south_shop, .. } = tree(on).await;
    let person = app.viewer().await;
    app.join_too(&person, south, Role::Member).await;
    let below = app_member(&app, south, &person).await;
    member::suspend(&app.owner().ctx, south, below).await.unwrap();
    let standing = organisation::standing(&person.ctx, south_shop).await.unwrap();
    assert_eq!(standing.role, Role::Viewer, "what is held above still holds");
    member::suspend(&app.owner().ctx, app.account, person.member).await.unwrap();
    assert_eq!(problem(person.ctx.member(south_shop).await), Problem::Refused(Refusal::Suspended));
}

async fn rows(on: Kind) {
    let Tree { app, north, south, .. } = tree(on).await;
    let owner = app.owner().ctx;
    let form =
        |name: &str| ContactForm { name: name.into(), email: "zoe@example.com".into(), ..ContactForm::default() };
    let there = contact::create(&owner, north, form("In the north")).await.unwrap();
    let person = app.join(south, Role::Admin).await;
    let here = contact::create(&person.ctx, south, form("In the south")).await.unwrap();
    assert_eq!(problem(contact::get(&person.ctx, south, there).await), Problem::NotFound);
    assert_eq!(problem(contact::delete(&person.ctx, south, there).await), Problem::NotFound);
    let page = contact::list(&person.ctx, south, ContactFilter::default()).await.unwrap();
    assert_eq!(page.rows.iter().map(|contact| contact.id).collect::<Vec<_>>(), [here]);
    assert_eq!(
        contact::list(&owner, app.account, ContactFilter::default()).await.unwrap().total,
        0,
        "of that very account"
    );
}

/// Who may read the log of one branch reads of that branch.
async fn log(on: Kind) {
    let Tree { app, north, south, south_shop } = tree(on).await;
    let owner = app.owner().ctx;
    let form =
        |name: &str| ContactForm { name: name.into(), email: "zoe@example.com".into(), ..ContactForm::default() };
    contact::create(&owner, north, form("In the north")).await.unwrap();
    contact::create(&owner, south_shop, form("In the shop")).await.unwrap();
    let person = app.join(south, Role::Admin).await;
    let log = access_log::list(&person.ctx, south, AccessFilter::default()).await.unwrap();
    let what: Vec<_> = log.rows.iter().map(|entry| entry.what.as_str()).collect();
    let expected =
        ["accepted an invitation as Admin", "invited someone as Admin", "added a contact", "created the account Shop"];
    assert_eq!(what, expected);
    let overview = overview::get(&person.ctx, south).await.unwrap();
    assert_eq!(overview.accesses.unwrap()[1..], log.rows[..], "and before them, that they were read");
    assert!(app.log_size().await > log.total.rows().unwrap(), "at the root stands everything");
}

async fn members_of_other_branches(on: Kind) {
    let Tree { app, north, south, south_shop } = tree(on).await;
    let (admin, beside, below) = (
        app.join(south, Role::Admin).await,
        app.join(north, Role::Viewer).await,
        app.join(south_shop, Role::Viewer).await,
    );
    let above = app.viewer().await;
    let list = member::list(&admin.ctx, south, MemberFilter::default()).await.unwrap();
    assert_eq!(list.rows.iter().map(|member| member.id).collect::<Vec<_>>(), [admin.member, below.member]);
    for outside in [&beside, &above, &app.owner()] {
        assert_eq!(problem(member::get(&admin.ctx, south, outside.member).await), Problem::NotFound);
        assert_eq!(problem(member::remove(&admin.ctx, south, outside.member).await), Problem::NotFound);
        let switched = member::switch_permission(&admin.ctx, south, outside.member, "contact", true).await;
        assert_eq!(problem(switched), Problem::NotFound);
    }
    assert!(member::suspend(&admin.ctx, south, below.member).await.is_ok());
    let overview = overview::get(&admin.ctx, south).await.unwrap();
    assert_eq!((overview.members, overview.suspended), (Some(2), Some(1)));
}

async fn invitations(on: Kind) {
    let Tree { app, north, south, .. } = tree(on).await;
    let owner = app.owner().ctx;
    app.invite(&owner, north, "north@example.com", Role::Viewer).await;
    app.invite(&owner, south, "south@example.com", Role::Viewer).await;
    let person = app.join(south, Role::Admin).await;
    let emails =
        |list: Page<Invitation>| list.rows.iter().map(|invitation| invitation.email.clone()).collect::<Vec<_>>();
    assert_eq!(
        emails(invitation::list(&person.ctx, south, InvitationFilter::default()).await.unwrap()),
        ["south@example.com"]
    );
    let all = invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap();
    let beside = all.rows.iter().find(|invitation| invitation.email == "north@example.com").unwrap().id;
    assert_eq!(problem(invitation::revoke(&person.ctx, south, beside).await), Problem::NotFound);
    assert_eq!(emails(all), ["south@example.com", "north@example.com"]);
}

async fn app_member(app: &App, account: AccountId, person: &Person) -> MemberId {
    let list = member::list(&app.owner().ctx, account, MemberFilter::default()).await.unwrap().rows;
    list.iter().find(|member| member.user == person.user && member.account == account).unwrap().id
}
