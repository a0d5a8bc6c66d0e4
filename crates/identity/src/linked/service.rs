//! Going to a provider, coming back, and what an identity elsewhere opens here.
//!
//! An identity is (issuer, subject), and nothing else of what a provider says opens an account. An address does it once,
//! when both sides have proved it: ours to us, theirs to a provider that the operator trusts. Whoever comes with the
//! address of an account that has not proved it is told to sign in and link: the account may be a trap that a stranger
//! has laid, or the address may be.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{Code, Secret, SessionId, UserId, random};
use hathor_db::Tx;
use hathor_kit::{Ctx, Error, Result, Viewer, config::sections::Registration};
use hathor_token::secret_hash;
use serde_json::json;
use url::Url;

use super::{
    cookies,
    model::{Introduction, Next},
    provider::{Brought, Named, Provider},
    store::{self, Leaving, Newcomer, Purpose},
    trip::Trip,
};
use crate::{
    accounts::{
        self,
        model::Email,
        newcomers::{self, NewPerson},
        ways,
    },
    factors::{self, SignIn},
    mails,
    routes::visit::Visit,
    sessions::{self, Opened, Opening},
};

/// Somebody who came back from a provider.
pub(super) struct Landing {
    /// Where they wanted to go.
    pub(super) next: Next,
    /// Whether they went to link, and not to sign in.
    pub(super) linking: bool,
    /// What became of it.
    pub(super) outcome: Result<Arrived>,
}

/// What became of somebody who came back.
#[derive(Debug)]
pub(super) enum Arrived {
    /// They have an account, and are in or must prove one thing more.
    Known(Box<SignIn>),
    /// They have none yet; the secret lets them make one.
    Newcomer(Secret),
    /// The identity opens their account from now on.
    Linked,
    /// Their address has an account that they must sign in to first.
    LinkNeeded,
}

/// Sends somebody to a provider, for `session` if they go to link.
pub(super) async fn leave(
    ctx: &Ctx,
    provider: &Provider<'_>,
    cookie: Option<&str>,
    next: &Next,
    session: Option<SessionId>,
) -> Result<(Trip, Url)> {
    let trip = Trip::begin(cookie);
    let door = provider.door(&trip).await?;
    let leaving = Leaving {
        state: trip.state_hash(),
        browser: trip.browser_hash(),
        provider: provider.id(),
        next: next.as_str(),
        session,
        expires_at: ctx.now() + cookies::TRIP,
    };
    ctx.db.write(async |tx| store::leave(tx, &leaving).await).await?;
    Ok((trip, door))
}

/// Takes in somebody whom a provider sent back.
pub(super) async fn land(
    ctx: &Ctx,
    provider: &Provider<'_>,
    trip: Option<Trip>,
    brought: Brought,
    visit: &Visit,
) -> Landing {
    let (trip, purpose) = match end_trip(ctx, provider, trip).await {
        Ok(ended) => ended,
        Err(lost) => return Landing { next: Next::or_home(None), linking: false, outcome: Err(lost) },
    };
    let next = Next::or_home(Some(&purpose.next));
    let outcome = match provider.introduce(&trip, brought).await {
        Err(error) => Err(error),
        Ok(who) => match purpose.session_id {
            Some(session) => link(ctx, &provider.named(), &who, session, &visit.origin).await,
            None => enter(ctx, &provider.named(), &who, &next, visit).await,
        },
    };
    Landing { next, linking: purpose.session_id.is_some(), outcome }
}

/// A trip ends once, in the browser it began in, and in time.
async fn end_trip(ctx: &Ctx, provider: &Provider<'_>, trip: Option<Trip>) -> Result<(Trip, Purpose)> {
    let trip = trip.ok_or(Code::AttemptExpired)?;
    let (state, browser) = (trip.state_hash(), trip.browser_hash());
    let id = provider.id();
    let purpose = ctx.db.write(async |tx| store::come_back(tx, state, browser, id).await);
    let purpose = purpose.await?.filter(|purpose| ctx.now() < purpose.expires_at);
    Ok((trip, purpose.ok_or(Code::AttemptExpired)?))
}

