//! Encryption at rest. What has to be read again later, such as the key of an authenticator app, is stored encrypted
//! under a key that is not in the database; what has only to be recognised is stored as a keyed hash.

mod set_up;

pub use set_up::{is_set_up, set_up};

use crate::kernel::{Error, Result, secret::SecretHash};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use model::UserId;
use sea_orm::DeriveValueType;
use sha2::Sha256;
use std::fmt;

/// Begins every stored value, so that one from before there was encryption is told apart, and a later format from this
/// one. Neither Base32 nor Base64 has a full stop.
const VERSION: &str = "v1.";
/// Of `XChaCha20`: long enough to be random.
const NONCE_BYTES: usize = 24;

/// 256 random bits from which every key of an installation is derived. It stands in a file beside the database, not in
/// it: whoever reads the database alone can sign in as nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; 32]);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

impl MasterKey {
    pub fn new(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// A new one.
    ///
    /// # Errors
    /// [`Error::Random`].
    pub fn generate() -> Result<Self> {
        crate::kernel::service::random().map(Self)
    }

    /// Reads Base64, as [`MasterKey::to_base64`] writes it; `None` when it is not 32 bytes.
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// A key for one purpose, from which no other can be computed (RFC 5869).
    #[expect(clippy::expect_used, reason = "HKDF-SHA-256 gives up to 8,160 bytes")]
    fn derive(&self, purpose: &str) -> [u8; 32] {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), &mut key).expect("32 bytes");
        key
    }
}

/// The columns that are stored encrypted. A value is bound to its column and user: moved to another, it does not decrypt.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::enum_variant_names, reason = "table and column, as in the database")]
pub(crate) enum EncryptedColumn {
    SecondFactorKey,
    SecondFactorOfferKey,
    SecondFactorOfferRecoveryCodes,
}

impl EncryptedColumn {
    const fn name(self) -> &'static str {
        match self {
            Self::SecondFactorKey => "second_factor.key",
            Self::SecondFactorOfferKey => "second_factor_offer.key",
            Self::SecondFactorOfferRecoveryCodes => "second_factor_offer.recovery_codes",
        }
    }
}

/// A value as such a column holds it. Only `Encryption` makes one, so that nothing is stored readable by mistake.
#[derive(Clone, Debug, PartialEq, Eq, DeriveValueType)]
pub struct Encrypted(String);

/// The keys of an installation, by purpose.
pub(crate) struct Encryption {
    columns: XChaCha20Poly1305,
    recovery_codes: [u8; 32],
    check: [u8; 32],
}

impl Encryption {
    pub fn new(master: &MasterKey) -> Self {
        Self {
            columns: XChaCha20Poly1305::new(&master.derive("tenantry columns v1").into()),
            recovery_codes: master.derive("tenantry recovery codes v1"),
            check: master.derive("tenantry key check v1"),
        }
    }

    /// Encrypts by XChaCha20-Poly1305; `random` serves as the nonce.
    pub fn encrypt(&self, column: EncryptedColumn, user: UserId, text: &str, random: [u8; 32]) -> Result<Encrypted> {
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&random[..NONCE_BYTES]);
        let aad = context(column, user);
        let payload = Payload { msg: text.as_bytes(), aad: aad.as_bytes() };
        let sealed =
            self.columns.encrypt(&XNonce::from(nonce), payload).map_err(|_| Error::Encryption(column.name()))?;
        Ok(Encrypted(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))))
    }

    /// # Errors
    /// [`Error::Encryption`] for a value that was not encrypted with this key, in this column, for this user.
    pub fn decrypt(&self, column: EncryptedColumn, user: UserId, value: &Encrypted) -> Result<String> {
        let fault = || Error::Encryption(column.name());
        let text = value.0.strip_prefix(VERSION).ok_or_else(fault)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| fault())?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>().ok_or_else(fault)?;
        let aad = context(column, user);
        let payload = Payload { msg: sealed, aad: aad.as_bytes() };
        let plain = self.columns.decrypt(&XNonce::from(*nonce), payload).map_err(|_| fault())?;
        String::from_utf8(plain).map_err(|_| fault())
    }

    /// What is stored of a recovery code: without the key nobody tries codes, however few there are. It is made from the
    /// plain hash, which is all that there was of older codes.
    pub fn recovery_code(&self, user: UserId, hash: SecretHash) -> String {
        let text = mac(&self.recovery_codes, &format!("{user}:{}", hash.into_column()));
        format!("{VERSION}{text}")
    }

    /// Tells this key from another, and nothing else of it.
    fn check(&self) -> String {
        mac(&self.check, "tenantry")
    }
}

fn context(column: EncryptedColumn, user: UserId) -> String {
    format!("{}:{user}", column.name())
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn mac(key: &[u8], message: &str) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of 32 bytes");
    mac.update(message.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::{Encrypted, EncryptedColumn as Column, Encryption, MasterKey};
    use model::UserId;
    use uuid::Uuid;

    fn user(number: u128) -> UserId {
        UserId(Uuid::from_u128(number))
    }

    #[test]
    fn a_value_decrypts_only_where_it_was_encrypted() {
        let encryption = Encryption::new(&MasterKey::new([7; 32]));
        let value = encryption.encrypt(Column::SecondFactorKey, user(1), "JBSWY3DP", [9; 32]).unwrap();
        assert!(!value.0.contains("JBSWY3DP"));
        assert_eq!(encryption.decrypt(Column::SecondFactorKey, user(1), &value).unwrap(), "JBSWY3DP");
        assert!(encryption.decrypt(Column::SecondFactorKey, user(2), &value).is_err(), "another user");
        assert!(encryption.decrypt(Column::SecondFactorOfferKey, user(1), &value).is_err(), "another column");
        let other = Encryption::new(&MasterKey::new([8; 32]));
        assert!(other.decrypt(Column::SecondFactorKey, user(1), &value).is_err(), "another key");
        let mut changed = value.0.clone().into_bytes();
        changed[30] ^= 1;
        let changed = Encrypted(String::from_utf8(changed).unwrap());
        assert!(encryption.decrypt(Column::SecondFactorKey, user(1), &changed).is_err(), "changed");
        for broken in ["", "JBSWY3DP", "v1.", "v1.AAAA", "v2.AAAA"] {
            assert!(encryption.decrypt(Column::SecondFactorKey, user(1), &Encrypted(broken.to_owned())).is_err());
        }
    }

    #[test]
    fn a_key_reads_as_it_was_written() {
        let key = MasterKey::new([7; 32]);
        assert_eq!(MasterKey::from_base64(&format!("{}\n", key.to_base64())), Some(key.clone()));
        for text in ["", "AAAA", "not base64", &key.to_base64()[1..]] {
            assert_eq!(MasterKey::from_base64(text), None);
        }
        assert!(!format!("{key:?}").contains('7'));
    }
}
