use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A secret as its holder has it: shown once, never printed, never stored.
#[derive(Clone)]
pub struct Secret(String);

/// What is stored of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretHash(String);

impl Secret {
    /// 256 random bits.
    pub(crate) fn new(random: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    /// As [`Secret::new`], for an API key: its beginning says what it is, to whoever finds it in the wrong place.
    pub(crate) fn of_key(random: [u8; 32]) -> Self {
        Self(format!("tnt_{}", URL_SAFE_NO_PAD.encode(random)))
    }

    /// A secret that somebody sent.
    pub fn from_client(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The characters themselves, for the one message that carries them.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// By what a key is known again where it is used: 24 of its 256 bits.
    pub(crate) fn begins(&self) -> String {
        self.0.chars().take(8).collect()
    }

    pub(crate) fn hash(&self) -> SecretHash {
        SecretHash(URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0)))
    }
}

impl SecretHash {
    pub(crate) fn from_column(hash: String) -> Self {
        Self(hash)
    }

    pub(crate) fn into_column(self) -> String {
        self.0
    }
}
