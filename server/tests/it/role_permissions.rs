//! Every role that each organisation has × every permission → whether it holds it.

use model::{Permission, PermissionSet, Role};
use std::fmt::Write;

#[test]
fn role_permissions() {
    // A custom role holds what each member is given.
    let roles = || Role::ALL.into_iter().filter(|role| *role != Role::Custom);
    let mut table = format!("{:<28}", "");
    for role in roles() {
        write!(table, "{:>8}", role.name()).unwrap();
    }
    for permission in Permission::ALL {
        write!(table, "\n{:<28}", permission.path()).unwrap();
        for role in roles() {
            let holds = role.permissions(PermissionSet::EMPTY).contains(*permission);
            write!(table, "{:>8}", if holds { "✓" } else { "–" }).unwrap();
        }
    }
    table.push('\n');
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("role_permissions", table);
    });
}
