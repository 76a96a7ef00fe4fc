//! One act on many members, and taking it back.

use crate::support::{App, Kind, Person, on_both_databases, problem};
use model::{
    ActOutcome, Conflict, ContactFilter, MemberAct, MemberFilter, MemberSelection, MembersChanged, Permission,
    PermissionSet, Problem, Refusal, RequestId, Role, RoleForm, RoleId, RoleName, limit,
};
use service::{contact, member, organisation};
use std::time::Duration;

on_both_databases!(
    suspended_and_restored,
    a_line_for_each,
    preview_changes_nothing,
    all_that_match,
    a_whole_account,
    too_many,
    faulty_selection,
    permissions_that_are_new,
    a_role_of_their_own,
    two_factor_is_no_filter_for_all,
    taken_back,
    only_while_it_is_fresh,
    by_nobody_else,
    no_more_than_is_held_now,
    what_changed_since_stays,
    a_role_that_is_gone_is_not_given_back,
    a_role_is_given_back_as_it_is_now,
    of_this_organisation_alone
);

fn these(people: &[&Person]) -> MemberSelection {
    MemberSelection::Members(people.iter().map(|person| person.member).collect())
}

async fn change(app: &App, selection: MemberSelection, act: MemberAct) -> MembersChanged {
    member::change_many(&app.request(service::Actor::User(app.owner().user)), app.account, selection, act)
        .await
        .unwrap()
}

async fn undo(app: &App, changed: &MembersChanged) -> service::Result<MembersChanged> {
    member::undo(&app.owner().ctx, app.account, changed.undo.unwrap()).await
}

async fn role(app: &App, person: &Person) -> (Role, PermissionSet) {
    let standing = organisation::standing(&person.ctx, app.account).await.unwrap();
    (standing.role, standing.permissions)
}

fn counts(changed: &MembersChanged) -> (u64, u64, u64) {
    (changed.changed, changed.unchanged, changed.refused)
}

async fn suspended_and_restored(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let before = app.log_size().await;
    let both = these(&[&ana, &ben]);
    assert_eq!(counts(&change(&app, both.clone(), MemberAct::Suspend).await), (2, 0, 0));
    assert_eq!(app.log_size().await, before + 2);
    for person in [&ana, &ben] {
        let refused = contact::list(&person.ctx, app.account, ContactFilter::default()).await;
        assert_eq!(problem(refused), Problem::Refused(Refusal::Suspended));
    }
    assert_eq!(counts(&change(&app, both.clone(), MemberAct::Suspend).await), (0, 2, 0));
    change(&app, both, MemberAct::Restore).await;
    assert!(contact::list(&ana.ctx, app.account, ContactFilter::default()).await.is_ok());
}

async fn a_line_for_each(on: Kind) {
    let app = App::new(on).await;
    let (admin, other, ana, viewer) = (app.admin().await, app.admin().await, app.member().await, app.viewer().await);
    let owner = app.owner();
    let before = app.log_size().await;
    let all = these(&[&owner, &admin, &other, &ana, &viewer]);
    let act = MemberAct::SetRole(Role::Viewer);
    let changed = member::change_many(&admin.ctx, app.account, all, act).await.unwrap();
    let outcome = |person: &Person| changed.lines.iter().find(|line| line.member == person.member).unwrap().outcome;
    assert_eq!(outcome(&owner), ActOutcome::Refused(Refusal::Owner));
    assert_eq!(outcome(&admin), ActOutcome::Refused(Refusal::Oneself));
    assert_eq!(outcome(&other), ActOutcome::Refused(Refusal::AdminByOwnerOnly));
    assert_eq!(outcome(&ana), ActOutcome::Changed);
    assert_eq!(outcome(&viewer), ActOutcome::Unchanged);
    assert_eq!(counts(&changed), (1, 1, 3));
    assert_eq!(app.log_size().await, before + 4, "the change and the three refusals");
    assert_eq!(role(&app, &ana).await.0, Role::Viewer);
    assert_eq!(role(&app, &other).await.0, Role::Admin);
}

async fn preview_changes_nothing(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let (owner, before) = (app.owner(), app.log_size().await);
    let preview =
        member::preview_many(&owner.ctx, app.account, these(&[&ana, &owner]), MemberAct::Remove).await.unwrap();
    assert_eq!(counts(&preview), (1, 0, 1));
    assert_eq!(preview.undo, None);
    assert_eq!(app.log_size().await, before);
    assert_eq!(role(&app, &ana).await.0, Role::Member);
}

