//! What the calls of pages ask of their reader.

use leptos::server_fn::ServerFn;
use model::{Permission, PermissionSet, Refusal, Role};

/// What a reader has to hold for a call to be answered.
#[derive(Clone, Copy)]
pub enum Needs {
    /// Nothing beyond being here.
    Nothing,
    All(&'static [Permission]),
    Any(&'static [Permission]),
    /// The organisation's owner alone.
    Owner,
}

impl Needs {
    /// Why a reader with this role and these permissions would be refused.
    pub fn refusal(self, role: Role, held: PermissionSet) -> Option<Refusal> {
        let lacking = |permissions: &[Permission]| permissions.iter().copied().find(|needed| !held.contains(*needed));
        match self {
            Self::Nothing => None,
            Self::All(permissions) => lacking(permissions).map(Refusal::Permission),
            Self::Any(permissions) => {
                let enough = permissions.iter().any(|enough| held.contains(*enough));
                if enough { None } else { lacking(permissions).map(Refusal::Permission) }
            }
            Self::Owner => (role != Role::Owner).then_some(Refusal::OwnerOnly),
        }
    }
}

/// A call by which a page fetches what it shows.
pub trait Read: ServerFn {
    const NEEDS: Needs;
}
