//! A passkey in software, and all the ways it can be made to lie.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hathor_core::random;
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there, and the authenticator knows who.
pub(super) const VERIFIED: u8 = 0x05;
/// Somebody is there.
pub(super) const PRESENT: u8 = 0x01;

/// An authenticator with one passkey, in the browser of a page.
#[derive(Clone)]
pub(super) struct Authenticator {
    key: SigningKey,
    pub(super) id: Vec<u8>,
    /// Whose passkey it is; told when it is asked.
    pub(super) handle: Option<String>,
    pub(super) count: u32,
    pub(super) lie: Lie,
}

/// What it says: honest at first.
#[derive(Clone)]
pub(super) struct Lie {
    pub(super) origin: String,
    pub(super) flags: u8,
    /// Instead of the site it is asked for.
    pub(super) site: Option<String>,
    pub(super) act: Option<&'static str>,
    pub(super) challenge: Option<String>,
    pub(super) cross_origin: Option<bool>,
    /// Breaks the signature.
    pub(super) unsigned: bool,
}

impl Authenticator {
    pub(super) fn new(origin: &str) -> Self {
        Self {
            key: SigningKey::from_slice(&random::bytes::<32>()).unwrap(),
            id: random::bytes::<16>().to_vec(),
            handle: None,
            count: 0,
            lie: Lie {
                origin: origin.to_owned(),
                flags: VERIFIED,
                site: None,
                act: None,
                challenge: None,
                cross_origin: None,
                unsigned: false,
            },
        }
    }

    /// `navigator.credentials.create`.
    pub(super) fn create(&mut self, options: &Value) -> Value {
        self.handle = options["user"]["id"].as_str().map(str::to_owned);
        let client = self.client_data("webauthn.create", options);
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), self.lie.flags | 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": { "credProps": { "rk": true } },
            "response": {
                "clientDataJSON": encode(&client), "attestationObject": encode(&object),
                "transports": ["internal", "hybrid", "<script>"],
            },
        })
    }

    /// `navigator.credentials.get`.
    pub(super) fn get(&mut self, options: &Value) -> Value {
        self.count += 1;
        let client = self.client_data("webauthn.get", options);
        let data = self.data(options["rpId"].as_str().unwrap(), self.lie.flags);
        let mut signed = [data.as_slice(), &Sha256::digest(&client)].concat();
        if self.lie.unsigned {
            signed.push(0);
        }
        let signature: Signature = self.key.sign(&signed);
        json!({
            "id": encode(&self.id), "rawId": encode(&self.id), "type": "public-key",
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": encode(&client), "authenticatorData": encode(&data),
                "signature": encode(signature.to_der().as_bytes()), "userHandle": self.handle,
            },
        })
    }

    fn client_data(&self, act: &str, options: &Value) -> Vec<u8> {
        let mut client = json!({
            "type": self.lie.act.unwrap_or(act),
            "challenge": self.lie.challenge.clone().unwrap_or_else(|| options["challenge"].as_str().unwrap().to_owned()),
            "origin": self.lie.origin,
            "other_keys_can_be_added_here": "do not compare clientDataJSON against a template",
        });
        if let Some(cross) = self.lie.cross_origin {
            client["crossOrigin"] = cross.into();
        }
        serde_json::to_vec(&client).unwrap()
    }

    fn data(&self, site: &str, flags: u8) -> Vec<u8> {
        let site = self.lie.site.as_deref().unwrap_or(site);
        [&Sha256::digest(site)[..], &[flags], &self.count.to_be_bytes()].concat()
    }

    fn public_key(&self) -> Vec<u8> {
        let point = self.key.verifying_key().to_encoded_point(false);
        let (x, y) = (point.x().unwrap(), point.y().unwrap());
        [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 0x20][..], x, &[0x22, 0x58, 0x20], y].concat()
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
