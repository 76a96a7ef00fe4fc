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

/// By whom open invitations were sent that stop working.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationSender {
    ByThem,
    ByKey,
    ByYou,
    BySeveral,
}

/// What becomes of the open invitations whose sender loses the permissions for them; `None` without any.
pub fn ending_invitations(count: u64, sent: InvitationSender) -> Option<String> {
    let sent = match sent {
        InvitationSender::ByThem => " they sent",
        InvitationSender::ByKey => " it sent",
        InvitationSender::ByYou => " you sent",
        InvitationSender::BySeveral => "",
    };
    match count {
        0 => None,
        1 => Some(format!("1 open invitation{sent} stops working.")),
        count => Some(format!("{count} open invitations{sent} stop working.")),
    }
}

/// A sentence, and the one after it if there is one.
pub fn sentences(first: String, second: Option<String>) -> String {
    match second {
        Some(second) => format!("{first} {second}"),
        None => first,
    }
}
