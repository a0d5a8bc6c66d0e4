//! How proofs are made and known again.

use std::time::Duration;

use hathor_core::{Code, Id, Secret, SessionId, UserId, random};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, config::sections::AuthConfig};
use hathor_token::{ring_derive, secret_hash};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::store::{self, New, Row};

/// A proof.
#[derive(Debug)]
pub(crate) enum Proof {}

/// Id of a [`Proof`].
pub(crate) type ProofId = Id<Proof>;

/// Characters of a token: 256 bits.
const TOKEN: usize = 43;
/// Digits of a code.
const DIGITS: usize = 6;
/// Tries of one code.
pub(super) const TRIES: i64 = 5;

hathor_core::text_enum! {
    /// What a proof is for.
    pub(crate) enum Purpose {
        /// The address is theirs.
        Verify = "verify",
        /// They may choose another password.
        Reset = "reset",
        /// The address of now agrees to another one.
        EmailOld = "email_old",
        /// The other address is theirs.
        EmailNew = "email_new",
    }
}
hathor_db::text_cell!(Purpose);

impl Purpose {
    /// How long it can be used. A reset is good for as long as no more than three letters are sent, so that somebody who is
    /// sent no other letter has one that works.
    const fn life(self) -> Duration {
        match self {
            Self::Verify => Duration::from_mins(30),
            Self::Reset => Duration::from_hours(1),
            Self::EmailOld | Self::EmailNew => Duration::from_hours(24),
        }
    }
}

/// What a letter tells, and nothing else knows. No `Debug`: it holds secrets.
pub(super) struct Told {
    /// Goes into the link.
    pub(super) token: String,
    /// Can be typed instead, on the device that asked.
    pub(super) code: String,
}

/// Makes a proof that letters to `email_key` reach whoever has `account`. `session` is the device that asked.
pub(super) async fn begin(
    ctx: &Ctx,
    tx: &mut Tx,
    (account, email_key): (UserId, &str),
    purpose: Purpose,
    session: Option<SessionId>,
) -> Result<Told> {
    let (id, now) = (ctx.new_id::<Proof>(), ctx.now());
    let (token, code) = (random::token(), new_code());
    let code_mac = match purpose {
        Purpose::Verify => CodeKeys::of(&ctx.config.auth).mac(id, &code),
        Purpose::Reset | Purpose::EmailOld | Purpose::EmailNew => None,
    };
    let new = New {
        id,
        account,
        purpose,
        email_key,
        session,
        token_hash: secret_hash(&token),
        code_mac,
        now,
        expires_at: now + purpose.life(),
    };
    store::insert(tx, &new).await?;
    Ok(Told { token, code })
}

/// The hash of a token; `None` if we never made one like it.
fn token_hash(token: &Secret) -> Option<[u8; 32]> {
    let text = token.reveal().trim();
    let ours =
        text.len() == TOKEN && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    ours.then(|| secret_hash(text))
}

/// The proof that a link brings back, if it is one for one of `purposes` and can still be used.
pub(super) async fn from_link(ctx: &Ctx, tx: &mut Tx, token: &Secret, purposes: &[Purpose]) -> Result<Row> {
    let row = match token_hash(token) {
        Some(hash) => store::by_token(tx, hash).await?,
        None => None,
    };
    let row =
        row.filter(|row| purposes.contains(&row.purpose)).ok_or_else(|| on_token(Code::ProofInvalid))?;
    if row.used_at.is_some() {
        return Err(on_token(Code::ProofInvalid));
    }
    if row.expires_at <= ctx.now() {
        return Err(on_token(Code::ProofExpired));
    }
    Ok(row)
}

/// The problem of a link.
pub(super) fn on_token(code: Code) -> Error {
    Error::new(code).on_field("token")
}

fn new_code() -> String {
    // 2^64 is so many times 10^6 that no code is noticeably likelier
    let number = u64::from_be_bytes(random::bytes::<8>()) % 1_000_000;
    format!("{number:0DIGITS$}")
}

/// The digits of a code as somebody typed it; spaces and hyphens between them do not count.
pub(super) fn read_code(text: &Secret) -> Result<String> {
    let code: String =
        text.reveal().chars().filter(|c| !c.is_whitespace() && *c != '-').take(DIGITS + 1).collect();
    if code.len() == DIGITS && code.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(code);
    }
    Err(Error::invalid("code", format!("the {DIGITS} digits of the letter")))
}

/// The keys under which codes are kept: a code has too few digits for a plain hash to hide it.
pub(super) struct CodeKeys(Vec<[u8; 32]>);

impl CodeKeys {
    pub(super) fn of(config: &AuthConfig) -> Self {
        let secrets = [&config.secret, &config.previous_secret];
        Self(secrets.into_iter().flatten().map(|secret| ring_derive(secret, "mail codes")).collect())
    }

    /// What the table keeps of the code of proof `id`.
    fn mac(&self, id: ProofId, code: &str) -> Option<[u8; 32]> {
        self.0.first().map(|key| keyed(key, id, code).finalize().into_bytes().into())
    }

    /// Whether `code` is the one that `mac` was kept of.
    pub(super) fn fits(&self, id: ProofId, code: &str, mac: &[u8; 32]) -> bool {
        self.0.iter().any(|key| keyed(key, id, code).verify_slice(mac).is_ok())
    }
}

fn keyed(key: &[u8; 32], id: ProofId, code: &str) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    mac.update(&id.bytes());
    mac.update(code.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use hathor_core::{Ids, Timestamp};

    use super::*;

    fn id() -> ProofId {
        Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000))
    }

    fn keys(secrets: &[&str]) -> CodeKeys {
        let secret = |at: usize| secrets.get(at).map(|text| Secret::new(text.repeat(8)));
        CodeKeys::of(&AuthConfig { secret: secret(0), previous_secret: secret(1), ..AuthConfig::default() })
    }

    #[test]
    fn a_code_is_six_digits_however_it_is_typed() {
        assert_eq!(new_code().len(), 6);
        for right in ["012345", " 012 345 ", "012-345", "0 1 2 3 4 5\n"] {
            assert_eq!(read_code(&Secret::new(right)).unwrap(), "012345", "{right}");
        }
        for wrong in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "1234\u{0}56", &"1".repeat(900_000)] {
            assert_eq!(read_code(&Secret::new(wrong)).unwrap_err().fields[0].field, "code");
        }
    }

    #[test]
    fn a_code_fits_its_own_proof_alone_and_a_replaced_secret_still_knows_it() {
        let (one, two) = (id(), id());
        let mac = keys(&["one1"]).mac(one, "012345").unwrap();
        assert!(keys(&["one1"]).fits(one, "012345", &mac));
        assert!(!keys(&["one1"]).fits(one, "012346", &mac) && !keys(&["one1"]).fits(two, "012345", &mac));
        assert!(
            keys(&["two2", "one1"]).fits(one, "012345", &mac) && !keys(&["two2"]).fits(one, "012345", &mac)
        );
    }

    #[test]
    fn what_we_never_made_is_no_token() {
        assert!(token_hash(&Secret::new(random::token())).is_some());
        for wrong in [
            "",
            "x",
            &"x".repeat(44),
            &"ä".repeat(21),
            &format!("{}\0", "x".repeat(42)),
            &"x".repeat(900_000),
        ] {
            assert!(token_hash(&Secret::new(wrong)).is_none());
        }
    }
}
