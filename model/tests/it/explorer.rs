use crate::support::set;
use model::{GrantPath, Permission, PermissionSet, Role};

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
        role_name: role.label().to_owned(),
        account_name: account_name.map(str::to_owned),
        inherited,
        suspended,
    };
    for (chain, sentence) in [
        (GrantPath::Owner, "Owner of the organisation"),
        (chain(Role::Viewer, Some("Acme"), false, false), "Role Viewer in Acme"),
        (chain(Role::Custom, Some("Acme"), true, false), "Own toggles in Acme, inherited from above"),
        (chain(Role::Admin, None, true, true), "Role Admin in an account above, suspended"),
    ] {
        assert_eq!(chain.sentence(), sentence);
    }
}
