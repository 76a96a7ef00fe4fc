//! What the parts of pages say wherever they stand.

use crate::{DayCount, Node, Permission, PermissionSet};

/// What buttons and links say on more than one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonText {
    Apply,
    Cancel,
    Close,
    GoToAccounts,
    Reload,
    Save,
    Search,
    ShowAll,
    SignIn,
    SignOut,
    TryAgain,
    Undo,
}

/// The filters of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterText {
    Add,
    All,
    Chip { label: String, value: String },
    Remove { label: String, value: String },
}

/// The ways between the pages of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagerText {
    Label,
    Previous,
    Next,
    Loading,
}

/// A new password, and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordText {
    Label,
    Requirements,
    Met,
    NotMet,
    New,
    Repeated,
}

/// The permission tree, and the line to search it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionsText {
    Title,
    Count {
        held: usize,
        all: usize,
    },
    Find,
    FindHint,
    CollapseAll,
    ExpandAll,
    /// Nothing is allowed by it until its feature is there.
    Unavailable,
    /// Why somebody cannot switch these.
    OutOfReach(PermissionSet),
}

/// What would be lost with a drawer that is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// What somebody typed or chose.
    Input,
    /// A secret that is shown this one time.
    Secret,
}

/// The question before such a drawer is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsavedText {
    Question(Unsaved),
    Consequence(Unsaved),
    Leave(Unsaved),
    Stay(Unsaved),
}

/// What somebody else saved while a form was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictText {
    Compare,
    Field,
    Theirs,
    Yours,
    Empty,
    KeepMine,
    UseTheirs,
}

/// What a toggle of the permission tree is for, with its resource.
#[derive(Clone, Copy, Debug)]
pub struct ToggleName(pub &'static Node);

/// The button that collapses a resource of the permission tree.
#[derive(Clone, Copy, Debug)]
pub struct SectionName(pub &'static Node);

/// In the place of a page that somebody has no permission for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefusedText {
    Missing(Permission),
    /// Somebody may do nothing at all.
    NoPermissions,
    /// By name.
    Ask(Vec<String>),
}

/// A chart of days, and the table that says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartText {
    Nothing,
    Highest(DayCount),
    Today { count: u64 },
    AsTable,
    Day,
    Count,
}

/// What became of a text that was to be on the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyResult {
    Copied,
    Failed,
}

/// Where messages are to be found that do not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxNotice {
    Sentence,
    /// On the overview, before there is a message.
    NoMailServer,
    Link,
}

/// What the link of a letter leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkText {
    Failed,
}

/// Beside the form of a page at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WelcomeText {
    Claim,
    Log,
}
