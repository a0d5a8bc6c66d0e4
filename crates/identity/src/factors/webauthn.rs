//! The two ceremonies of passkeys, as `webauthn-rs` holds them, and the site they are held for.
//!
//! The site follows from the address the operator set, never from what a request says. A passkey has to know its person
//! (by finger, face or PIN) and to find its account by itself, so that it can be all there is.
//!
//! Deliberately absent: attestation. Who made an authenticator is nothing to us.

use hathor_core::Code;
use hathor_kit::{Config, Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::{Host, Url};
use webauthn_rs::prelude::{
    AuthenticationResult, Credential, CredentialID, DiscoverableAuthentication, Passkey,
    PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Webauthn,
    WebauthnBuilder, WebauthnError,
};

use crate::accounts::Account;

/// The longest name of a passkey (level 3 of the standard, 4).
const LONGEST_ID: usize = 1_023;

hathor_core::text_enum! {
    /// Why a passkey's answer is not taken: for the audit trail, not for the caller.
    pub(super) enum Refusal {
        /// It cannot be read, or contradicts itself.
        Malformed = "malformed",
        /// The browser held the other ceremony.
        Act = "act",
        /// It answers another challenge.
        Challenge = "challenge",
        /// It comes from another page.
        Origin = "origin",
        /// It comes from a page within a foreign one.
        Framed = "framed",
        /// It was made for another site.
        Site = "site",
        /// Nobody was there.
        Absent = "absent",
        /// The authenticator did not ask who was there.
        Unverified = "unverified",
        /// The signature is not the key's.
        Signature = "signature",
        /// It names somebody else.
        Owner = "owner",
        /// There is no such passkey.
        Unknown = "unknown",
        /// Its counter went back: there is a copy of it.
        Copied = "copied",
    }
}

impl From<WebauthnError> for Refusal {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::InvalidClientDataType => Self::Act,
            WebauthnError::MismatchedChallenge => Self::Challenge,
            WebauthnError::InvalidRPOrigin => Self::Origin,
            WebauthnError::CredentialCrossOrigin => Self::Framed,
            WebauthnError::InvalidRPIDHash => Self::Site,
            WebauthnError::UserNotPresent => Self::Absent,
            WebauthnError::UserNotVerified => Self::Unverified,
            WebauthnError::AuthenticationFailure | WebauthnError::SignatureInvalid => Self::Signature,
            WebauthnError::CredentialNotFound => Self::Unknown,
            WebauthnError::CredentialPossibleCompromise => Self::Copied,
            _ => Self::Malformed,
        }
    }
}

/// A question that was put: what its answer is judged by. It never leaves the server.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Question {
    /// To make a passkey.
    New(PasskeyRegistration),
    /// To one of these passkeys.
    Known(PasskeyAuthentication),
    /// To any passkey of the site.
    Anybody(DiscoverableAuthentication),
}

/// A question, and how the browser is asked it.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) question: Question,
    /// The inside of `publicKey`.
    pub(super) options: Value,
}

/// Where passkeys are made and used.
#[derive(Debug)]
pub(super) struct Site(Webauthn);

impl Site {
    /// The site of this instance. `None` where browsers know no passkeys: an address without a name, or without TLS.
    /// On localhost, which nobody else can reach, every port is ours.
    pub(super) fn of(config: &Config) -> Option<Self> {
        let home = Url::parse(&config.http.home()).ok()?;
        let Some(Host::Domain(name)) = home.host() else { return None };
        let is_local = name == "localhost";
        if !is_local && home.scheme() != "https" {
            return None;
        }
        let builder = WebauthnBuilder::new(name, &home).ok()?.rp_name("Hathor").allow_any_port(is_local);
        builder.build().ok().map(Self)
    }

    /// Asks for a new passkey of `account`, on an authenticator that has none of `known`.
    pub(super) fn ask_for_new(&self, account: &Account, known: Vec<CredentialID>) -> Result<Asked> {
        let (id, name, shown) = (account.id.uuid(), &account.username, &account.display_name);
        let asked = self.0.start_passkey_registration(id, name, shown, Some(known));
        let (request, state) = asked.map_err(Error::internal)?;
        let mut options = serde_json::to_value(request.public_key).map_err(Error::internal)?;
        let selection = &mut options["authenticatorSelection"];
        selection["residentKey"] = "required".into();
        selection["requireResidentKey"] = true.into();
        Ok(Asked { question: Question::New(state), options })
    }

    /// Asks one of `passkeys`.
    pub(super) fn ask_known(&self, passkeys: &[Passkey]) -> Result<Asked> {
        let (request, state) = self.0.start_passkey_authentication(passkeys).map_err(Error::internal)?;
        let options = serde_json::to_value(request.public_key).map_err(Error::internal)?;
        Ok(Asked { question: Question::Known(state), options })
    }

