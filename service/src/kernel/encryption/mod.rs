//! Encryption at rest. What has to be read again later, such as the key of an authenticator app, is stored encrypted
//! under a key that is not in the database; what has only to be recognised is stored as a keyed hash.

mod set_up;

pub use set_up::{is_set_up, set_up};

use crate::kernel::{
    Error, Result,
    secret::{Secret, SecretHash},
};
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
use model::{Phone, SmsCodeId, UserId};
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
pub(crate) enum EncryptedColumn {
    SecondFactorKey,
    SecondFactorOfferKey,
    SecondFactorOfferRecoveryCodes,
    DataExportPartContent,
}

impl EncryptedColumn {
    const fn name(self) -> &'static str {
        match self {
            Self::SecondFactorKey => "second_factor.key",
            Self::SecondFactorOfferKey => "second_factor_offer.key",
            Self::SecondFactorOfferRecoveryCodes => "second_factor_offer.recovery_codes",
            Self::DataExportPartContent => "data_export_part.content",
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
    fake_passkeys: [u8; 32],
    pages: [u8; 32],
    sms_codes: [u8; 32],
    sms_code_sources: [u8; 32],
    phones: [u8; 32],
    check: [u8; 32],
}

impl Encryption {
    pub fn new(master: &MasterKey) -> Self {
        Self {
            columns: XChaCha20Poly1305::new(&master.derive("tenantry columns v1").into()),
            recovery_codes: master.derive("tenantry recovery codes v1"),
            fake_passkeys: master.derive("tenantry fake passkeys v1"),
            pages: master.derive("tenantry pages of links v1"),
            sms_codes: master.derive("tenantry sms codes v1"),
            sms_code_sources: master.derive("tenantry sms code sources v1"),
            phones: master.derive("tenantry phones v1"),
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

    /// The key by which passkeys are made up that nobody has.
    pub fn fake_passkeys(&self) -> &[u8] {
        &self.fake_passkeys
    }

    /// What the page of a letter's link sends besides the secret in its address: whoever has the link alone, such as what
    /// reads letters before people do, cannot know it.
    pub fn page_value(&self, secret: &Secret) -> String {
        mac(&self.pages, &secret.hash().into_column())
    }

    /// What is stored of a code that goes out by text message: there are a million, so a plain hash would tell it.
    pub fn sms_code(&self, id: SmsCodeId, code: &str) -> String {
        format!("{VERSION}{}", mac(&self.sms_codes, &format!("{id}:{code}")))
    }

    /// From what the code of a message is made: the same whenever the message is tried again, and known to nobody without
    /// the key.
    pub fn sms_code_source(&self, id: SmsCodeId) -> [u8; 32] {
        keyed(&self.sms_code_sources, &id.to_string()).finalize().into_bytes().into()
    }

    /// Whether a code is the one of a stored value. Takes as long whatever is wrong with it.
    pub fn is_sms_code(&self, id: SmsCodeId, code: &str, stored: &str) -> bool {
        let stored = stored.strip_prefix(VERSION).and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        stored.is_some_and(|stored| keyed(&self.sms_codes, &format!("{id}:{code}")).verify_slice(&stored).is_ok())
    }

    /// What is stored of a number that has only to be recognised: without the key nobody tries numbers, however few there
    /// are.
    pub fn phone(&self, phone: &Phone) -> String {
        mac(&self.phones, phone.as_str())
    }

    /// Tells this key from another, and nothing else of it.
    fn check(&self) -> String {
        mac(&self.check, "tenantry")
    }
}

fn context(column: EncryptedColumn, user: UserId) -> String {
    format!("{}:{user}", column.name())
}

fn mac(key: &[u8], message: &str) -> String {
    URL_SAFE_NO_PAD.encode(keyed(key, message).finalize().into_bytes())
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn keyed(key: &[u8], message: &str) -> Hmac<Sha256> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("a key of 32 bytes");
    mac.update(message.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::{Encrypted, EncryptedColumn as Column, Encryption, MasterKey};
    use model::{SmsCodeId, UserId};
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
    fn a_code_is_known_by_its_hash_alone() {
        let encryption = Encryption::new(&MasterKey::new([7; 32]));
        let (one, other) = (SmsCodeId(Uuid::from_u128(1)), SmsCodeId(Uuid::from_u128(2)));
        let stored = encryption.sms_code(one, "012345");
        assert!(encryption.is_sms_code(one, "012345", &stored));
        assert!(!encryption.is_sms_code(one, "012346", &stored), "another code");
        assert!(!encryption.is_sms_code(other, "012345", &stored), "another message");
        let another = Encryption::new(&MasterKey::new([8; 32]));
        assert!(!another.is_sms_code(one, "012345", &stored), "another key");
        for broken in ["", "v1.", "v1.AAAA", "012345"] {
            assert!(!encryption.is_sms_code(one, "012345", broken));
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
