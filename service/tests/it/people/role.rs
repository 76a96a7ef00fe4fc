//! Roles with a name: what they hold holds for everyone who has them, at once.

use crate::support::{App, Kind, Person, en, on_both_databases, problem};
use model::{
    InvitationFilter, InviteMembers, MemberFilter, Permission, PermissionSet, Problem, Refusal, Role, RoleEntry,
    RoleForm, RoleId, RoleName,
};
use service::{Context, invitation, member, organisation, role};

on_both_databases!(
    held_by_members,
    live_for_everyone,
    begins_like_another,
    ceiling,
    never_ones_own,
    names_are_taken_once,
    deleted_with_another_instead,
    listed_with_counts,
    listed_for_those_who_give,
    holders_elsewhere_stay_unknown,
    names_for_those_who_may_see_members,
    at_the_root_alone,
    of_this_organisation_alone,
    given_by_invitation,
    nobody_has_a_role_that_is_not_there,
    choices
);

fn form(name: &str, like: Option<Role>) -> RoleForm {
    RoleForm { name: name.to_owned(), like }
}

async fn create(app: &App, name: &str, permissions: &str) -> RoleId {
    let owner = app.owner().ctx;
    let id = role::create(&owner, app.account, form(name, None)).await.unwrap();
    for node in PermissionSet::from(permissions).highest() {
        role::switch_permission(&owner, app.account, id, node.path, true).await.unwrap();
    }
    id
}

async fn give(app: &App, person: &Person, id: RoleId) {
    member::set_role(&app.owner().ctx, app.account, person.member, Role::Named(id)).await.unwrap();
}

async fn held(ctx: &Context, app: &App) -> PermissionSet {
    organisation::standing(ctx, app.account).await.unwrap().permissions
}

async fn held_by_members(on: Kind) {
    let app = App::new(on).await;
    let ana = app.viewer().await;
    let id = create(&app, "Marketing manager", "campaign contact.read").await;
    let updated = member::set_role(&app.owner().ctx, app.account, ana.member, Role::Named(id)).await.unwrap();
    assert_eq!(updated.role_name, RoleName::Named("Marketing manager".to_owned()));
    assert_eq!(held(&ana.ctx, &app).await, PermissionSet::from("campaign contact.read"));
    let details = member::get(&app.owner().ctx, app.account, ana.member).await.unwrap();
    assert_eq!((details.member.role, en(&details.member.role_name).as_str()), (Role::Named(id), "Marketing manager"));
    let filter = MemberFilter { role: Some(Role::Named(id)), ..MemberFilter::default() };
    let found = member::list(&app.owner().ctx, app.account, filter).await.unwrap();
    assert_eq!(found.rows.iter().map(|row| en(&row.role_name)).collect::<Vec<_>>(), ["Marketing manager"]);
    // A toggle of this member alone makes the role their own, which begins with what they held.
    member::switch_permission(&app.owner().ctx, app.account, ana.member, "billing.read", true).await.unwrap();
    let now = organisation::standing(&ana.ctx, app.account).await.unwrap();
    assert_eq!(now.role, Role::Custom);
    assert_eq!(now.permissions, PermissionSet::from("campaign contact.read billing.read"));
}

async fn live_for_everyone(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Marketing manager", "contact.read").await;
    let people = [app.viewer().await, app.member().await];
    for person in &people {
        give(&app, person, id).await;
    }
    let off = role::switch_permission(&app.owner().ctx, app.account, id, "contact.read.pii", false).await.unwrap();
    assert_eq!((off.members, off.permissions), (2, PermissionSet::from("contact.read.basic")));
    assert_eq!(en(&off.change), "Marketing manager can no longer see personal details.");
    for person in &people {
        assert!(!held(&person.ctx, &app).await.contains(Permission::ContactReadPii));
    }
}

async fn begins_like_another(on: Kind) {
    let app = App::new(on).await;
    let owner = app.owner().ctx;
    let viewer = role::create(&owner, app.account, form("Reader", Some(Role::Viewer))).await.unwrap();
    let clone = role::create(&owner, app.account, form("Reader too", Some(Role::Named(viewer)))).await.unwrap();
    for id in [viewer, clone] {
        let entry = role::get(&owner, app.account, id).await.unwrap().entry;
        assert_eq!(entry.permissions, Role::Viewer.permissions(PermissionSet::EMPTY));
    }
}