/// Lets an identity open the account of the session that asked for it.
async fn link(
    ctx: &Ctx,
    provider: &Named,
    who: &Introduction,
    session: SessionId,
    origin: &Origin,
) -> Result<Arrived> {
    ctx.db
        .write(async |tx| {
            let account = store::living_session(tx, session, ctx.now()).await?.ok_or(Code::SessionEnded)?;
            match store::owner(tx, who).await? {
                Some(owner) if owner == account => return Ok(Arrived::Linked),
                Some(_) => return Err(Code::AlreadyLinked.into()),
                None => {}
            }
            tie(ctx, tx, provider, who, account).await?;
            note(ctx, tx, action::LINKED_ADDED, account, &provider.id, origin).await?;
            Ok(Arrived::Linked)
        })
        .await
}

/// Signs in whom the identity belongs to; else looks for the account they may mean.
async fn enter(
    ctx: &Ctx,
    provider: &Named,
    who: &Introduction,
    next: &Next,
    visit: &Visit,
) -> Result<Arrived> {
    ctx.db
        .write(async |tx| {
            if let Some(owner) = store::owner(tx, who).await? {
                store::used(tx, who, ctx.now()).await?;
                return admit(ctx, tx, owner, visit).await;
            }
            let email = who.email.as_ref().ok_or(Code::ProviderNoEmail)?;
            match store::holder(tx, email.key()).await? {
                None => Ok(Arrived::Newcomer(receive(ctx, tx, provider, who, next).await?)),
                Some(holder) if who.vouched && holder.email_verified_at.is_some() => {
                    tie(ctx, tx, provider, who, holder.id).await?;
                    let arrived = admit(ctx, tx, holder.id, visit).await?;
                    note(ctx, tx, action::LINKED_ADDED, holder.id, &provider.id, &visit.origin).await?;
                    Ok(arrived)
                }
                Some(holder) => {
                    let entry = Entry::unknown(action::LINKED_REFUSED, Subject::account(holder.id));
                    let entry = entry.from(&visit.origin).with(json!({ "provider": &provider.id }));
                    ctx.audit.count(tx, ctx.now(), entry).await?;
                    Ok(Arrived::LinkNeeded)
                }
            }
        })
        .await
}

async fn admit(ctx: &Ctx, tx: &mut Tx, account: UserId, visit: &Visit) -> Result<Arrived> {
    let account = accounts::by_id(tx, account).await?.ok_or(Code::ProviderFailed)?;
    let sign_in = factors::admit(ctx, tx, account, visit).await?;
    Ok(Arrived::Known(Box::new(sign_in)))
}

/// Keeps a place for a newcomer while they choose a name.
async fn receive(
    ctx: &Ctx,
    tx: &mut Tx,
    provider: &Named,
    who: &Introduction,
    next: &Next,
) -> Result<Secret> {
    if ctx.config.auth.registration == Registration::Closed {
        return Err(Code::RegistrationClosed.into());
    }
    let email = who.email.as_ref().ok_or(Code::ProviderNoEmail)?;
    let new = Newcomer {
        issuer: who.issuer.clone(),
        subject: who.subject.clone(),
        provider: provider.id.clone(),
        email: email.as_str().to_owned(),
        vouched: who.vouched,
        username: who.username.clone(),
        display_name: who.display_name.as_ref().map(|name| name.as_str().to_owned()),
        next: next.as_str().to_owned(),
    };
    let secret = Secret::new(random::token());
    store::welcome(tx, secret_hash(secret.reveal()), &new, ctx.now() + cookies::PENDING).await?;
    Ok(secret)
}

/// Ties an identity to an account, and tells its owner.
async fn tie(ctx: &Ctx, tx: &mut Tx, provider: &Named, who: &Introduction, account: UserId) -> Result<()> {
    let email = who.email.as_ref().map(Email::as_str);
    let identity = (who.issuer.as_str(), who.subject.as_str());
    store::insert(tx, account, &provider.id, identity, email, ctx.now()).await.map_err(tied_already)?;
    let letter = mails::Kind::Linked { provider: provider.name.clone() };
    tell(ctx, tx, account, letter).await
}

async fn tell(ctx: &Ctx, tx: &mut Tx, account: UserId, letter: mails::Kind) -> Result<()> {
    let account = accounts::by_id(tx, account).await?.ok_or(Code::Unauthenticated)?;
    mails::post(ctx, tx, (&account).into(), letter).await
}

