use crate::{MemberFilter, MemberId, Permission, Refusal, RequestId, Role, RoleName};
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
    /// The role that those who change get, where the act gives one.
    pub role_name: Option<RoleName>,
    pub lines: Vec<MemberLine>,
    /// What to name when it is to be undone.
    pub undo: Option<RequestId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    pub member: MemberId,
    pub name: String,
    pub outcome: ActOutcome,
    /// How many permissions are new by another role, and how many go.
    pub gained: u64,
    pub lost: u64,
}

impl MembersChanged {
    /// Who changes, by name if it is one person.
    pub fn who_changes(&self) -> AffectedPeople {
        let mut changed = self.lines.iter().filter(|line| line.outcome == ActOutcome::Changed);
        match (changed.next(), changed.next()) {
            (Some(line), None) => AffectedPeople::One(line.name.clone()),
            _ => AffectedPeople::Several(self.changed),
        }
    }
}

/// Whom an act changes, as it is said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AffectedPeople {
    One(String),
    Several(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActOutcome {
    Changed,
    Unchanged,
    Refused(Refusal),
}

/// Open invitations that stop working, since whoever sent them loses the permissions for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EndingInvitations {
    pub count: u64,
    pub sent: InvitationSender,
}

impl EndingInvitations {
    pub const NONE: Self = Self { count: 0, sent: InvitationSender::BySeveral };
}

/// By whom they were sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationSender {
    ByThem,
    ByKey,
    ByYou,
    BySeveral,
}
