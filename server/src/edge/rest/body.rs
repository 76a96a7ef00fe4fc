//! What the bodies of responses are made of. A thing with a name stands in them as two fields: `role` and `role_id`.

use model::{Cursor, Moment, Permission, PermissionSet, Role, RoleId, RoleName};
use serde::Serialize;
use std::sync::Arc;

/// The body of a response: a type of the API's own. What a page shows is none, so a page can change and the API
/// does not.
pub trait RestBody: Serialize {}

/// The answer of everything that lists: a piece of the list, or all of it.
#[derive(Serialize)]
pub struct List<T> {
    items: Vec<T>,
    /// Missing where they are not counted: beyond 10,000, and for a page that there is not.
    total: Option<u64>,
    next_cursor: Option<Cursor>,
    previous_cursor: Option<Cursor>,
}

impl<T: RestBody> RestBody for List<T> {}

impl<V: Clone, T: From<V>> From<model::Page<V>> for List<T> {
    fn from(page: model::Page<V>) -> Self {
        let model::Page { rows, before: _, total, newer, older } = page;
        let items = Arc::unwrap_or_clone(rows).into_iter().map(T::from).collect();
        Self { items, total: total.rows(), next_cursor: older, previous_cursor: newer }
    }
}

impl<T> List<T> {
    /// The first of so many; there are no other pages.
    pub fn of<V>(rows: Vec<V>, total: u64) -> Self
    where
        T: From<V>,
    {
        let items = rows.into_iter().map(T::from).collect();
        Self { items, total: Some(total), next_cursor: None, previous_cursor: None }
    }
}

impl<V, T: From<V>> From<Vec<V>> for List<T> {
    fn from(rows: Vec<V>) -> Self {
        let total = rows.len() as u64;
        Self::of(rows, total)
    }
}

/// What was made.
#[derive(Serialize)]
pub struct Created<I> {
    id: I,
}

impl<I> From<I> for Created<I> {
    fn from(id: I) -> Self {
        Self { id }
    }
}

/// A role: `viewer`, or the name of one of the organisation's own with its id.
#[derive(Serialize)]
pub struct NamedRole {
    role: String,
    role_id: Option<RoleId>,
}

impl NamedRole {
    pub fn new(role: Role, name: RoleName) -> Self {
        let role_id = if let Role::Named(id) = role { Some(id) } else { None };
        let role = match name {
            RoleName::Named(name) => name,
            RoleName::BuiltIn(role) => role.name().to_owned(),
        };
        Self { role, role_id }
    }
}

/// Each permission by its dotted path, as the routes name what they ask for.
pub fn paths(permissions: PermissionSet) -> Vec<&'static str> {
    permissions.iter().map(Permission::path).collect()
}

/// RFC 3339, in UTC.
pub fn timestamp(moment: Moment) -> String {
    moment.at
}