/// The trail tells which provider, and no word of hers about the person.
async fn note(
    ctx: &Ctx,
    tx: &mut Tx,
    what: &'static str,
    account: UserId,
    provider: &str,
    origin: &Origin,
) -> Result<()> {
    let entry = Entry::by(account, what, Subject::account(account)).from(origin);
    Ok(ctx.audit.record(tx, ctx.now(), entry.with(json!({ "provider": provider }))).await?)
}

fn tied_already(error: hathor_db::Error) -> Error {
    if error.violates("linked_pkey") || error.violates("linked_account_provider_key") {
        return Code::AlreadyLinked.into();
    }
    error.into()
}

/// What a newcomer chose.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    pub(super) username: &'a str,
    pub(super) display_name: Option<&'a str>,
    pub(super) birth_date: Option<&'a str>,
    pub(super) invite: Option<&'a Secret>,
}

/// The newcomer who holds `secret`.
pub(super) async fn newcomer(ctx: &Ctx, secret: &str) -> Result<Newcomer> {
    let newcomer = store::newcomer(&ctx.db, secret_hash(secret), ctx.now()).await?;
    newcomer.ok_or_else(|| Code::AttemptExpired.into())
}

/// Makes the account of the newcomer who holds `secret`, by the rules of every sign-up.
pub(super) async fn finish(ctx: &Ctx, secret: &str, wish: &Wish<'_>, visit: &Visit) -> Result<Opened> {
    let new = newcomer(ctx, secret).await?;
    let hash = secret_hash(secret);
    let person = NewPerson {
        username: wish.username,
        email: &new.email,
        password: None,
        display_name: wish.display_name,
        birth_date: wish.birth_date,
        invite: wish.invite,
    };
    let judged = match newcomers::judge(ctx, &person).await {
        Err(error) if error.code == Code::TooYoung => {
            // nothing is kept of a child
            ctx.db.write(async |tx| store::settled(tx, hash, ctx.now()).await).await?;
            return Err(error);
        }
        judged => judged.map_err(address_taken)?,
    };
    let outcome = ctx.db.write(async |tx| {
        if !store::settled(tx, hash, ctx.now()).await? {
            return Err(Code::AttemptExpired.into());
        }
        let account = newcomers::settle(ctx, tx, &judged, None, new.vouched).await?;
        let identity = (new.issuer.as_str(), new.subject.as_str());
        store::insert(tx, account.id, &new.provider, identity, Some(&new.email), ctx.now())
            .await
            .map_err(tied_already)?;
        let opened = sessions::open(ctx, tx, account, visit, Opening::SignUp).await?;
        let (account, session) = (&opened.account, opened.refresh.session());
        newcomers::greet(ctx, tx, account, session, &visit.origin).await?;
        note(ctx, tx, action::LINKED_ADDED, account.id, &new.provider, &visit.origin).await?;
        Ok(opened)
    });
    let outcome = outcome.await;
    newcomers::untaken(ctx, &judged, outcome).await.map_err(address_taken)
}

/// A newcomer did not type the address, so there is no field to correct.
fn address_taken(error: Error) -> Error {
    if error.code == Code::EmailTaken { Code::LinkNeeded.into() } else { error }
}

/// Takes an identity away from the viewer's account, unless nothing else opens it.
pub(super) async fn unlink(ctx: &Ctx, viewer: Viewer, provider: &str, origin: &Origin) -> Result<()> {
    let account = viewer.user;
    ctx.db
        .write(async |tx| {
            ways::ways_in(ctx, tx, account).await?; // holds the account
            if !store::remove(tx, account, provider).await? {
                return Err(Code::NotFound.into());
            }
            if ways::ways_in(ctx, tx, account).await?.count() == 0 {
                return Err(Code::LastWayIn.into());
            }
            let config = ctx.config.auth.providers.get(provider);
            let name = config.map_or(provider, |config| config.shown(provider)).to_owned();
            tell(ctx, tx, account, mails::Kind::Unlinked { provider: name }).await?;
            note(ctx, tx, action::LINKED_REMOVED, account, provider, origin).await
        })
        .await
}