async fn ceiling(on: Kind) {
    let app = App::new(on).await;
    let manager = app.custom("role member.update member.read contact.read.basic").await;
    let above = Problem::Refused(Refusal::AboveOwnPermissions);
    let raised = role::create(&manager.ctx, app.account, form("More", Some(Role::Member))).await;
    assert_eq!(problem(raised), above);
    let id = role::create(&manager.ctx, app.account, form("Less", None)).await.unwrap();
    assert!(role::switch_permission(&manager.ctx, app.account, id, "contact.read.basic", true).await.is_ok());
    assert_eq!(problem(role::switch_permission(&manager.ctx, app.account, id, "billing", true).await), above);
    let strong = create(&app, "Strong", "billing").await;
    assert_eq!(problem(role::switch_permission(&manager.ctx, app.account, strong, "billing", false).await), above);
    assert_eq!(problem(role::delete(&manager.ctx, app.account, strong, Role::Viewer).await), above);
    let ana = app.custom("").await;
    assert_eq!(problem(member::set_role(&manager.ctx, app.account, ana.member, Role::Named(strong)).await), above);
}

async fn never_ones_own(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Role keeper", "role contact").await;
    let keeper = app.viewer().await;
    give(&app, &keeper, id).await;
    let oneself = Problem::Refused(Refusal::Oneself);
    assert_eq!(problem(role::switch_permission(&keeper.ctx, app.account, id, "contact", false).await), oneself);
    assert_eq!(problem(role::delete(&keeper.ctx, app.account, id, Role::Viewer).await), oneself);
    assert_eq!(role::get(&keeper.ctx, app.account, id).await.unwrap().manage, Err(Refusal::Oneself));
}

async fn names_are_taken_once(on: Kind) {
    let app = App::new(on).await;
    let (owner, stranger) = (app.owner().ctx, app.stranger().await);
    let id = create(&app, "Marketing manager", "").await;
    let taken = role::create(&owner, app.account, form(" Marketing manager ", None)).await;
    assert!(problem(taken).fields().unwrap().get("name").is_some());
    assert!(problem(role::create(&owner, app.account, form("admin", None)).await).fields().is_some());
    let other = create(&app, "Other", "").await;
    assert!(
        problem(role::rename(&owner, app.account, other, form("Marketing manager", None)).await).fields().is_some()
    );
    role::rename(&owner, app.account, id, form("Marketing lead", None)).await.unwrap();
    assert_eq!(
        role::get(&owner, app.account, id).await.unwrap().entry.name,
        RoleName::Named("Marketing lead".to_owned())
    );
    assert!(role::create(&stranger.ctx, stranger.account, form("Other", None)).await.is_ok(), "elsewhere it is free");
}

async fn deleted_with_another_instead(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Marketing manager", "campaign").await;
    let ana = app.viewer().await;
    give(&app, &ana, id).await;
    let owner = app.owner().ctx;
    let invite = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Named(id),
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&owner, app.account, invite).await.unwrap();
    for instead in [Role::Owner, Role::Custom, Role::Named(id)] {
        assert_eq!(problem(role::delete(&owner, app.account, id, instead).await), Problem::Malformed);
    }
    role::delete(&owner, app.account, id, Role::Viewer).await.unwrap();
    assert_eq!(organisation::standing(&ana.ctx, app.account).await.unwrap().role, Role::Viewer);
    assert_eq!(
        invitation::list(&owner, app.account, InvitationFilter::default()).await.unwrap().rows[0].role,
        Role::Viewer
    );
    assert_eq!(problem(role::get(&owner, app.account, id).await), Problem::NotFound);
    let gone = member::set_role(&owner, app.account, ana.member, Role::Named(id)).await;
    assert_eq!(problem(gone), Problem::NotFound);
}

async fn listed_with_counts(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Marketing manager", "campaign").await;
    let (ana, _admin, _viewer) = (app.viewer().await, app.admin().await, app.viewer().await);
    give(&app, &ana, id).await;
    let listed = role::list(&app.owner().ctx, app.account).await.unwrap();
    let counts = |RoleEntry { name, members, .. }: &RoleEntry| (en(name), *members);
    let expected = [("Owner", 1), ("Admin", 1), ("Member", 0), ("Viewer", 1), ("Marketing manager", 1)]
        .map(|(n, c)| (n.to_owned(), c));
    assert_eq!(listed.iter().map(counts).collect::<Vec<_>>(), expected);
}