async fn all_that_match(on: Kind) {
    let app = App::new(on).await;
    let (ana, viewer) = (app.member().await, app.viewer().await);
    let members = MemberFilter { role: Some(Role::Member), ..MemberFilter::default() };
    let changed = change(&app, MemberSelection::Matching(members), MemberAct::Remove).await;
    assert_eq!(counts(&changed), (1, 0, 0));
    assert_eq!(problem(organisation::standing(&ana.ctx, app.account).await), Problem::NotFound);
    assert!(organisation::standing(&viewer.ctx, app.account).await.is_ok());
}

async fn a_whole_account(on: Kind) {
    let app = App::new(on).await;
    let all = u64::try_from(limit::SELECTED).unwrap();
    app.crowd(i64::try_from(all).unwrap() - 1).await;
    let before = app.rows("access_entry").await;
    let everyone = MemberSelection::Matching(MemberFilter::default());
    for act in [MemberAct::SetRole(Role::Member), MemberAct::Suspend, MemberAct::Remove] {
        let changed = change(&app, everyone.clone(), act).await;
        assert_eq!(counts(&changed), (all - 1, 0, 1), "{act:?}, but for the owner");
        assert_eq!(undo(&app, &changed).await.unwrap().changed, all - 1, "{act:?}");
    }
    assert_eq!(app.rows("access_entry").await - before, 3 * (2 * all - 1), "an entry each");
}

async fn too_many(on: Kind) {
    let app = App::new(on).await;
    app.crowd(i64::try_from(limit::SELECTED).unwrap()).await;
    let owner = app.owner();
    let everyone = MemberSelection::Matching(MemberFilter::default());
    let refused = member::change_many(&owner.ctx, app.account, everyone, MemberAct::Suspend).await;
    assert_eq!(problem(refused), Problem::Conflict(Conflict::TooManySelected { limit: limit::SELECTED }));
    let unknown = MemberSelection::Members(vec![owner.member; limit::SELECTED + 1]);
    assert_eq!(problem(member::preview_many(&owner.ctx, app.account, unknown, MemberAct::Suspend).await).status(), 409);
}

async fn faulty_selection(on: Kind) {
    let app = App::new(on).await;
    for search in ["x".repeat(limit::SEARCH + 1), "a\0b".to_owned()] {
        let filter = MemberFilter { search, ..MemberFilter::default() };
        let selection = MemberSelection::Matching(filter);
        let refused = member::change_many(&app.owner().ctx, app.account, selection, MemberAct::Suspend).await;
        assert_eq!(problem(refused), Problem::Malformed);
    }
    let owner = MemberAct::SetRole(Role::Owner);
    let refused = member::preview_many(&app.owner().ctx, app.account, these(&[]), owner).await;
    assert_eq!(problem(refused), Problem::Malformed);
}

async fn permissions_that_are_new(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.custom("contact.read.basic billing.read").await);
    let all = these(&[&ana, &ben]);
    let owner = app.owner();
    let numbers = async |act| {
        let preview = member::preview_many(&owner.ctx, app.account, all.clone(), act).await.unwrap();
        let line = |person: &Person| preview.lines.iter().find(|line| line.member == person.member).unwrap().clone();
        let numbers = [&ana, &ben].map(|person| (line(person).gained, line(person).lost));
        (numbers, preview.role_name)
    };
    let (every, held) = (Permission::ALL.len() as u64, Role::Member.permissions(PermissionSet::EMPTY).len() as u64);
    let to_admin = numbers(MemberAct::SetRole(Role::Admin)).await;
    assert_eq!(to_admin, ([(every - held, 0), (every - 2, 0)], Some(RoleName::BuiltIn(Role::Admin))));
    let to_member = numbers(MemberAct::SetRole(Role::Member)).await;
    assert_eq!(to_member, ([(0, 0), (held - 1, 1)], Some(RoleName::BuiltIn(Role::Member))));
    assert_eq!(numbers(MemberAct::Remove).await, ([(0, 0), (0, 0)], None));
    let form = RoleForm { name: "Marketing".to_owned(), like: Some(Role::Member) };
    let named = service::role::create(&owner.ctx, app.account, form).await.unwrap();
    let to_named = numbers(MemberAct::SetRole(Role::Named(named))).await;
    assert_eq!(to_named, ([(0, 0), (held - 1, 1)], Some(RoleName::Named("Marketing".to_owned()))));
}

