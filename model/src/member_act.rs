use crate::{MemberFilter, MemberId, Permission, Refusal, RequestId, Role};
use serde::{Deserialize, Serialize};

/// What is done to members, one or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberAct {
    Suspend,
    Restore,
    Remove,
    SetRole(Role),
}

impl MemberAct {
    /// What it takes to do it.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Suspend | Self::Restore => Permission::MemberSuspend,
            Self::Remove => Permission::MemberRemove,
            Self::SetRole(_) => Permission::MemberUpdate,
        }
    }
}

/// Whom it is done to: those picked out one by one, or all that a filter lets through.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberSelection {
    Members(Vec<MemberId>),
    Matching(MemberFilter),
}

/// What an act did, or would do, to each of the selected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersChanged {
    pub changed: u64,
    /// They were so already.
    pub unchanged: u64,
    pub refused: u64,
    /// Open invitations that those who change have sent, and can no longer be accepted then.
    pub invitations: u64,
    pub lines: Vec<MemberLine>,
    /// What to name when it is to be undone.
    pub undo: Option<RequestId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    pub member: MemberId,
    pub name: String,
    pub outcome: ActOutcome,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActOutcome {
    Changed,
    Unchanged,
    Refused(Refusal),
}

/// What becomes of the open invitations that somebody sent who loses the permissions for it; `None` without any.
pub fn ending_invitations(count: u64) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 open invitation they sent stops working.".to_owned()),
        count => Some(format!("{count} open invitations they sent stop working.")),
    }
}