    /// Asks whoever is there.
    pub(super) fn ask_anybody(&self) -> Result<Asked> {
        let (request, state) = self.0.start_discoverable_authentication().map_err(Error::internal)?;
        let options = serde_json::to_value(request.public_key).map_err(Error::internal)?;
        Ok(Asked { question: Question::Anybody(state), options })
    }

    /// Judges a new passkey.
    pub(super) fn made(
        &self,
        question: &Question,
        answer: &RegisterPublicKeyCredential,
    ) -> Result<Made, Refusal> {
        let Question::New(state) = question else { return Err(Refusal::Challenge) };
        let passkey = self.0.finish_passkey_registration(answer, state)?;
        let length = passkey.cred_id().len();
        if length == 0 || length > LONGEST_ID { Err(Refusal::Malformed) } else { Ok(Made(passkey)) }
    }

    /// Judges the answer of `passkey`, as we keep it.
    pub(super) fn proved(
        &self,
        question: Question,
        answer: &PublicKeyCredential,
        passkey: &Passkey,
    ) -> Result<AuthenticationResult, Refusal> {
        let said = match question {
            Question::New(_) => return Err(Refusal::Challenge),
            Question::Known(state) => self.0.finish_passkey_authentication(answer, &state),
            Question::Anybody(state) => self.0.finish_discoverable_authentication_v2(answer, state, passkey),
        }?;
        if is_framed(&answer.response.client_data_json) {
            return Err(Refusal::Framed);
        }
        // asked for and judged above; said again, since without it a passkey is not enough alone
        if said.user_verified() { Ok(said) } else { Err(Refusal::Unverified) }
    }
}

/// What the browser says of the page that asked. The crate judges it for new passkeys alone.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame {
    #[serde(default)]
    cross_origin: bool,
    #[serde(default)]
    top_origin: Option<String>,
}

/// Whether the page stood within a foreign one.
fn is_framed(client_data: &[u8]) -> bool {
    serde_json::from_slice(client_data)
        .map_or(true, |Frame { cross_origin, top_origin }| cross_origin || top_origin.is_some())
}

/// A passkey that may be kept.
#[derive(Debug)]
pub(super) struct Made(Passkey);

/// A passkey as it is kept.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) credential_id: Vec<u8>,
    /// All of it, as JSON.
    pub(super) credential: String,
    pub(super) sign_count: u32,
    pub(super) backup_eligible: bool,
    pub(super) backed_up: bool,
}

impl Made {
    /// As it is kept.
    pub(super) fn record(self) -> Result<Record> {
        record(self.0)
    }
}

/// Reads a passkey that is kept.
pub(super) fn read(credential: &str) -> Result<Passkey> {
    serde_json::from_str(credential).map_err(Error::internal)
}

/// The passkey after `said`, as it is kept from now on.
pub(super) fn after(mut passkey: Passkey, said: &AuthenticationResult) -> Result<Record> {
    passkey.update_credential(said).ok_or(Code::Internal)?;
    record(passkey)
}

fn record(passkey: Passkey) -> Result<Record> {
    let credential = serde_json::to_string(&passkey).map_err(Error::internal)?;
    let inside = Credential::from(passkey);
    Ok(Record {
        credential_id: inside.cred_id.clone(),
        credential,
        sign_count: inside.counter,
        backup_eligible: inside.backup_eligible,
        backed_up: inside.backup_state,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(public: &str) -> Option<Site> {
        let mut config = Config::default();
        config.http.public_url = Some(public.parse().unwrap());
        Site::of(&config)
    }

    #[test]
    fn an_address_with_a_name_over_tls_has_passkeys_and_so_has_localhost() {
        for (public, id) in [
            ("https://music.example", "music.example"),
            ("https://music.example:8443/", "music.example"),
            ("http://localhost:8080", "localhost"),
        ] {
            let asked = site(public).unwrap().ask_anybody().unwrap();
            assert_eq!(asked.options["rpId"], id, "{public}");
        }
        assert!(Site::of(&Config::default()).is_some());
    }

    #[test]
    fn an_address_without_a_name_or_without_tls_has_none() {
        for public in ["http://music.example", "https://192.168.1.7", "https://[fd00::5]", "http://nas:8080"]
        {
            assert!(site(public).is_none(), "{public}");
        }
        let mut config = Config::default();
        config.http.listen = "192.168.1.7:8080".parse().unwrap();
        assert!(Site::of(&config).is_none());
    }
}
