//! Questions to passkeys: put once, kept in the table, taken off it by the first answer.

use std::time::Duration;

use hathor_core::{Code, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use webauthn_rs::prelude::Passkey;

use super::{
    model::{CeremonyId, PasskeyProof},
    store::{
        keys::{self, Kept},
        steps::{self, CeremonyKind, Put},
    },
    webauthn::{self, Asked, Question, Refusal, Site},
};

/// How long a question waits for its answer.
const LIFE: Duration = Duration::from_mins(5);

/// A question for `navigator.credentials`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyQuestion {
    /// Comes back with the answer.
    ceremony: CeremonyId,
    /// The inside of `publicKey`, as `PublicKeyCredential.parse…OptionsFromJSON` reads it.
    #[schema(value_type = Object)]
    options: Value,
}

/// Who is asked, and for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    pub(super) kind: CeremonyKind,
    /// Whose passkey it must be; anybody's where that is what is asked.
    pub(super) account: Option<UserId>,
    /// The sign-in or session the question belongs to: nobody else's answer counts.
    pub(super) bound_to: Option<&'a [u8]>,
}

/// The site of this instance, or what its operator must set.
pub(super) fn site(ctx: &Ctx) -> Result<Site> {
    Site::of(&ctx.config).ok_or_else(|| Code::PasskeysUnavailable.into())
}

/// Puts a question.
pub(super) async fn put(ctx: &Ctx, tx: &mut Tx, scene: Scene<'_>, asked: Asked) -> Result<PasskeyQuestion> {
    let state = serde_json::to_string(&asked.question).map_err(Error::internal)?;
    let id: CeremonyId = ctx.new_id();
    let Scene { kind, account, bound_to } = scene;
    steps::put(tx, &Put { id, kind, account, bound_to, state, until: ctx.now() + LIFE }).await?;
    Ok(PasskeyQuestion { ceremony: id, options: asked.options })
}

/// Asks one of the passkeys of `account`.
pub(super) async fn ask_owner(
    ctx: &Ctx,
    tx: &mut Tx,
    scene: Scene<'_>,
    account: UserId,
) -> Result<PasskeyQuestion> {
    let site = site(ctx)?;
    let passkeys = passkeys(tx, account).await?;
    if passkeys.is_empty() {
        return Err(Code::NoFactor.into());
    }
    put(ctx, tx, scene, site.ask_known(&passkeys)?).await
}

/// The passkeys of `account`.
pub(super) async fn passkeys(tx: &mut Tx, account: UserId) -> Result<Vec<Passkey>> {
    keys::of_account(tx, account).await?.iter().map(|kept| webauthn::read(&kept.credential)).collect()
}

/// Takes the question off the table, if it was put in this scene and waits.
pub(super) async fn take(ctx: &Ctx, tx: &mut Tx, id: CeremonyId, scene: Scene<'_>) -> Result<Question> {
    let waiting = steps::take(tx, id, scene.kind, ctx.now()).await?.ok_or(Code::ChallengeExpired)?;
    if waiting.account_id != scene.account || waiting.bound_to.as_deref() != scene.bound_to {
        return Err(Code::ChallengeExpired.into());
    }
    serde_json::from_str(&waiting.state).map_err(Error::internal)
}

/// An answer that is not taken, and the passkey that gave it, if we know one.
pub(super) struct Refused {
    pub(super) kept: Option<Kept>,
    pub(super) why: Refusal,
}

/// Judges the answer to a question. A refusal is told apart from an error, so that the question stays taken.
pub(super) async fn judge(
    ctx: &Ctx,
    tx: &mut Tx,
    answer: &PasskeyProof,
    scene: Scene<'_>,
) -> Result<Result<Kept, Refused>> {
    let site = site(ctx)?;
    let question = take(ctx, tx, answer.ceremony, scene).await?;
    let Some(kept) = keys::by_credential(tx, answer.credential.get_credential_id()).await? else {
        return Ok(Err(Refused { kept: None, why: Refusal::Unknown }));
    };
    if !is_owner(&kept, answer, scene) {
        return Ok(Err(Refused { kept: Some(kept), why: Refusal::Owner }));
    }
    let passkey = webauthn::read(&kept.credential)?;
    let said = match site.proved(question, &answer.credential, &passkey) {
        Ok(said) => said,
        Err(why) => return Ok(Err(Refused { kept: Some(kept), why })),
    };
    let record = webauthn::after(passkey, &said)?;
    if keys::used(tx, kept.id, &record, said.counter(), ctx.now()).await? {
        return Ok(Ok(kept));
    }
    Ok(Err(Refused { kept: Some(kept), why: Refusal::Copied }))
}

/// The passkey itself says whose it is where nobody else does.
fn is_owner(kept: &Kept, answer: &PasskeyProof, scene: Scene<'_>) -> bool {
    let said = answer.credential.get_user_unique_id();
    let is_named = said == Some(&kept.account_id.bytes()[..]);
    match scene.account {
        Some(account) => account == kept.account_id && (is_named || said.is_none()),
        None => is_named,
    }
}
