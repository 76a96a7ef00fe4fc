use crate::support::{en, set};
use model::{GrantPath, Permission, PermissionSet, Role, RoleName};

#[test]
fn what_only_reads_leaves_no_trace() {
    for permission in Permission::ALL.iter().copied().filter(|permission| permission.is_use_logged()) {
        let verb = permission.path().rsplit('.').next().unwrap();
        let reads = ["read", "basic"].contains(&verb);
        assert!(!reads, "{permission}: a page that is read leaves no trace");
    }
    let beside = set("account.create contact.update.tags");
    assert!(PermissionSet::logged_on_use().intersection(beside).is_empty(), "their entry may stand under another name");
}

#[test]
fn ways_in_words() {
    let chain = |role: Role, account_name: Option<&str>, inherited, suspended| GrantPath::Membership {
        role,
        role_name: RoleName::BuiltIn(role),
        account_name: account_name.map(str::to_owned),
        inherited,
        suspended,
    };
    for (chain, sentence) in [
        (GrantPath::Owner, "Owner of the organisation"),
        (chain(Role::Viewer, Some("Acme"), false, false), "Role Viewer in Acme"),
        (chain(Role::Custom, Some("Acme"), true, false), "Custom role in Acme, inherited"),
        (chain(Role::Admin, None, true, true), "Role Admin in a parent account, suspended"),
    ] {
        assert_eq!(en(chain), sentence);
    }
}
