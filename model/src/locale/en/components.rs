use super::{English, number};
use crate::{
    ButtonText, ChartText, ConflictText, CopyResult, DayCount, FilterText, LinkText, Node, OutboxNotice, PagerText,
    PasswordText, Permission, PermissionsText, RefusedText, SectionName, ToggleName, Unsaved, UnsavedText, WelcomeText,
};
use std::borrow::Cow;

impl English for ButtonText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Apply => "Apply",
            Self::Cancel => "Cancel",
            Self::Close => "Close",
            Self::GoToAccounts => "Go to my accounts",
            Self::Reload => "Reload",
            Self::Save => "Save changes",
            Self::Search => "Search",
            Self::ShowAll => "Show all",
            Self::SignIn => "Sign in",
            Self::SignOut => "Sign out",
            Self::TryAgain => "Try again",
            Self::Undo => "Undo",
        }
        .into()
    }
}

impl English for FilterText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Add => "Filter".into(),
            Self::All => "All".into(),
            Self::Chip { label, value } => format!("{label}: {value}").into(),
            Self::Remove { label, value } => format!("Remove filter {label}: {value}").into(),
        }
    }
}

impl English for PagerText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "Pagination",
            Self::Previous => "Previous",
            Self::Next => "Next",
            Self::Loading => "Loading…",
        }
        .into()
    }
}

impl English for PasswordText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "Password",
            Self::Requirements => "Password requirements",
            Self::Met => "(met)",
            Self::NotMet => "(not met)",
            Self::New => "New password",
            Self::Repeated => "Confirm new password",
        }
        .into()
    }
}

impl English for PermissionsText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Permissions",
            Self::Count { held, all } => return format!("{} of {}", number(*held as u64), number(*all as u64)).into(),
            Self::Find => "Find a permission",
            Self::FindHint => "Find",
            Self::CollapseAll => "Collapse all",
            Self::ExpandAll => "Expand all",
            Self::Unavailable => "Not available yet",
            Self::OutOfReach(permissions) if permissions.iter().all(Permission::is_of_organisation) => {
                "Applies only in the top-level account."
            }
            Self::OutOfReach(_) => "You don't have this permission yourself.",
        }
        .into()
    }
}

impl English for UnsavedText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Question(Unsaved::Input) => "Discard changes?",
            Self::Question(Unsaved::Secret) => "Close without saving the secret?",
            Self::Consequence(Unsaved::Input) => "What you entered hasn't been saved.",
            Self::Consequence(Unsaved::Secret) => "You won't be able to see it again.",
            Self::Leave(Unsaved::Input) => "Discard",
            Self::Leave(Unsaved::Secret) => "Close anyway",
            Self::Stay(Unsaved::Input) => "Keep editing",
            Self::Stay(Unsaved::Secret) => "Go back",
        }
        .into()
    }
}

impl English for ConflictText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Compare => "Compare both versions",
            Self::Field => "Field",
            Self::Theirs => "Theirs",
            Self::Yours => "Yours",
            Self::Empty => "(empty)",
            Self::KeepMine => "Keep mine",
            Self::UseTheirs => "Use theirs",
        }
        .into()
    }
}

impl English for ToggleName {
    fn en(&self) -> Cow<'static, str> {
        let Self(node) = self;
        let resource = node.path.split('.').next().and_then(Node::at).unwrap_or(node).en();
        if node.depth() == 0 {
            format!("{resource}: all permissions").into()
        } else {
            format!("{resource}: {}", node.en()).into()
        }
    }
}

impl English for SectionName {
    fn en(&self) -> Cow<'static, str> {
        format!("{} section", self.0.en()).into()
    }
}

impl English for RefusedText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Missing(permission) => format!("You need the permission “{}” to see this.", permission.en()).into(),
            Self::NoPermissions => "You don't have any permissions in this account yet.".into(),
            Self::Ask(names) => match names.as_slice() {
                [] => "Ask an admin for access.".into(),
                [one] => format!("Ask {one} for access.").into(),
                [others @ .., last] => format!("Ask {} or {last} for access.", others.join(", ")).into(),
            },
        }
    }
}

impl English for CopyResult {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Copied => "Copied.",
            Self::Failed => "Couldn't copy. Select the text and copy it yourself.",
        }
        .into()
    }
}

impl English for ChartText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Nothing => "None yet.".into(),
            Self::Highest(DayCount { day, count }) => format!("Highest: {} on {}", number(*count), day.en()).into(),
            Self::Today { count } => format!("Today: {}", number(*count)).into(),
            Self::AsTable => "Show as a table".into(),
            Self::Day => "Day".into(),
            Self::Count => "Number".into(),
        }
    }
}

impl English for OutboxNotice {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Sentence => "This installation doesn't send messages. Read this one in the {0}.",
            Self::NoMailServer => {
                "No mail server is set up yet, so invitations and other e-mails aren't sent. You'll find them in the {0}."
            }
            Self::Link => "local outbox",
        }
        .into()
    }
}

impl English for LinkText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Failed => "This link doesn't work".into(),
        }
    }
}

impl English for WelcomeText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Claim => {
                "Turn off a permission and it's off: in every tab, for every key, on every server, from the next request."
            }
            Self::Log => "And the log shows who accessed whose data, including refused attempts.",
        }
        .into()
    }
}
