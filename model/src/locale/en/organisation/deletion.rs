use crate::{Contents, DeletionText, locale::en::English};
use std::borrow::Cow;

impl English for DeletionText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title | Self::Delete => "Delete organisation",
            Self::Hint => "Everyone loses access. You can restore it for 14 days.",
            Self::Question => "Delete this organisation?",
            Self::Consequence => {
                "Everyone loses access immediately. You can restore the organisation for 14 days. After that it's \
                 permanently deleted, including its log."
            }
            Self::TypeToConfirm => "Type {0} to confirm.",
            Self::Name => "Organisation name",
        }
        .into()
    }
}

/// "This also deletes 3 accounts, 62 members and 1 contact."; empty without any.
impl English for Contents {
    fn en(&self) -> Cow<'static, str> {
        let counts: Vec<_> = self.counts().map(|counted| counted.en()).collect();
        match counts.split_last() {
            None => "".into(),
            Some((last, [])) => format!("This also deletes {last}.").into(),
            Some((last, others)) => format!("This also deletes {} and {last}.", others.join(", ")).into(),
        }
    }
}