async fn a_role_of_their_own(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.viewer().await);
    let before = [role(&app, &ana).await.1, role(&app, &ben).await.1];
    let changed = change(&app, these(&[&ana, &ben]), MemberAct::SetRole(Role::Custom)).await;
    assert_eq!(counts(&changed), (2, 0, 0));
    for (person, before) in [(&ana, before[0]), (&ben, before[1])] {
        assert_eq!(role(&app, person).await, (Role::Custom, before), "it begins with what they have");
    }
    assert_eq!(undo(&app, &changed).await.unwrap().changed, 2);
    assert_eq!(role(&app, &ana).await.0, Role::Member);
    assert_eq!(role(&app, &ben).await.0, Role::Viewer);
}

/// Else whoever may suspend would learn by it who lacks one.
async fn two_factor_is_no_filter_for_all(on: Kind) {
    let app = App::new(on).await;
    let guard = app.custom("member.read member.suspend").await;
    let without = MemberFilter { second_factor: Some(false), ..MemberFilter::default() };
    let refused = Problem::Refused(Refusal::Permission(Permission::MemberUpdate));
    let selection = || MemberSelection::Matching(without.clone());
    let preview = member::preview_many(&guard.ctx, app.account, selection(), MemberAct::Suspend).await;
    assert_eq!(problem(preview), refused);
    let changed = member::change_many(&guard.ctx, app.account, selection(), MemberAct::Suspend).await;
    assert_eq!(problem(changed), refused);
    assert!(member::preview_many(&app.owner().ctx, app.account, selection(), MemberAct::Suspend).await.is_ok());
}

async fn taken_back(on: Kind) {
    let app = App::new(on).await;
    let custom = app.custom("contact.read.basic billing").await;
    let viewer = app.viewer().await;
    let before = role(&app, &custom).await;
    for act in [MemberAct::SetRole(Role::Member), MemberAct::Suspend, MemberAct::Remove] {
        let changed = change(&app, these(&[&custom, &viewer]), act).await;
        assert_eq!(changed.changed, 2, "{act:?}");
        let back = undo(&app, &changed).await.unwrap();
        assert_eq!(counts(&back), (2, 0, 0), "{act:?}");
        assert_eq!(role(&app, &custom).await, before, "{act:?}");
        assert_eq!(role(&app, &viewer).await.0, Role::Viewer, "{act:?}");
    }
    change(&app, these(&[&custom]), MemberAct::Suspend).await;
    let removed = change(&app, these(&[&custom]), MemberAct::Remove).await;
    undo(&app, &removed).await.unwrap();
    let still = organisation::standing(&custom.ctx, app.account).await;
    assert_eq!(problem(still), Problem::Refused(Refusal::Suspended), "suspended as before");
}

async fn only_while_it_is_fresh(on: Kind) {
    let app = App::new(on).await;
    let ana = app.member().await;
    let changed = change(&app, these(&[&ana]), MemberAct::Suspend).await;
    app.move_clock(Duration::from_secs(16));
    let late = Problem::Conflict(Conflict::TooLateToUndo);
    assert_eq!(problem(undo(&app, &changed).await), late);
    let never = member::undo(&app.owner().ctx, app.account, RequestId(uuid::Uuid::nil())).await;
    assert_eq!(problem(never), late);
}

async fn by_nobody_else(on: Kind) {
    let app = App::new(on).await;
    let (admin, ana, manager) = (app.admin().await, app.member().await, app.custom("member.suspend member.read").await);
    let changed = change(&app, these(&[&ana]), MemberAct::Suspend).await;
    let request = changed.undo.unwrap();
    assert_eq!(problem(member::undo(&admin.ctx, app.account, request).await).status(), 409);
    // Who may no longer do it may not take it back either.
    let done = member::change_many(&manager.ctx, app.account, these(&[&ana]), MemberAct::Restore).await.unwrap();
    let owner = app.owner().ctx;
    member::switch_permission(&owner, app.account, manager.member, "member.suspend", false).await.unwrap();
    let refused = member::undo(&manager.ctx, app.account, done.undo.unwrap()).await;
    assert_eq!(problem(refused), Problem::Refused(Refusal::Permission(Permission::MemberSuspend)));
}

/// Who has lost meanwhile what they took away cannot give it back.
async fn no_more_than_is_held_now(on: Kind) {
    let app = App::new(on).await;
    let (ana, manager) = (app.custom("contact.read.pii").await, app.custom("member contact.read.pii").await);
    let viewer_like = member::switch_permission(&manager.ctx, app.account, ana.member, "contact.read.pii", false).await;
    assert!(viewer_like.is_ok());
    let owner = app.owner().ctx;
    member::switch_permission(&owner, app.account, manager.member, "contact.read.pii", false).await.unwrap();
    let undone = member::undo(&manager.ctx, app.account, manager.ctx.request().id).await.unwrap();
    assert_eq!(counts(&undone), (0, 0, 1));
    assert_eq!(undone.lines[0].outcome, ActOutcome::Refused(Refusal::AboveOwnPermissions));
    assert!(role(&app, &ana).await.1.is_empty());
}

