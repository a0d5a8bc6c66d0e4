//! Proving once more who one is, on a device that is signed in: what guards an account is changed only a moment after.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, SessionId, Timestamp};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer};
use serde_json::json;

use super::{service::seconds, store};
use crate::{
    accounts::{Attempt, noted},
    factors::{self, Outcome, Proof},
    passwords::{Fit, Passwords},
};

/// The viewer's password, once more; until when that is good enough. Wrong ones delay, as at sign-in.
pub(crate) async fn by_password(
    ctx: &Ctx,
    passwords: &Passwords,
    viewer: Viewer,
    password: &Secret,
    origin: &Origin,
) -> Result<Timestamp> {
    let stored = store::password(&ctx.db, viewer.user).await?;
    let attempt = Attempt::begin(ctx, Some(viewer.user), "", origin)?;
    let fit = passwords.verify(&ctx.config.auth, password, stored.as_deref()).await;
    if fit.inspect_err(|_| attempt.unjudged(ctx))? == Fit::Wrong {
        noted::refused(ctx, Some(viewer.user), origin).await?;
        return Err(Error::invalid("password", "this is not your password"));
    }
    attempt.right(ctx);
    proved(ctx, viewer, "password", origin).await
}

/// A second factor of the viewer, once more. What was wrong is noted before it is refused.
pub(crate) async fn by_factor(
    ctx: &Ctx,
    viewer: Viewer,
    proof: &Proof,
    origin: &Origin,
) -> Result<Timestamp> {
    match ctx.db.write(async |tx| factors::prove_again(ctx, tx, viewer, proof, origin).await).await? {
        Outcome::Right => proved(ctx, viewer, proof.kind().as_str(), origin).await,
        Outcome::Wrong => Err(Code::BadFactor.into()),
    }
}

/// The viewer has proved by `factor` who they are.
pub(crate) async fn proved(ctx: &Ctx, viewer: Viewer, factor: &str, origin: &Origin) -> Result<Timestamp> {
    let (now, user) = (ctx.now(), viewer.user);
    ctx.db
        .write(async |tx| {
            prove_again(tx, viewer.session, now).await?;
            let entry = Entry::by(user, action::SESSION_PROVED, Subject::account(user)).from(origin);
            let entry = entry.with(json!({ "session": viewer.session, "factor": factor }));
            Ok(ctx.audit.record(tx, now, entry).await?)
        })
        .await
        .map(|()| now + seconds(ctx.config.auth.fresh_s))
}

/// The person at `session` has just proved who they are.
pub(crate) async fn prove_again(tx: &mut Tx, session: SessionId, now: Timestamp) -> Result<()> {
    if store::prove(tx, session, now).await? { Ok(()) } else { Err(Code::SessionEnded.into()) }
}
