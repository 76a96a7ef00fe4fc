use crate::{AccountContents, AccountId, Facts, OrganisationFields, PolicyPoint, RightsAffected, Topic, UserId};
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
        /// In words, as roles were called then.
        before: String,
        after: String,
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
        gone: AccountContents,
    },
}

impl OrganisationEvent {
    pub(crate) fn facts(&self) -> Facts {
        match self {
            Self::OrganisationFounded => {
                Facts::of("organisation.found").notable().on(Topic::Organisation).rights(RightsAffected::Actor)
            }
            Self::OrganisationDeleted => {
                Facts::of("organisation.delete").grave().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
            Self::OrganisationRestored => {
                Facts::of("organisation.restore").notable().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
            Self::OrganisationUpdated { .. } => Facts::of("organisation.update").on(Topic::Organisation),
            Self::PolicyUpdated { .. } => {
                Facts::of("policy.update").notable().on(Topic::Organisation).rights(RightsAffected::Everyone)
            }
            Self::OwnershipOffered { to } => Facts::of("ownership.offer").notable().on(Topic::Organisation).about(*to),
            Self::OwnershipKept { to } => Facts::of("ownership.keep").notable().on(Topic::Organisation).about(*to),
            Self::OwnershipTransferred { to, .. } => {
                Facts::of("ownership.transfer").grave().on(Topic::Members).rights(RightsAffected::Everyone).about(*to)
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

    /// What happened, after the name of who did it; `whom` is the other person, where there is one.
    pub(crate) fn sentence(&self, whom: &str) -> String {
        match self {
            Self::OrganisationFounded => "founded the organisation".to_owned(),
            Self::OrganisationDeleted => "deleted the organisation".to_owned(),
            Self::OrganisationRestored => "restored the organisation".to_owned(),
            Self::OrganisationUpdated { fields } => fields.sentence(),
            Self::PolicyUpdated { point, before, after } => {
                format!("changed the policy \"{}\" from {before} to {after}", point.label())
            }
            Self::OwnershipOffered { .. } => format!("offered the organisation to {whom}"),
            Self::OwnershipKept { .. } => format!("ended the offer of the organisation to {whom}"),
            Self::OwnershipTransferred { .. } => "took over the organisation".to_owned(),
            Self::OwnershipInherited { .. } => {
                format!("made {whom} the owner: the login of the owner before was closed")
            }
            Self::AccountCreated { name, .. } => format!("made the account {name}"),
            Self::AccountRenamed { name, before, .. } => format!("renamed the account {before} to {name}"),
            Self::AccountMoved { name, below, .. } => format!("moved the account {name} below {below}"),
            Self::AccountDeleted { name, .. } => format!("deleted the account {name}"),
        }
    }
}
