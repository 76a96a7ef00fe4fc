//! A device in software that makes passkeys and shows them, as a browser would have it do (Web Authentication, Level 3).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{PasskeyAnswer, PasskeyOptions};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const ORIGIN: &str = "https://tenantry.example";
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// A passkey on a device. A clone of it is a copy on another.
#[derive(Clone)]
pub struct Device {
    pub key: SigningKey,
    pub id: Vec<u8>,
    /// Whose it says that it is.
    pub user: Vec<u8>,
    /// How often it signed; a device that does not count stays at 0.
    pub count: u32,
    /// What is added for each time.
    pub counts_by: u32,
    /// Whether the device checks that it is its user.
    pub verifies: bool,
    pub origin: &'static str,
}

impl Device {
    /// Makes a passkey.
    pub fn make(options: &PasskeyOptions) -> (Self, PasskeyAnswer) {
        let options = read(options);
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        // As good as random: no two challenges are alike.
        let random = Sha256::digest(options["challenge"].as_str().unwrap());
        let device = Self {
            key: SigningKey::from_slice(&random).unwrap(),
            id: random[..16].to_vec(),
            user: decode(&options["user"]["id"]),
            count: 0,
            counts_by: 1,
            verifies: true,
            origin: ORIGIN,
        };
        let data = device.client_data("webauthn.create", &options);
        let mut authenticator = device.authenticator_data(&options["rp"]["id"], WITH_KEY);
        authenticator.extend([0; 16]);
        authenticator.extend(u16::try_from(device.id.len()).unwrap().to_be_bytes());
        authenticator.extend(&device.id);
        authenticator.extend(device.public_key());
        // A map of three: fmt "none", attStmt {}, authData of fewer than 256 bytes.
        let mut attestation = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice()].concat();
        attestation.push(u8::try_from(authenticator.len()).unwrap());
        attestation.extend(authenticator);
        let response = json!({ "clientDataJSON": encode(&data), "attestationObject": encode(&attestation) });
        let answer = device.answer(&response);
        (device, answer)
    }

    /// Shows it.
    pub fn show(&mut self, options: &PasskeyOptions) -> PasskeyAnswer {
        let options = read(options);
        assert_eq!(options["userVerification"], "required");
        self.count += self.counts_by;
        let data = self.client_data("webauthn.get", &options);
        let authenticator = self.authenticator_data(&options["rpId"], 0);
        let signed = [authenticator.as_slice(), Sha256::digest(&data).as_slice()].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(&json!({
            "clientDataJSON": encode(&data),
            "authenticatorData": encode(&authenticator),
            "signature": encode(signature.to_der().as_bytes()),
            "userHandle": encode(&self.user),
        }))
    }

    /// Whether the options let it be shown.
    pub fn is_allowed_by(&self, options: &PasskeyOptions) -> bool {
        allowed(options).contains(&encode(&self.id))
    }

    fn answer(&self, response: &Value) -> PasskeyAnswer {
        let id = encode(&self.id);
        let answer = json!({
            "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {},
        });
        PasskeyAnswer(answer.to_string())
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let data =
            json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false });
        data.to_string().into_bytes()
    }

    fn authenticator_data(&self, rp: &Value, flags: u8) -> Vec<u8> {
        let mut data = Sha256::digest(rp.as_str().unwrap()).to_vec();
        data.push(PRESENT | flags | if self.verifies { VERIFIED } else { 0 });
        data.extend(self.count.to_be_bytes());
        data
    }

    /// As COSE has a key of P-256 for ES256: a map of five.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".as_slice(), x, b"\x22\x58\x20", y].concat()
    }
}

/// The ids that options let be shown, in their order.
pub fn allowed(options: &PasskeyOptions) -> Vec<String> {
    let options = read(options);
    let ids = options["allowCredentials"].as_array().unwrap();
    ids.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn read(PasskeyOptions(options): &PasskeyOptions) -> Value {
    serde_json::from_str(options).unwrap()
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &Value) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text.as_str().unwrap()).unwrap()
}
