//! What the owner of an account does with their factors.

use std::time::Duration;

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, UserId};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer};
use serde_json::{Value, json};
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::{
    ceremony::{self, PasskeyQuestion, Scene},
    model::{CeremonyId, PasskeyId, PasskeyName, TotpCode},
    proof, recovery,
    store::{
        self, codes,
        keys::{self, Named},
        steps::CeremonyKind,
    },
    totp,
    webauthn::{Record, Refusal},
};
use crate::{
    accounts::{self, Account},
    mails,
};

/// How long a secret is on offer.
pub(super) const OFFER: Duration = Duration::from_hours(1);
/// Passkeys that an account can have.
const MOST_PASSKEYS: i64 = 25;

/// What somebody has.
#[derive(Debug)]
pub(super) struct Factors {
    pub(super) overview: store::Overview,
    pub(super) passkeys: Vec<Named>,
}

/// What the viewer has.
pub(super) async fn list(ctx: &Ctx, viewer: Viewer) -> Result<Factors> {
    let overview = store::overview(&ctx.db, viewer.user).await?.ok_or(Code::Unauthenticated)?;
    Ok(Factors { overview, passkeys: keys::list(&ctx.db, viewer.user).await? })
}

/// A secret for an app, as it is shown.
#[derive(Debug)]
pub(super) struct Offer {
    pub(super) secret: Secret,
    pub(super) uri: Secret,
    pub(super) qr_svg: String,
}

/// Offers the viewer a secret for an app. The one they use, if any, stays until a code of the new one comes.
pub(super) async fn offer_totp(ctx: &Ctx, viewer: Viewer) -> Result<Offer> {
    let secret = totp::secret();
    let account = ctx
        .db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            let sealed = ctx.keys.sealer.seal(proof::place(&account), &secret);
            codes::offer(tx, account.id, sealed, ctx.now()).await?;
            Ok::<_, Error>(account)
        })
        .await?;
    let secret = Secret::new(totp::text(&secret));
    let uri = totp::uri(&account.username, &secret);
    let qr_svg = totp::qr(&uri)?;
    Ok(Offer { secret, uri, qr_svg })
}

/// Takes the offered secret into use, since its app shows the right code; new recovery codes come with it.
pub(super) async fn confirm_totp(
    ctx: &Ctx,
    viewer: Viewer,
    code: &TotpCode,
    origin: &Origin,
) -> Result<Vec<Secret>> {
    let now = ctx.now();
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            let offered = codes::offered(tx, account.id, now - OFFER).await?.ok_or_else(no_offer)?;
            let secret = proof::open(ctx, &account, &offered.secret)?;
            let step = totp::step_of(&secret, code, now)?.ok_or_else(wrong_code)?;
            if !codes::set_live(tx, account.id, step, now).await? {
                return Err(no_offer()); // taken into use by another request just now
            }
            let codes = new_codes(tx, account.id).await?;
            let what = "an app that shows codes";
            tell(ctx, tx, &account, mails::Kind::FactorAdded { what: what.to_owned() }).await?;
            note(ctx, tx, &account, origin, action::TOTP_ADDED, Value::Null).await?;
            note_codes(ctx, tx, &account, origin).await?;
            Ok(codes)
        })
        .await
}

fn no_offer() -> Error {
    Error::new(Code::ChallengeExpired).with_detail("ask for a new secret, and show it to the app")
}

fn wrong_code() -> Error {
    Error::invalid("code", "not the code of now; check the clock of the phone and try the next one")
}

/// Asks for no codes any more.
pub(super) async fn remove_totp(ctx: &Ctx, viewer: Viewer, origin: &Origin) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            if !codes::remove(tx, account.id).await? {
                return Err(Code::NotFound.into());
            }
            forget_idle_codes(tx, account.id).await?;
            let what = "an app that shows codes";
            tell(ctx, tx, &account, mails::Kind::FactorRemoved { what: what.to_owned() }).await?;
            note(ctx, tx, &account, origin, action::TOTP_REMOVED, Value::Null).await
        })
        .await
}

