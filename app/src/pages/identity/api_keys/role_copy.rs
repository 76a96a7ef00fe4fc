use crate::{
    api::ListRoles,
    pages::people::roles::may_see_roles,
    runtime::{Fetched, Here, t},
};
use leptos::prelude::*;
use model::{NewKeyText, PermissionSet, Role, RoleEntry, Topic};
use std::borrow::Cow;

/// What a key can be given at once: all, nothing, or a copy of a role.
#[derive(Clone, PartialEq)]
pub struct RoleCopy {
    /// The owner's for all that the reader may, a custom one for nothing.
    pub role: Role,
    label: Cow<'static, str>,
    pub permissions: PermissionSet,
}

/// The roles of the organisation are for those who may see them.
pub fn role_copies() -> Memo<Vec<RoleCopy>> {
    let here = Here::expect();
    let may_see = may_see_roles(here);
    let roles = Fetched::when(move || {
        here.live.follow(&[Topic::Roles, Topic::Rights]);
        may_see.get().then(|| ListRoles { account: here.account.get() })
    });
    let built_in = |role: Role| RoleCopy { role, label: t(role), permissions: role.permissions(PermissionSet::EMPTY) };
    let all = move || RoleCopy { label: t(NewKeyText::All), ..built_in(Role::Owner) };
    let nothing = move || RoleCopy { label: t(NewKeyText::None), ..built_in(Role::Custom) };
    Memo::new(move |_| {
        let named = roles.get().unwrap_or_default().into_iter().filter(|entry| matches!(entry.role, Role::Named(_)));
        let named =
            named.map(|RoleEntry { role, name, permissions, .. }| RoleCopy { role, label: t(name), permissions });
        let given = [Role::Admin, Role::Member, Role::Viewer].map(built_in);
        [all(), nothing()].into_iter().chain(given).chain(named).collect()
    })
}

/// The options of a select; `picked` is the value that it has.
pub fn role_options(copies: Memo<Vec<RoleCopy>>, picked: &str) -> AnyView {
    let option = |RoleCopy { role, label, .. }: RoleCopy| {
        let value = role.to_value();
        let selected = value == picked;
        view! { <option value=value selected=selected>{label}</option> }
    };
    copies.get().into_iter().map(option).collect_view().into_any()
}
