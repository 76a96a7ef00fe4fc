use crate::{
    AccountId, Contents, Facts, OrganisationFields, PolicyPoint, PolicyValue, RightsAffected, SensitiveAction, Topic,
    UserId,
};
use serde::{Deserialize, Serialize};

/// What happens to an organisation and its accounts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganisationEvent {
    OrganisationFounded,
    /// It can be restored for some days; then it is gone.
    OrganisationDeleted,
    OrganisationRestored,
    OrganisationUpdated {
        #[serde(default)]
        fields: OrganisationFields,
    },
    PolicyUpdated {
        point: PolicyPoint,
        before: PolicyValue,
        after: PolicyValue,
    },
    OwnershipOffered {
        to: UserId,
    },
    /// An offer was withdrawn or declined.
    OwnershipKept {
        to: UserId,
    },
    OwnershipTransferred {
        from: UserId,
        to: UserId,
    },
    /// The login of the owner was closed, and the Admin of longest standing owns the organisation.
    OwnershipInherited {
        from: UserId,
        to: UserId,
    },
    AccountCreated {
        account: AccountId,
        name: String,
    },
    AccountRenamed {
        account: AccountId,
        name: String,
        before: String,
    },
    AccountMoved {
        account: AccountId,
        name: String,
        /// The name of the account it now lies below.
        below: String,
    },
    /// With everything below it and in it.
    AccountDeleted {
        account: AccountId,
        name: String,
        gone: Contents,
    },
}

impl OrganisationEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::OrganisationFounded => {
                Facts::of("organisation.found").notable().on(Topic::Organisation).rights(RightsAffected::Actor)
            }
            Self::OrganisationDeleted => {
                let facts =
                    Facts::of("organisation.delete").grave().on(Topic::Organisation).rights(RightsAffected::Everyone);
                facts.sensitive(SensitiveAction::Deletion)
            }
            Self::OrganisationRestored => {
                Facts::of("organisation.restore").notable().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
            Self::OrganisationUpdated { .. } => Facts::of("organisation.update").on(Topic::Organisation),
            Self::PolicyUpdated { .. } => {
                let facts =
                    Facts::of("policy.update").notable().on(Topic::Organisation).rights(RightsAffected::Everyone);
                facts.sensitive(SensitiveAction::Policy)
            }
            Self::OwnershipOffered { to } => {
                let facts = Facts::of("ownership.offer").notable().on(Topic::Organisation).about(*to);
                facts.sensitive(SensitiveAction::Ownership)
            }
            Self::OwnershipKept { to } => Facts::of("ownership.keep").notable().on(Topic::Organisation).about(*to),
            Self::OwnershipTransferred { to, .. } => {
                let facts = Facts::of("ownership.transfer").grave().on(Topic::Members).rights(RightsAffected::Everyone);
                facts.about(*to).sensitive(SensitiveAction::Ownership)
            }
            Self::OwnershipInherited { to, .. } => {
                Facts::of("ownership.inherit").grave().on(Topic::Members).rights(RightsAffected::Everyone).about(*to)
            }
            Self::AccountCreated { .. } => Facts::of("account.create").on(Topic::Organisation),
            Self::AccountRenamed { .. } => Facts::of("account.rename").on(Topic::Organisation),
            Self::AccountMoved { .. } => {
                Facts::of("account.move").notable().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
            Self::AccountDeleted { .. } => {
                Facts::of("account.delete").grave().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
        }
    }
}
