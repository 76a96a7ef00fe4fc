use model::{Node, Permission, PermissionSet, TREE};
use proptest::prelude::*;

pub fn sets() -> impl Strategy<Value = PermissionSet> {
    proptest::sample::subsequence(Permission::ALL, 0..=Permission::ALL.len())
        .prop_map(|leaves| leaves.into_iter().collect())
}

pub fn nodes() -> impl Strategy<Value = &'static Node> {
    (0..TREE.len()).prop_map(|position| &TREE[position])
}

pub fn set(text: &str) -> PermissionSet {
    text.into()
}

/// What a text says in English.
pub fn en(text: impl model::Text) -> String {
    text.text(model::Locale::En).into_owned()
}