/// Gives the viewer ten new codes for paper; the old ones are void.
pub(super) async fn renew_codes(ctx: &Ctx, viewer: Viewer, origin: &Origin) -> Result<Vec<Secret>> {
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            let held = store::held(tx, account.id).await?;
            if !held.totp && held.passkeys == 0 {
                return Err(Code::NoFactor.into());
            }
            let codes = new_codes(tx, account.id).await?;
            let what = "new recovery codes";
            tell(ctx, tx, &account, mails::Kind::FactorAdded { what: what.to_owned() }).await?;
            note_codes(ctx, tx, &account, origin).await?;
            Ok(codes)
        })
        .await
}

async fn new_codes(tx: &mut Tx, account: UserId) -> Result<Vec<Secret>> {
    let made = recovery::codes();
    let hashes = made.iter().filter_map(|code| recovery::hash(code.reveal())).collect();
    codes::replace_codes(tx, account, hashes).await?;
    Ok(made)
}

/// Codes stand for another factor: without one they are of no use.
async fn forget_idle_codes(tx: &mut Tx, account: UserId) -> Result<()> {
    let held = store::held(tx, account).await?;
    if !held.totp && held.passkeys == 0 {
        codes::remove_codes(tx, account).await?;
    }
    Ok(())
}

/// Asks the viewer's device to make a passkey.
pub(super) async fn ask_for_passkey(ctx: &Ctx, viewer: Viewer) -> Result<PasskeyQuestion> {
    let site = ceremony::site(ctx)?;
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            let known = ceremony::passkeys(tx, account.id).await?;
            let known = known.iter().map(|passkey| passkey.cred_id().clone()).collect();
            let asked = site.ask_for_new(&account, known)?;
            ceremony::put(ctx, tx, registration(viewer, &viewer.session.bytes()), asked).await
        })
        .await
}

const fn registration(viewer: Viewer, session: &[u8]) -> Scene<'_> {
    Scene { kind: CeremonyKind::Registration, account: Some(viewer.user), bound_to: Some(session) }
}

/// A passkey that was just added.
#[derive(Debug)]
pub(super) struct Added {
    pub(super) passkey: Named,
    /// With the first factor of an account.
    pub(super) codes: Option<Vec<Secret>>,
}

/// Keeps a passkey that the viewer's device has made.
pub(super) async fn add_passkey(
    ctx: &Ctx,
    viewer: Viewer,
    ceremony: CeremonyId,
    name: &PasskeyName,
    credential: &RegisterPublicKeyCredential,
    origin: &Origin,
) -> Result<Added> {
    let outcome = ctx.db.write(async |tx| {
        let site = ceremony::site(ctx)?;
        let session = viewer.session.bytes();
        let scene = registration(viewer, &session);
        let question = ceremony::take(ctx, tx, ceremony, scene).await?;
        match site.made(&question, credential) {
            Ok(made) => insert(ctx, tx, viewer, name, &made.record()?, origin).await.map(Ok),
            Err(refusal) => Ok(Err(refusal)), // the question stays taken
        }
    });
    outcome.await?.map_err(refused)
}

fn refused(refusal: Refusal) -> Error {
    tracing::info!(passkey.refusal = refusal.as_str(), "a new passkey was not taken");
    let error = Error::new(Code::PasskeyRefused);
    if refusal == Refusal::Origin {
        return error.with_detail("this page is not at the address that http.public_url names");
    }
    error
}

