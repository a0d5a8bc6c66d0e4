//! Between a proved account and its session.

use std::time::Duration;

use hathor_audit::{Entry, Subject, action};
use hathor_core::{Code, Secret, random};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result};
use hathor_token::secret_hash;
use serde_json::json;

use super::{
    ceremony::{self, PasskeyQuestion, Refused, Scene},
    model::{Challenge, FactorKind, PasskeyProof, Proof, SignIn},
    proof::{self, Outcome},
    store::{
        self, Held,
        steps::{self, CeremonyKind, Waiting},
    },
    webauthn::Refusal,
};
use crate::{
    accounts::{self, Account},
    routes::visit::Visit,
    sessions::{self, Opened, Opening},
};

/// How long a device may take between its password and its second factor.
const LIFE: Duration = Duration::from_mins(5);
/// Wrong proofs that one challenge bears.
const TRIES: i64 = 5;

/// Lets the device in that has proved `account`, or asks it for one thing more.
pub(crate) async fn admit(ctx: &Ctx, tx: &mut Tx, account: Account, visit: &Visit) -> Result<SignIn> {
    let Some(factors) = required(store::held(tx, account.id).await?) else {
        return sessions::open(ctx, tx, account, visit, Opening::SignIn).await.map(SignIn::Done);
    };
    let (token, until) = (Secret::new(random::token()), ctx.now() + LIFE);
    steps::insert(tx, secret_hash(token.reveal()), account.id, account.session_version, until).await?;
    Ok(SignIn::Second(Challenge { token, factors, until }))
}

/// What an account asks for after a password. Codes on paper alone are no factor: they stand for one.
fn required(held: Held) -> Option<Vec<FactorKind>> {
    let kinds = [
        (held.totp, FactorKind::Totp),
        (held.passkeys > 0, FactorKind::Passkey),
        (held.codes > 0, FactorKind::RecoveryCode),
    ];
    let factors = kinds.into_iter().filter_map(|(has, kind)| has.then_some(kind)).collect();
    (held.totp || held.passkeys > 0).then_some(factors)
}

/// Asks one of the passkeys of the account that waits behind `token`.
pub(crate) async fn ask_passkey(ctx: &Ctx, token: &Secret) -> Result<PasskeyQuestion> {
    let hash = secret_hash(token.reveal());
    ctx.db
        .write(async |tx| {
            let waiting = steps::peek(tx, hash, TRIES, ctx.now()).await?.ok_or(Code::ChallengeExpired)?;
            ceremony::ask_owner(ctx, tx, second_step(&waiting, &hash), waiting.account_id).await
        })
        .await
}

const fn second_step<'a>(waiting: &Waiting, hash: &'a [u8; 32]) -> Scene<'a> {
    Scene { kind: CeremonyKind::SecondStep, account: Some(waiting.account_id), bound_to: Some(hash) }
}

/// Lets the device in that waits behind `token`, if `proof` is right.
pub(crate) async fn pass(ctx: &Ctx, visit: &Visit, token: &Secret, proof: &Proof) -> Result<Opened> {
    match ctx.db.write(async |tx| judge(ctx, tx, visit, secret_hash(token.reveal()), proof).await).await? {
        Verdict::In(opened) => Ok(*opened),
        Verdict::Out { left } => Err(refused(left)),
    }
}

/// What becomes of somebody at the gate. Who stays out is noted, so this is no error yet.
enum Verdict {
    In(Box<Opened>),
    Out { left: i64 },
}

/// Of many that come with one challenge at once, one is judged after the other.
async fn judge(ctx: &Ctx, tx: &mut Tx, visit: &Visit, hash: [u8; 32], proof: &Proof) -> Result<Verdict> {
    let waiting = steps::take_try(tx, hash, TRIES, ctx.now()).await?.ok_or(Code::ChallengeExpired)?;
    let account = accounts::by_id(tx, waiting.account_id).await?;
    // another password, role or a ban in the meantime
    let account = account.filter(|account| account.session_version == waiting.session_version);
    let account = account.ok_or(Code::ChallengeExpired)?;
    let scene = second_step(&waiting, &hash);
    match proof::check(ctx, tx, &account, proof, scene, &visit.origin).await? {
        Outcome::Wrong => Ok(Verdict::Out { left: TRIES - waiting.tries }),
        Outcome::Right => {
            steps::end(tx, hash).await?;
            let opened = sessions::open(ctx, tx, account, visit, Opening::SignIn).await?;
            Ok(Verdict::In(Box::new(opened)))
        }
    }
}

fn refused(left: i64) -> Error {
    Error::new(Code::BadFactor).with_detail(match left {
        ..=0 => "this was the last try; sign in again".to_owned(),
        1 => "one try is left".to_owned(),
        _ => format!("{left} tries are left"),
    })
}

/// Asks any passkey of this site to name its person.
pub(crate) async fn ask_anybody(ctx: &Ctx) -> Result<PasskeyQuestion> {
    let asked = ceremony::site(ctx)?.ask_anybody()?;
    ctx.db.write(async |tx| ceremony::put(ctx, tx, ANYBODY, asked).await).await
}

const ANYBODY: Scene<'_> = Scene { kind: CeremonyKind::SignIn, account: None, bound_to: None };

/// Lets the owner of a passkey in. It holds what they have and knows who they are, so nothing more is asked.
pub(crate) async fn sign_in(ctx: &Ctx, visit: &Visit, answer: &PasskeyProof) -> Result<Opened> {
    let opened = ctx.db.write(async |tx| judge_anybody(ctx, tx, visit, answer).await).await?;
    opened.ok_or_else(|| {
        metrics::counter!("sign_ins_refused_total").increment(1);
        Code::BadFactor.into()
    })
}

async fn judge_anybody(
    ctx: &Ctx,
    tx: &mut Tx,
    visit: &Visit,
    answer: &PasskeyProof,
) -> Result<Option<Opened>> {
    match ceremony::judge(ctx, tx, answer, ANYBODY).await? {
        Ok(kept) => {
            let account = accounts::by_id(tx, kept.account_id).await?.ok_or(Code::BadFactor)?;
            sessions::open(ctx, tx, account, visit, Opening::SignIn).await.map(Some)
        }
        Err(Refused { kept, why }) => {
            let copied = why == Refusal::Copied;
            let action = if copied { action::PASSKEY_COPIED } else { action::FACTOR_REFUSED };
            let subject = kept.map_or_else(Subject::nobody, |kept| Subject::account(kept.account_id));
            let entry = Entry::unknown(action, subject).from(&visit.origin);
            let about = json!({ "factor": FactorKind::Passkey, "why": why });
            ctx.audit.count(tx, ctx.now(), entry.with(about)).await?;
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_on_paper_are_no_factor_of_their_own() {
        let held = |totp, passkeys, codes| required(Held { totp, passkeys, codes });
        assert_eq!(held(false, 0, 0), None);
        assert_eq!(held(false, 0, 10), None);
        assert_eq!(held(true, 0, 0), Some(vec![FactorKind::Totp]));
        assert_eq!(
            held(true, 2, 9),
            Some(vec![FactorKind::Totp, FactorKind::Passkey, FactorKind::RecoveryCode])
        );
    }
}
