use crate::support::{en, set, sets};
use model::{Meaning, MemberDetails, Permission, PermissionSet, Refusal, Role, Standing};
use proptest::prelude::*;

#[test]
fn a_viewer_changes_nothing_and_sees_nobody() {
    let viewer = Role::Viewer.permissions(PermissionSet::ALL);
    assert!(!viewer.is_empty());
    for permission in viewer.iter() {
        let verb = permission.path().split('.').nth(1).unwrap();
        assert_eq!(verb, "read", "{permission}");
    }
    assert!(!viewer.contains(Permission::ContactReadPii));
    assert!(!viewer.contains(Permission::AccessLogRead), "the log names people");
}

#[test]
fn a_member_works_with_contacts_and_manages_nobody() {
    let member = Role::Member.permissions(PermissionSet::EMPTY);
    assert!(set("contact.read contact.create contact.update campaign.read campaign.send").is_subset(member));
    let manages =
        set("member.invite member.update member.suspend member.remove role.manage api_key billing access_log");
    assert!(member.intersection(manages).is_empty());
    assert!(!member.contains(Permission::ContactDelete) && !member.contains(Permission::ContactExport));
}

#[test]
fn roles_stand_in_an_order() {
    let [admin, member, viewer] = [Role::Admin, Role::Member, Role::Viewer].map(|role| role.permissions(set("")));
    assert_eq!(admin, PermissionSet::ALL);
    assert!(member.is_subset(admin) && viewer.is_subset(admin));
    assert_eq!(Role::Owner.permissions(PermissionSet::EMPTY), PermissionSet::ALL);
}

#[test]
fn ownership_cannot_be_assigned() {
    assert!(!Role::ASSIGNABLE.contains(&Role::Owner));
    assert_eq!(Role::ALL.len(), Role::ASSIGNABLE.len() + 1);
}

#[test]
fn every_role_reads_back_from_its_name() {
    for role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
        assert_eq!(serde_json::to_string(&role).unwrap(), format!("\"{}\"", role.name()));
        assert!(!en(Meaning(role)).is_empty());
    }
    assert!("root".parse::<Role>().is_err());
}

proptest! {
    #[test]
    fn toggles_count_for_a_custom_role_alone(own in sets()) {
        prop_assert_eq!(Role::Custom.permissions(own), own);
        for role in [Role::Owner, Role::Admin, Role::Member, Role::Viewer] {
            prop_assert_eq!(role.permissions(own), role.permissions(PermissionSet::EMPTY));
        }
    }

    #[test]
    fn a_page_offers_no_role_above_its_reader(permissions in sets(), ceiling in sets()) {
        let details = details(permissions, ceiling);
        for role in Role::ASSIGNABLE {
            let after = role.permissions(permissions);
            let touched = permissions.difference(after);
            prop_assert_eq!(details.may_become(role).is_ok(), touched.is_subset(ceiling));
        }
        let closed = MemberDetails { update: Err(Refusal::Owner), ..details };
        prop_assert_eq!(closed.may_become(Role::Viewer), Err(Refusal::Owner));
    }

    #[test]
    fn a_standing_answers_as_its_set(permissions in sets()) {
        let standing = Standing {
            organisation: model::OrganisationId(uuid::Uuid::nil()),
            account: model::AccountId(uuid::Uuid::nil()),
            organisation_name: String::new(),
            trail: Vec::new(),
            role: Role::Custom,
            permissions,
            roles_closed: false,
            second_factor_due: None,
            as_of: 0,
        };
        for permission in Permission::ALL {
            prop_assert_eq!(standing.may(*permission), permissions.contains(*permission));
        }
    }
}

fn details(permissions: PermissionSet, ceiling: PermissionSet) -> MemberDetails {
    let nil = uuid::Uuid::nil();
    let joined = model::Moment { at: String::new(), text: String::new(), exact: String::new() };
    let member = model::Member {
        id: model::MemberId(nil),
        user: model::UserId(nil),
        name: String::new(),
        email: String::new(),
        role: Role::Custom,
        role_name: model::RoleName::BuiltIn(Role::Custom),
        account: model::AccountId(nil),
        account_name: String::new(),
        suspended: false,
        second_factor: None,
        last_seen: None,
        joined,
    };
    MemberDetails {
        member,
        permissions,
        open_sessions: 0,
        invitations: 0,
        update: Ok(()),
        suspend: Ok(()),
        remove: Ok(()),
        reset_second_factor: Ok(()),
        ceiling,
        reach: PermissionSet::ALL,
    }
}
