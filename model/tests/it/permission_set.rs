use crate::support::{en, nodes, set, sets};
use model::{EndingInvitations, Node, Permission, PermissionChange, PermissionSet, Refusal, within_ceiling};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_parent_is_all_its_children(parent in nodes(), held in sets()) {
        let on = held.switched(parent, true);
        for child in parent.children() {
            prop_assert!(child.leaves().is_subset(on));
        }
        let off = held.switched(parent, false);
        prop_assert!(parent.leaves().intersection(off).is_empty());
    }

    #[test]
    fn switching_touches_nothing_beside_the_node(node in nodes(), held in sets(), on: bool) {
        prop_assert!(held.difference(held.switched(node, on)).is_subset(node.leaves()));
    }

    #[test]
    fn nothing_is_gained_by_switching_off(node in nodes(), held in sets()) {
        prop_assert!(held.switched(node, false).is_subset(held));
    }

    #[test]
    fn nothing_is_gained_by_taking_away(held in sets(), taken in sets()) {
        let left = held.without(taken);
        prop_assert!(left.is_subset(held));
        prop_assert!(left.intersection(taken).is_empty());
        for permission in Permission::ALL {
            prop_assert!(!left.contains(*permission) || held.contains(*permission));
        }
    }

    #[test]
    fn the_text_says_the_same_set(held in sets()) {
        prop_assert_eq!(set(&held.to_string()), held);
        let json = serde_json::to_string(&held).unwrap();
        prop_assert_eq!(serde_json::from_str::<PermissionSet>(&json).unwrap(), held);
    }

    #[test]
    fn the_text_names_the_fewest_nodes(held in sets()) {
        let named: Vec<&Node> = held.highest().collect();
        for node in &named {
            prop_assert!(node.leaves().is_subset(held));
            prop_assert!(!named.iter().any(|other| other.path != node.path && other.covers(node)));
            if let Some((parent, _)) = node.path.rsplit_once('.') {
                prop_assert!(!Node::at(parent).unwrap().leaves().is_subset(held), "{} would say more", parent);
            }
        }
    }

    #[test]
    fn a_text_from_elsewhere_gives_no_more_than_it_names(text in "[a-z_. ]{0,60}") {
        let named = text.split_whitespace().filter_map(Node::at).fold(PermissionSet::EMPTY, |set, node| set.union(node.leaves()));
        prop_assert_eq!(set(&text), named);
    }

    #[test]
    fn nobody_touches_what_they_do_not_hold(ceiling in sets(), before in sets(), after in sets()) {
        let touched = before.difference(after);
        let allowed = within_ceiling(ceiling, before, after);
        prop_assert_eq!(allowed.is_ok(), touched.iter().all(|permission| ceiling.contains(permission)));
        if allowed.is_ok() {
            prop_assert!(after.without(before).is_subset(ceiling));
            prop_assert!(before.without(after).is_subset(ceiling));
        } else {
            prop_assert_eq!(allowed, Err(Refusal::AboveOwnPermissions));
        }
    }

    #[test]
    fn the_sentence_of_a_change_says_the_direction(before in sets(), after in sets()) {
        let sentence = en(PermissionChange::of("Ana".to_owned(), before, after, EndingInvitations::NONE));
        prop_assert_eq!(sentence.contains("no longer"), !before.is_subset(after));
        prop_assert_eq!(sentence.contains("now "), !after.is_subset(before));
        prop_assert_eq!(sentence.contains("haven't changed"), before == after);
    }
}

#[test]
fn personal_details_off_leaves_the_basics() {
    let read = set("contact.read");
    assert_eq!(read.switched(Node::at("contact.read.pii").unwrap(), false).to_string(), "contact.read.basic");
    assert_eq!(set("contact.read.basic contact.read.pii").to_string(), "contact.read");
}

#[test]
fn everything_and_nothing_have_a_text() {
    assert_eq!(PermissionSet::EMPTY.to_string(), "");
    assert_eq!(PermissionSet::ALL.to_string(), Node::resources().map(|node| node.path).collect::<Vec<_>>().join(" "));
}

#[test]
fn names_of_another_version_are_dropped() {
    assert_eq!(set("contact.read.pii teleport.use contact.readx"), set("contact.read.pii"));
}
