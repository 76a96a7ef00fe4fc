use crate::{ApiKeyText, ApiKeysText, NewKeyText, NewSecretText, locale::en::English};
use std::borrow::Cow;

impl English for ApiKeysText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "API keys",
            Self::Purpose => "Keys for your integrations. A key never has more access than its creator.",
            Self::NewKey => "New key",
            Self::Key => "Key",
            Self::CreatedBy => "Created by",
            Self::Account => "Account",
            Self::Permissions => "Permissions",
            Self::PermissionCount { given, all } => return format!("{given} of {all}").into(),
            Self::LastUsed => "Last used",
            Self::Never => "Never",
            Self::Status => "Status",
            Self::Expires => "Expires {0}",
            Self::NoMatch => "No keys match.",
            Self::NoKeys => "No API keys yet.",
            Self::CreateFirst => "Create one",
            Self::SearchHint => "Name or start of the key",
        }
        .into()
    }
}

impl English for NewKeyText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "New API key",
            Self::Name => "Name",
            Self::NameHint => "The integration that uses it, for example Web shop.",
            Self::Expires => "Expires",
            Self::ExpiresIn { days: 0 } => "Never",
            Self::ExpiresIn { days } => return format!("In {days} days").into(),
            Self::StartsEmpty => "Starts with no permissions. Switch on what the integration needs.",
            Self::StartsWithAll { all: 1 } => "Starts with your only permission.",
            Self::StartsWithAll { all } => return format!("Starts with all {all} of your permissions.").into(),
            Self::StartsWithSome { some, all } => {
                return format!("Starts with {some} of your {all} permissions.").into();
            }
            Self::MostNeedFewer => "Most integrations need far fewer.",
            Self::StartWith => "Start with",
            Self::None => "None",
            Self::All => "All my permissions",
            Self::Create => "Create key",
            Self::Permissions => "Permissions",
            Self::Find => "Find",
            Self::FindPermission => "Find a permission",
        }
        .into()
    }
}

impl English for NewSecretText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "New secret",
            Self::CopyNow => "Copy the secret of {0} now: you won't be able to see it again.",
            Self::Copy => "Copy",
            Self::Usage => {
                "Send the header {0}, followed by the secret, with every request. The API is at {1}, and this account \
                 at {2}."
            }
            Self::ViewKey => "View key",
        }
        .into()
    }
}

impl English for ApiKeyText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Label => "API key",
            Self::Place => "{0} in {1}",
            Self::CreatedUsed => "Created by {0} {1}, last used {2}",
            Self::CreatedUnused => "Created by {0} {1}, not used yet",
            Self::Expires => "Expires {0}",
            Self::Expired => "Expired {0}",
            Self::Ineffective { permissions: 1, creator } => {
                return format!("1 of its permissions has no effect because {creator} doesn't have it.").into();
            }
            Self::Ineffective { permissions, creator } => {
                return format!("{permissions} of its permissions have no effect because {creator} doesn't have them.")
                    .into();
            }
            Self::EffectiveAccess => "View effective access",
            Self::Hint => "Changes save automatically and apply from the key's next request.",
            Self::AppliesNext => "Applies from its next request.",
            Self::IfRevoked => "If revoked: {0}",
            Self::SwitchAllOff => "Switch all off",
            Self::CopyRole => "Set permissions from a role",
            Self::CopyRoleConsequence => {
                "The key gets a copy of the role's permissions, as far as you have them. Later changes to the role don't \
                 affect the key."
            }
            Self::CopyRoleFrom => "Role",
            Self::SetPermissions => "Set permissions",
            Self::NewSecret => "New secret",
            Self::NewSecretQuestion { name } => return format!("Create a new secret for {name}?").into(),
            Self::NewSecretConsequence => "The current secret stops working immediately. The new one is shown once.",
            Self::CreateSecret => "Create secret",
            Self::Revoke => "Revoke",
            Self::RevokeQuestion { name } => return format!("Revoke {name}?").into(),
            Self::RevokeConsequence => {
                "The integration that uses this key loses access immediately. This can't be undone."
            }
            Self::RevokeKey => "Revoke key",
            Self::KeyRevoked => "Key revoked.",
        }
        .into()
    }
}
