use crate::support::en;
use model::{Meaning, Node, Permission, PermissionSet, TREE};
use std::collections::HashSet;

#[test]
fn every_path_stands_once() {
    let paths: HashSet<_> = TREE.iter().map(|node| node.path).collect();
    assert_eq!(paths.len(), TREE.len());
}

#[test]
fn every_parent_stands_before_its_children() {
    let mut seen = HashSet::new();
    for node in TREE {
        if let Some((parent, _)) = node.path.rsplit_once('.') {
            assert!(seen.contains(parent), "{} stands before its parent", node.path);
        }
        seen.insert(node.path);
    }
}

#[test]
fn a_node_is_a_leaf_or_has_children() {
    for node in TREE {
        assert_eq!(node.leaf.is_some(), node.children().next().is_none(), "{}", node.path);
    }
}

#[test]
fn the_children_of_a_node_stand_together() {
    for parent in TREE {
        let covered: Vec<_> = (0..TREE.len()).filter(|at| parent.covers(&TREE[*at])).collect();
        assert_eq!(covered.len() - 1, covered.last().unwrap() - covered[0], "{}", parent.path);
    }
}

#[test]
fn every_permission_is_a_leaf_with_words() {
    for permission in Permission::ALL {
        let node = permission.node();
        assert_eq!(node.leaf, Some(*permission));
        assert_eq!(permission.path().parse(), Ok(*permission));
        assert!(!en(node).is_empty() && !en(Meaning(*node)).is_empty());
        assert!(en(permission).contains(": "));
    }
}

#[test]
fn a_name_that_only_begins_like_another_is_not_covered() {
    let contact = Node::at("contact").unwrap();
    let other = Node { path: "contacts.read", ..*contact };
    assert!(!contact.covers(&other));
    assert!(!Node::at("contact.read").unwrap().covers(contact));
}

#[test]
fn the_resources_hold_everything_between_them() {
    let all = Node::resources().fold(PermissionSet::EMPTY, |set, node| set.union(node.leaves()));
    assert_eq!(all, PermissionSet::ALL);
    assert_eq!(all.len(), Permission::ALL.len());
}

#[test]
fn parents_and_unknown_names_are_no_permissions() {
    for name in ["contact", "contact.read", "", "contact.read.", "contact.read.pii ", "CONTACT.READ.PII"] {
        assert!(name.parse::<Permission>().is_err(), "{name:?}");
    }
}
