use crate::{Node, Permission, TREE};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, Visitor},
};
use std::{fmt, str::FromStr};

/// What somebody may do: a set of leaves, one bit each.
///
/// Its text, in the database and on the wire, is its highest whole nodes with spaces between
/// (`contact.read campaign`): so holding a parent is holding its children, also those that a later
/// version adds. Names this version does not know are dropped when read, which takes away and never gives.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "sea-orm", derive(sea_orm::DeriveValueType))]
#[cfg_attr(feature = "sea-orm", sea_orm(value_type = "String"))]
pub struct PermissionSet(u64);

const _: () = assert!(Permission::ALL.len() <= 64, "a set has one bit for each leaf");

impl PermissionSet {
    pub const EMPTY: Self = Self(0);
    pub const ALL: Self = Self(u64::MAX >> (64 - Permission::ALL.len()));

    /// What can be held in an account: at the root everything, elsewhere what does not reach beyond.
    pub fn reach(at_root: bool) -> Self {
        Permission::ALL.iter().copied().filter(|permission| at_root || !permission.is_of_organisation()).collect()
    }

    pub const fn with(self, permission: Permission) -> Self {
        Self(self.0 | 1 << permission as u8)
    }

    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & 1 << permission as u8 != 0
    }

    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in one of the two and not in the other: what a change from one to the other touches.
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 ^ other.0)
    }

    pub const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The set with the whole of `node` switched on or off.
    pub fn switched(self, node: &Node, on: bool) -> Self {
        if on { self.union(node.leaves()) } else { self.without(node.leaves()) }
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.contains(*permission))
    }

    /// The fewest nodes that say the same: parents that are held whole, and single leaves.
    pub fn highest(self) -> impl Iterator<Item = &'static Node> {
        let mut inside: Option<&Node> = None;
        TREE.iter().filter(move |node| {
            if inside.is_some_and(|parent| parent.covers(node)) {
                return false;
            }
            let whole = node.leaves().is_subset(self);
            if whole {
                inside = Some(node);
            }
            whole
        })
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        permissions.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Display for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, node) in self.highest().enumerate() {
            if position > 0 {
                f.write_str(" ")?;
            }
            f.write_str(node.path)?;
        }
        Ok(())
    }
}

impl fmt::Debug for PermissionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

impl From<&str> for PermissionSet {
    fn from(text: &str) -> Self {
        text.split_ascii_whitespace().filter_map(Node::at).fold(Self::EMPTY, |set, node| set.union(node.leaves()))
    }
}

impl FromStr for PermissionSet {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(text.into())
    }
}

impl Serialize for PermissionSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl PermissionSet {
    /// As [`Deserialize`], of what somebody sends: every word has to be a node of the tree.
    pub fn deserialize_known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of_known(&String::deserialize(deserializer)?)
    }

    /// As [`Self::deserialize_known`], also of the checkboxes of a form: its fields are named like the nodes.
    pub fn deserialize_checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Checked)
    }

    fn of_known<E: Error>(text: &str) -> Result<Self, E> {
        match text.split_ascii_whitespace().find(|word| Node::at(word).is_none()) {
            None => Ok(text.into()),
            Some(word) => Err(E::custom(format_args!("{word} is no node of the permission tree"))),
        }
    }
}

struct Checked;

impl<'de> Visitor<'de> for Checked {
    type Value = PermissionSet;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nodes of the permission tree")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PermissionSet, E> {
        PermissionSet::of_known(text)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<PermissionSet, A::Error> {
        let mut checked = PermissionSet::EMPTY;
        while let Some((path, value)) = fields.next_entry::<String, String>()? {
            // What browsers post for a checkbox that names no value.
            if value != "on" {
                return Err(A::Error::custom("a checkbox is on or is not posted"));
            }
            checked = checked.union(PermissionSet::of_known(&path)?);
        }
        Ok(checked)
    }
}

impl<'de> Deserialize<'de> for PermissionSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| text.as_str().into())
    }
}