async fn listed_for_those_who_give(on: Kind) {
    let app = App::new(on).await;
    for permissions in ["role.read", "member.update", "member.invite"] {
        let person = app.custom(permissions).await;
        assert!(role::list(&person.ctx, app.account).await.is_ok(), "{permissions}");
    }
    let refused = Problem::Refused(Refusal::Permission(Permission::RoleRead));
    assert_eq!(problem(role::list(&app.member().await.ctx, app.account).await), refused);
}

/// Who works in one branch learns neither names nor numbers of another, or of what lies above.
async fn holders_elsewhere_stay_unknown(on: Kind) {
    let app = App::new(on).await;
    let (west, east) = (app.account_below(app.account, "West").await, app.account_below(app.account, "East").await);
    let id = create(&app, "Marketing manager", "campaign").await;
    let named = Role::Named(id);
    let (above, wes, eve) =
        (app.join(app.account, named).await, app.join(west, named).await, app.join(east, named).await);
    let reader = app.join(west, Role::Viewer).await;
    let owner = app.owner().ctx;
    let invite =
        InviteMembers { emails: "ben@example.com".to_owned(), role: named, also: Vec::new(), permissions: "".into() };
    invitation::invite(&owner, east, invite).await.unwrap();

    let members = |details: &model::RoleDetails| details.holders.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let told = role::get(&reader.ctx, west, id).await.unwrap();
    assert_eq!(members(&told), [wes.member]);
    assert_eq!((told.entry.members, told.entry.invitations), (1, 0));
    let listed = role::list(&reader.ctx, west).await.unwrap();
    let counts =
        |entries: &[RoleEntry]| entries.iter().map(|entry| (entry.members, entry.invitations)).collect::<Vec<_>>();
    assert_eq!(counts(&listed), [(0, 0), (0, 0), (0, 0), (1, 0), (1, 0)], "neither the owner nor anybody of East");
    // A change touches everyone, so whoever may make it is told of everyone, wherever they are.
    for account in [app.account, west] {
        let told = role::get(&owner, account, id).await.unwrap();
        assert_eq!(members(&told), [above.member, wes.member, eve.member]);
        assert_eq!((told.entry.members, told.entry.invitations), (3, 1));
        let listed = role::list(&owner, account).await.unwrap();
        assert_eq!(counts(&listed), [(1, 0), (0, 0), (0, 0), (1, 0), (3, 1)]);
    }
}

async fn names_for_those_who_may_see_members(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Marketing manager", "campaign").await;
    let ana = app.join(app.account, Role::Named(id)).await;
    let (blind, reader) = (app.custom("role").await, app.custom("role.read member.read").await);
    let told = role::get(&blind.ctx, app.account, id).await.unwrap();
    assert_eq!((told.entry.members, told.holders), (1, Vec::new()));
    let told = role::get(&reader.ctx, app.account, id).await.unwrap();
    assert_eq!(told.holders, [(ana.member, "Ana Ruiz".to_owned())]);
}

/// What reaches the whole organisation is held at its root, or nowhere.
async fn at_the_root_alone(on: Kind) {
    let app = App::new(on).await;
    let below = app.account_below(app.account, "Cape Town").await;
    let local = app.join(below, Role::Admin).await;
    let refused = Problem::Refused(Refusal::Permission(Permission::RoleManage));
    assert_eq!(problem(role::create(&local.ctx, below, form("Local", None)).await), refused);
    let details = model::UpdateOrganisation { name: "Mine now".to_owned(), ..model::UpdateOrganisation::default() };
    let refused = Problem::Refused(Refusal::Permission(Permission::OrganisationUpdate));
    assert_eq!(problem(organisation::update(&local.ctx, below, details).await), refused);
    // They are Admin here all the same, and make others Admin here.
    let invite = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Admin,
        also: Vec::new(),
        permissions: "".into(),
    };
    assert!(invitation::invite(&local.ctx, below, invite).await.is_ok());
    let standing = organisation::standing(&local.ctx, below).await.unwrap();
    assert_eq!((standing.role, standing.permissions), (Role::Admin, PermissionSet::reach(false)));
}

