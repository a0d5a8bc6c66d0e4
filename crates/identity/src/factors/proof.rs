//! Judging what somebody shows: a code of the app, one from paper, a passkey.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Timestamp};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer, error::seconds_until};
use serde_json::json;

use super::{
    ceremony::{self, PasskeyQuestion, Refused, Scene},
    model::{FactorKind, Proof, TotpCode},
    store::{self, codes, keys::Kept, steps::CeremonyKind},
    totp,
    webauthn::Refusal,
};
use crate::{
    accounts::{self, Account},
    mails,
};

/// Wrong codes of an app that cost no wait.
const FREE: i64 = 5;
/// The longest wait between two codes of an app: at four an hour, guessing one takes years.
const LONGEST_WAIT: Duration = Duration::from_mins(15);
/// After so long without a wrong code they are forgotten.
const QUIET: Duration = Duration::from_hours(1);

/// What became of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It proves them.
    Right,
    /// It does not. What was noted of it must be kept: commit, then refuse.
    Wrong,
}

/// Judges a proof of somebody who is signed in and shows once more who they are.
pub(crate) async fn prove_again(
    ctx: &Ctx,
    tx: &mut Tx,
    viewer: Viewer,
    proof: &Proof,
    origin: &Origin,
) -> Result<Outcome> {
    let account = accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?;
    check(ctx, tx, &account, proof, step_up(viewer, &viewer.session.bytes()), origin).await
}

/// Asks one of the viewer's passkeys to prove them once more.
pub(crate) async fn ask_again(ctx: &Ctx, viewer: Viewer) -> Result<PasskeyQuestion> {
    ctx.db
        .write(async |tx| {
            ceremony::ask_owner(ctx, tx, step_up(viewer, &viewer.session.bytes()), viewer.user).await
        })
        .await
}

const fn step_up(viewer: Viewer, session: &[u8]) -> Scene<'_> {
    Scene { kind: CeremonyKind::StepUp, account: Some(viewer.user), bound_to: Some(session) }
}

/// Judges `proof` for `account`. Whatever it changes and tells is in `tx`, and its last statement may be one of the
/// audit trail.
pub(super) async fn check(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    proof: &Proof,
    scene: Scene<'_>,
    origin: &Origin,
) -> Result<Outcome> {
    match proof {
        Proof::Totp(code) => {
            let right = is_code_right(ctx, tx, account, code).await?;
            if right {
                Ok(Outcome::Right)
            } else {
                wrong(ctx, tx, account, FactorKind::Totp, "code", origin).await
            }
        }
        Proof::RecoveryCode(hash) => {
            if codes::spend_code(tx, account.id, *hash, ctx.now()).await? {
                tell_of_recovery_code(ctx, tx, account, origin).await?;
                return Ok(Outcome::Right);
            }
            wrong(ctx, tx, account, FactorKind::RecoveryCode, "code", origin).await
        }
        Proof::Passkey(answer) => match ceremony::judge(ctx, tx, answer, scene).await? {
            Ok(_) => Ok(Outcome::Right),
            Err(Refused { kept, why: Refusal::Copied }) => {
                copied(ctx, tx, account, kept.as_ref(), origin).await
            }
            Err(Refused { why, .. }) => {
                wrong(ctx, tx, account, FactorKind::Passkey, why.as_str(), origin).await
            }
        },
    }
}

/// Whether it is the code of this moment, and the first time it is shown.
async fn is_code_right(ctx: &Ctx, tx: &mut Tx, account: &Account, code: &TotpCode) -> Result<bool> {
    let now = ctx.now();
    if let Some(until) = codes::wait(tx, account.id).await?.filter(|until| *until > now) {
        return Err(must_wait(now, until));
    }
    let Some(shared) = codes::live(tx, account.id).await? else { return Ok(false) };
    let secret = open(ctx, account, &shared.secret)?;
    let right = match totp::step_of(&secret, code, now)? {
        Some(step) => codes::spend_step(tx, account.id, step).await?,
        None => false,
    };
    if right {
        codes::forgive(tx, account.id).await?;
    } else {
        let wrong = codes::count_wrong(tx, account.id, now, now - QUIET).await?;
        codes::wait_until(tx, account.id, now + wait_after(wrong)).await?;
    }
    Ok(right)
}

fn must_wait(now: Timestamp, until: Timestamp) -> Error {
    let seconds = seconds_until(now, until);
    Error::new(Code::Limited).retry_after(seconds).with_detail(format!(
        "many wrong codes came; the next one is taken in {seconds} s. a passkey or a recovery code is taken at once"
    ))
}

/// Doubles with each wrong code.
fn wait_after(wrong: i64) -> Duration {
    match wrong.saturating_sub(FREE) {
        ..=0 => Duration::ZERO,
        over => Duration::from_secs(1_u64 << over.min(10)).min(LONGEST_WAIT),
    }
}

/// The secret that the app shares.
pub(super) fn open(ctx: &Ctx, account: &Account, sealed: &[u8]) -> Result<Vec<u8>> {
    ctx.keys.sealer.open(place(account), sealed).map_err(Error::internal)
}

/// Where a secret lies: it opens for no other account.
pub(super) fn place(account: &Account) -> String {
    format!("totp:{}", account.id)
}

async fn tell_of_recovery_code(ctx: &Ctx, tx: &mut Tx, account: &Account, origin: &Origin) -> Result<()> {
    let left = store::held(tx, account.id).await?.codes;
    mails::post(ctx, tx, mails::Recipient::of(account), mails::Kind::RecoveryCodeUsed { left }).await?;
    let entry = Entry::by(account.id, action::RECOVERY_CODE_USED, Subject::account(account.id));
    ctx.audit.record(tx, ctx.now(), entry.from(origin).with(json!({ "left": left }))).await?;
    Ok(())
}

async fn wrong(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    kind: FactorKind,
    why: &str,
    origin: &Origin,
) -> Result<Outcome> {
    metrics::counter!("factors_refused_total", "factor" => kind.as_str()).increment(1);
    let entry = Entry::unknown(action::FACTOR_REFUSED, Subject::account(account.id)).from(origin);
    ctx.audit.count(tx, ctx.now(), entry.with(json!({ "factor": kind, "why": why }))).await?;
    Ok(Outcome::Wrong)
}

/// A passkey whose counter went back has a twin somewhere. It is not taken; its owner decides what becomes of it.
async fn copied(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    kept: Option<&Kept>,
    origin: &Origin,
) -> Result<Outcome> {
    metrics::counter!("passkeys_copied_total").increment(1);
    let name = kept.map(|kept| kept.name.as_str()).unwrap_or_default();
    let entry = Entry::unknown(action::PASSKEY_COPIED, Subject::account(account.id)).from(origin);
    ctx.audit.record(tx, ctx.now(), entry.with(json!({ "passkey": name }))).await?;
    Ok(Outcome::Wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_code_past_five_doubles_the_wait_up_to_a_quarter_of_an_hour() {
        let seconds = |wrong| wait_after(wrong).as_secs();
        assert_eq!([seconds(0), seconds(1), seconds(5)], [0, 0, 0]);
        assert_eq!([seconds(6), seconds(7), seconds(10)], [2, 4, 32]);
        assert_eq!([seconds(15), seconds(100), seconds(i64::MAX)], [900, 900, 900]);
    }
}