async fn insert(
    ctx: &Ctx,
    tx: &mut Tx,
    viewer: Viewer,
    name: &PasskeyName,
    made: &Record,
    origin: &Origin,
) -> Result<Added> {
    let account = owner(tx, viewer).await?;
    accounts::hold(tx, account.id).await?;
    let held = store::held(tx, account.id).await?;
    if held.passkeys >= MOST_PASSKEYS {
        return Err(Code::LimitReached.into());
    }
    let id: PasskeyId = ctx.new_id();
    keys::insert(tx, id, account.id, name.as_str(), made, ctx.now()).await.map_err(known_already)?;
    let passkey = keys::one(tx, id, account.id).await?.ok_or(Code::NotFound)?;
    let is_first = !held.totp && held.passkeys == 0;
    let codes = if is_first { Some(new_codes(tx, account.id).await?) } else { None };
    tell(ctx, tx, &account, mails::Kind::FactorAdded { what: "a passkey".to_owned() }).await?;
    let about = json!({ "passkey": name.as_str(), "backup_eligible": made.backup_eligible });
    note(ctx, tx, &account, origin, action::PASSKEY_ADDED, about).await?;
    if is_first {
        note_codes(ctx, tx, &account, origin).await?;
    }
    Ok(Added { passkey, codes })
}

fn known_already(error: hathor_db::Error) -> Error {
    if error.violates("passkey_credential_id_key") {
        return Error::new(Code::PasskeyRefused).with_detail("this passkey is in use already");
    }
    error.into()
}

/// Calls a passkey something else.
pub(super) async fn rename_passkey(
    ctx: &Ctx,
    viewer: Viewer,
    id: PasskeyId,
    name: &PasskeyName,
    origin: &Origin,
) -> Result<Named> {
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            if keys::rename(tx, id, account.id, name.as_str()).await? == 0 {
                return Err(Code::NotFound.into());
            }
            let passkey = keys::one(tx, id, account.id).await?.ok_or(Code::NotFound)?;
            let about = json!({ "passkey": name.as_str() });
            note(ctx, tx, &account, origin, action::PASSKEY_RENAMED, about).await?;
            Ok(passkey)
        })
        .await
}

/// Removes a passkey, unless nothing else opens the account.
pub(super) async fn remove_passkey(ctx: &Ctx, viewer: Viewer, id: PasskeyId, origin: &Origin) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let account = owner(tx, viewer).await?;
            let passkey = keys::one(tx, id, account.id).await?.ok_or(Code::NotFound)?;
            if accounts::ways_in(ctx, tx, account.id).await?.count() < 2 {
                return Err(Code::LastWayIn.into());
            }
            if keys::remove(tx, id, account.id).await? == 0 {
                return Err(Code::NotFound.into()); // removed by another request just now
            }
            forget_idle_codes(tx, account.id).await?;
            let what = "a passkey".to_owned();
            tell(ctx, tx, &account, mails::Kind::FactorRemoved { what }).await?;
            let about = json!({ "passkey": passkey.name });
            note(ctx, tx, &account, origin, action::PASSKEY_REMOVED, about).await
        })
        .await
}

/// Voids every factor of an account that turns out to be somebody else's.
pub(crate) async fn void_all(tx: &mut Tx, account: UserId) -> hathor_db::Result<()> {
    store::void_all(tx, account).await
}

async fn owner(tx: &mut Tx, viewer: Viewer) -> Result<Account> {
    Ok(accounts::by_id(tx, viewer.user).await?.ok_or(Code::Unauthenticated)?)
}

async fn tell(ctx: &Ctx, tx: &mut Tx, account: &Account, letter: mails::Kind) -> Result<()> {
    mails::post(ctx, tx, mails::Recipient::of(account), letter).await
}

async fn note_codes(ctx: &Ctx, tx: &mut Tx, account: &Account, origin: &Origin) -> Result<()> {
    note(ctx, tx, account, origin, action::RECOVERY_CODES_MADE, Value::Null).await
}

async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    account: &Account,
    origin: &Origin,
    action: &'static str,
    about: Value,
) -> Result<()> {
    let entry = Entry::by(account.id, action, Subject::account(account.id)).from(origin).with(about);
    Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
}