async fn what_changed_since_stays(on: Kind) {
    let app = App::new(on).await;
    let (ana, ben) = (app.member().await, app.member().await);
    let changed = change(&app, these(&[&ana, &ben]), MemberAct::SetRole(Role::Viewer)).await;
    change(&app, these(&[&ana]), MemberAct::SetRole(Role::Admin)).await;
    assert_eq!(counts(&undo(&app, &changed).await.unwrap()), (1, 1, 0));
    assert_eq!(role(&app, &ana).await.0, Role::Admin);
    assert_eq!(role(&app, &ben).await.0, Role::Member);
    assert_eq!(counts(&undo(&app, &changed).await.unwrap()), (0, 2, 0), "once is enough");
}

async fn of_this_organisation_alone(on: Kind) {
    let app = App::new(on).await;
    let (stranger, ana) = (app.stranger().await, app.member().await);
    let changed =
        member::change_many(&stranger.ctx, stranger.account, these(&[&ana]), MemberAct::Remove).await.unwrap();
    assert_eq!(changed, MembersChanged::default());
    assert_eq!(role(&app, &ana).await.0, Role::Member);
    let done = change(&app, these(&[&ana]), MemberAct::Suspend).await;
    let foreign = member::undo(&stranger.ctx, stranger.account, done.undo.unwrap()).await;
    assert_eq!(problem(foreign).status(), 409);
}

async fn named(app: &App, permissions: &[&str]) -> RoleId {
    let owner = app.owner().ctx;
    let form = RoleForm { name: "Team lead".to_owned(), like: None };
    let id = service::role::create(&owner, app.account, form).await.unwrap();
    for path in permissions {
        service::role::switch_permission(&owner, app.account, id, path, true).await.unwrap();
    }
    id
}

/// Whoever had it stays as they are, or stays away.
async fn a_role_that_is_gone_is_not_given_back(on: Kind) {
    let app = App::new(on).await;
    for act in [MemberAct::SetRole(Role::Viewer), MemberAct::Remove] {
        let lead = named(&app, &["contact.read.basic"]).await;
        let (ana, ben) = (app.join(app.account, Role::Named(lead)).await, app.member().await);
        let changed = change(&app, these(&[&ana, &ben]), act).await;
        assert_eq!(counts(&changed), (2, 0, 0), "{act:?}");
        service::role::delete(&app.owner().ctx, app.account, lead, Role::Viewer).await.unwrap();
        assert_eq!(counts(&undo(&app, &changed).await.unwrap()), (1, 1, 0), "{act:?}");
        let ana_now = organisation::standing(&ana.ctx, app.account).await;
        match act {
            MemberAct::Remove => assert_eq!(problem(ana_now), Problem::NotFound),
            _ => assert_eq!(ana_now.unwrap().role, Role::Viewer),
        }
        assert_eq!(role(&app, &ben).await.0, Role::Member, "{act:?}");
        // Whoever has a role, has one that there is.
        let members = member::list(&app.owner().ctx, app.account, MemberFilter::default()).await.unwrap();
        assert!(members.rows.iter().all(|member| !matches!(member.role, Role::Named(_))), "{act:?}");
    }
}

/// What it holds now is what somebody may give back, and what the log says.
async fn a_role_is_given_back_as_it_is_now(on: Kind) {
    let app = App::new(on).await;
    let lead = named(&app, &["contact.read.basic"]).await;
    let ana = app.join(app.account, Role::Named(lead)).await;
    let manager = app.custom("member contact.read.basic contact.update.tags").await;
    let gone = member::switch_permission(&manager.ctx, app.account, ana.member, "contact.read.basic", false).await;
    assert!(gone.is_ok());
    service::role::switch_permission(&app.owner().ctx, app.account, lead, "contact.export", true).await.unwrap();
    let undone = member::undo(&manager.ctx, app.account, manager.ctx.request().id).await.unwrap();
    assert_eq!(undone.lines[0].outcome, ActOutcome::Refused(Refusal::AboveOwnPermissions), "the role holds more now");
    assert!(role(&app, &ana).await.1.is_empty());
}
