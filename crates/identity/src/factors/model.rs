//! What a second factor is, and what people send to prove one.

use hathor_core::{Id, Secret, Timestamp};
use hathor_kit::{Error, Result};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;
use webauthn_rs::prelude::PublicKeyCredential;

use super::recovery;
use crate::sessions::Opened;

/// A passkey of a person.
#[derive(Debug)]
pub(crate) enum Passkey {}
/// Id of a [`Passkey`].
pub(crate) type PasskeyId = Id<Passkey>;
/// A question to a passkey that waits for its answer.
#[derive(Debug)]
pub(crate) enum Ceremony {}
/// Id of a [`Ceremony`].
pub(crate) type CeremonyId = Id<Ceremony>;

/// Characters of a passkey's name.
const LONGEST_NAME: usize = 100;

hathor_core::text_enum! {
    /// What can follow a password.
    pub(crate) enum FactorKind {
        /// A code from an app.
        Totp = "totp",
        /// A passkey.
        Passkey = "passkey",
        /// One of the codes on paper.
        RecoveryCode = "recovery_code",
    }
}

/// How far somebody has come who proved who they are.
#[derive(Debug)]
pub(crate) enum SignIn {
    /// They are in.
    Done(Opened),
    /// They must prove one thing more.
    Second(Challenge),
}

/// What a device holds between its password and its second factor.
#[derive(Debug)]
pub(crate) struct Challenge {
    /// Brings it back; shown to this device alone.
    pub(crate) token: Secret,
    /// What may follow, best first.
    pub(crate) factors: Vec<FactorKind>,
    /// When it is void.
    pub(crate) until: Timestamp,
}

/// The answer to a sign-in that needs one thing more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondStep {
    /// Send it with the second factor. It is good once.
    challenge: String,
    /// What this account can prove, best first.
    factors: Vec<FactorKind>,
    /// Seconds until the challenge is void.
    expires_in: u64,
}

impl Challenge {
    /// As the device is told.
    pub(crate) fn show(self, now: Timestamp) -> SecondStep {
        let expires_in = hathor_kit::error::seconds_until(now, self.until);
        SecondStep { challenge: self.token.reveal().to_owned(), factors: self.factors, expires_in }
    }
}

/// A passkey's answer, and which question it answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PasskeyProof)]
pub(crate) struct PasskeyProof {
    /// As the question said.
    pub(super) ceremony: CeremonyId,
    /// What `navigator.credentials.get` gave, as its `toJSON` writes it.
    #[schema(value_type = Object)]
    pub(super) credential: PublicKeyCredential,
}

/// One thing that proves who somebody is.
#[derive(Debug)]
pub(crate) enum Proof {
    Totp(TotpCode),
    RecoveryCode([u8; 32]),
    Passkey(Box<PasskeyProof>),
}

impl Proof {
    /// The one of the three that was sent; `None` if none was. What can be no code is told to the field, and costs no try.
    pub(crate) fn one_of(
        totp: Option<Secret>,
        recovery_code: Option<Secret>,
        passkey: Option<PasskeyProof>,
    ) -> Result<Option<Self>> {
        match (totp, recovery_code, passkey) {
            (None, None, None) => Ok(None),
            (Some(code), None, None) => TotpCode::parse(code.reveal())
                .map(|code| Some(Self::Totp(code)))
                .ok_or_else(|| Error::invalid("totp", "the six digits that the app shows")),
            (None, Some(code), None) => {
                recovery::hash(code.reveal()).map(|hash| Some(Self::RecoveryCode(hash))).ok_or_else(|| {
                    Error::invalid("recovery_code", "one of your codes: four groups of five characters")
                })
            }
            (None, None, Some(passkey)) => Ok(Some(Self::Passkey(Box::new(passkey)))),
            _ => Err(Error::invalid("totp", "send one of totp, recovery_code and passkey")),
        }
    }

    /// What kind of proof it is.
    pub(crate) const fn kind(&self) -> FactorKind {
        match self {
            Self::Totp(_) => FactorKind::Totp,
            Self::RecoveryCode(_) => FactorKind::RecoveryCode,
            Self::Passkey(_) => FactorKind::Passkey,
        }
    }
}

/// Six digits.
#[derive(Clone, Debug)]
pub(crate) struct TotpCode(Secret);

impl TotpCode {
    /// Six digits, with the space that some apps show between them.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 32 {
            return None;
        }
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let right = code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit());
        right.then(|| Self(Secret::new(code)))
    }

    /// The digits.
    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// What a person calls a passkey, to know it again.
#[derive(Debug)]
pub(crate) struct PasskeyName(String);

impl PasskeyName {
    /// 1 to 100 characters without control characters.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let name: String = text.trim().nfc().collect();
        let count = name.chars().count();
        if count == 0 || count > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(Error::invalid("name", "1 to 100 characters, such as: phone"));
        }
        Ok(Self(name))
    }

    /// The name.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_six_digits_with_or_without_a_space() {
        assert_eq!(TotpCode::parse(" 123 456 ").unwrap().reveal(), "123456");
        for wrong in
            ["", "12345", "1234567", "12345a", "１２３４５６", "-12345", "12\u{0}3456", &" ".repeat(5000)]
        {
            assert!(TotpCode::parse(wrong).is_none(), "{wrong:?}");
        }
    }

    #[test]
    fn one_proof_is_taken_and_not_two() {
        let secret = |text: &str| Some(Secret::new(text));
        assert!(Proof::one_of(None, None, None).unwrap().is_none());
        assert!(matches!(Proof::one_of(secret("123456"), None, None), Ok(Some(Proof::Totp(_)))));
        let both = Proof::one_of(secret("123456"), secret("01234-56789-abcde-fghjk"), None).unwrap_err();
        assert_eq!(both.fields[0].field, "totp");
        let wrong = Proof::one_of(None, secret("no code"), None).unwrap_err();
        assert_eq!(wrong.fields[0].field, "recovery_code");
    }

    #[test]
    fn a_passkey_has_a_name_that_can_be_read() {
        assert_eq!(PasskeyName::parse("  Nina's phone ").unwrap().as_str(), "Nina's phone");
        for wrong in ["", "  ", "a\nb", "a\0b", &"x".repeat(101)] {
            assert!(PasskeyName::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
