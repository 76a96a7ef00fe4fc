use crate::{ProofText, SensitiveAction, locale::en::English};
use std::borrow::Cow;

impl English for ProofText {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Title => "Confirm it's you",
            Self::Hint => "We'll then continue with what you entered.",
            Self::Password => "Your password",
            Self::Code => "Or a code from your app or a text message",
            Self::CodeHint => "A recovery code works too.",
            Self::RecoveryCode => "Or a recovery code",
            Self::Confirm => "Confirm",
            Self::Back => "Back without saving",
        }
        .into()
    }
}

/// Asks for the proof.
impl English for SensitiveAction {
    fn en(&self) -> Cow<'static, str> {
        match self {
            Self::Password => "Confirm it's you to change your password.",
            Self::Email => "Confirm it's you to change your e-mail address.",
            Self::Phone => "Confirm it's you to change your mobile number.",
            Self::Factors => "Confirm it's you to change how you sign in.",
            Self::Ownership => "Confirm it's you to transfer ownership.",
            Self::ApiKey => "Confirm it's you to create an API key secret.",
            Self::Deletion => "Confirm it's you to delete this.",
            Self::Policy => "Confirm it's you to change the policy.",
            Self::DataExport => "Confirm it's you to export your data.",
        }
        .into()
    }
}