async fn of_this_organisation_alone(on: Kind) {
    let app = App::new(on).await;
    let stranger = app.stranger().await;
    let theirs = role::create(&stranger.ctx, stranger.account, form("Theirs", None)).await.unwrap();
    let (owner, ana) = (app.owner().ctx, app.viewer().await);
    assert_eq!(problem(role::get(&owner, app.account, theirs).await), Problem::NotFound);
    assert_eq!(problem(role::rename(&owner, app.account, theirs, form("Mine", None)).await), Problem::NotFound);
    assert_eq!(problem(role::switch_permission(&owner, app.account, theirs, "contact", true).await), Problem::NotFound);
    assert_eq!(problem(role::delete(&owner, app.account, theirs, Role::Viewer).await), Problem::NotFound);
    assert_eq!(
        problem(role::create(&owner, app.account, form("Like", Some(Role::Named(theirs)))).await),
        Problem::NotFound
    );
    assert_eq!(
        problem(member::set_role(&owner, app.account, ana.member, Role::Named(theirs)).await),
        Problem::NotFound
    );
    let invite = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Named(theirs),
        also: Vec::new(),
        permissions: "".into(),
    };
    assert_eq!(problem(invitation::invite(&owner, app.account, invite).await), Problem::NotFound);
}

async fn given_by_invitation(on: Kind) {
    let app = App::new(on).await;
    let id = create(&app, "Marketing manager", "campaign").await;
    let ana = app.join(app.account, Role::Named(id)).await;
    assert_eq!(held(&ana.ctx, &app).await, PermissionSet::from("campaign"));
}

/// The members' list is narrowed by the names that stand now, and by those of this organisation.
async fn choices(on: Kind) {
    let app = App::new(on).await;
    let (owner, viewer) = (app.owner().ctx, app.viewer().await.ctx);
    let names = async |ctx| {
        let choices = role::choices(ctx, app.account).await.unwrap();
        choices.into_iter().map(|choice| en(choice.name)).collect::<Vec<_>>()
    };
    assert!(names(&viewer).await.is_empty());
    let lead = create(&app, "Team lead", "contact").await;
    let stranger = app.stranger().await;
    role::create(&stranger.ctx, stranger.account, RoleForm { name: "Theirs".into(), like: None }).await.unwrap();
    assert_eq!(names(&viewer).await, ["Team lead"]);
    role::rename(&owner, app.account, lead, RoleForm { name: "Shop lead".into(), like: None }).await.unwrap();
    assert_eq!(names(&viewer).await, ["Shop lead"]);
    role::delete(&owner, app.account, lead, Role::Viewer).await.unwrap();
    assert!(names(&viewer).await.is_empty());
    let nobody = app.custom("role").await.ctx;
    let refused = Problem::Refused(Refusal::Permission(Permission::MemberRead));
    assert_eq!(problem(role::choices(&nobody, app.account).await), refused);
}

/// Whatever way it is written by: the database itself refuses it.
async fn nobody_has_a_role_that_is_not_there(on: Kind) {
    let app = App::new(on).await;
    let lead = create(&app, "Team lead", "contact.read").await;
    let ana = app.join(app.account, Role::Named(lead)).await;
    let invite = InviteMembers {
        emails: "ben@example.com".to_owned(),
        role: Role::Named(lead),
        also: Vec::new(),
        permissions: "".into(),
    };
    invitation::invite(&app.owner().ctx, app.account, invite).await.unwrap();
    let missing = app.service.new_id().unwrap().to_string();
    for table in ["membership", "invitation"] {
        let sql = format!("UPDATE {table} SET role = $1");
        assert!(app.try_sql(&sql, vec![missing.clone().into()]).await.is_err(), "{table}");
    }
    let delete = r#"DELETE FROM "role""#;
    assert!(app.try_sql(delete, vec![]).await.is_err(), "somebody has it");
    app.sql("UPDATE membership SET role = 'viewer' WHERE id = $1", vec![ana.member.into()]).await;
    assert!(app.try_sql(delete, vec![]).await.is_err(), "somebody is invited with it");
    app.sql("UPDATE invitation SET role = 'viewer'", vec![]).await;
    app.sql(delete, vec![]).await;
}
