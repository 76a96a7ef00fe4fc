use crate::{MembersAboveText, locale::en::English};
use std::borrow::Cow;

impl English for MembersAboveText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Purpose => "They have access through a parent account. Change it there.",
            Self::Person => "Person",
            Self::Role => "Role",
            Self::From => "Inherited from",
            Self::Joined => "Joined",
            Self::Empty => "No one has access through a parent account.",
            Self::FromParent => "A parent account",
        }
        .into()
    }
}
