//! Who may act for an artist, and who says so.

use hathor_audit::{Entry, Origin, Subject, action};
use hathor_core::{ArtistId, Code, Timestamp, UserId};
use hathor_db::Tx;
use hathor_identity::{Account, accounts, letters};
use hathor_kit::{
    Ctx, Error, MaybeViewer, Result, Viewer, events,
    policy::{self, Deed, MemberRole},
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::store::{self, MemberRow};
use crate::artists::{
    service as artists,
    store::{self as profiles, ArtistRow, Word},
};

/// People of one artist at most.
const MOST: i64 = 100;

/// Somebody who may act for an artist.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub struct MemberView {
    /// Who.
    pub user_id: UserId,
    /// The name in addresses.
    pub username: String,
    /// The name people read.
    pub display_name: String,
    /// What they may do.
    pub role: MemberRole,
    /// Since when they are a member.
    pub since: Timestamp,
}

/// Everyone who may act for an artist.
#[derive(Debug, Serialize, ToSchema)]
pub struct Members {
    /// Those who have been there longest first.
    pub items: Vec<MemberView>,
}

impl From<MemberRow> for MemberView {
    fn from(row: MemberRow) -> Self {
        let MemberRow { user_id, username, display_name, role, since } = row;
        Self { user_id, username, display_name, role, since }
    }
}

/// The people of the artist at this address.
pub async fn list(ctx: &Ctx, viewer: Viewer, word: &str) -> Result<Members> {
    let artist = artists::look_up(ctx, MaybeViewer(Some(viewer)), word, Deed::Know).await?;
    let rows = store::all(&ctx.db, artist.id).await?;
    Ok(Members { items: rows.into_iter().map(MemberView::from).collect() })
}

/// Lets somebody act for the artist.
pub async fn add(
    ctx: &Ctx,
    viewer: Viewer,
    origin: &Origin,
    word: &str,
    (username, role): (&str, MemberRole),
) -> Result<MemberView> {
    let who = called(ctx, username).await?;
    let member = ctx
        .db
        .write(async |tx| {
            let artist = hold(tx, viewer, word, Deed::Manage).await?;
            appoint(viewer, &artist, role)?;
            let who = who.as_ref().ok_or_else(unknown)?;
            if store::count(tx, artist.id).await? >= MOST {
                return Err(Error::new(Code::LimitReached).with_detail("an artist has at most 100 members"));
            }
            if !store::add(tx, artist.id, who.id, role, ctx.now()).await? {
                return Err(Error::new(Code::AlreadyMember).on_field("username"));
            }
            letters::member_added(ctx, tx, who, (&artist.slug, role, viewer.user)).await?;
            let member = found(tx, artist.id, who.id).await?;
            record(
                ctx,
                tx,
                viewer,
                origin,
                (action::MEMBER_ADDED, &member, json!({ "role": role }), artist.id),
            )
            .await?;
            tell(ctx, tx, who.id, &artist, Some(role));
            Ok(member)
        })
        .await?;
    Ok(member.into())
}

/// Whoever has that username. Addresses are not looked up: it would be told who has an account.
async fn called(ctx: &Ctx, username: &str) -> Result<Option<Account>> {
    match username.trim() {
        "" => Err(unknown()),
        address if address.contains('@') => Err(unknown()),
        username => accounts::find(ctx, username).await,
    }
}

fn unknown() -> Error {
    Error::invalid("username", "nobody here has this username")
}

/// Gives a member another role.
pub async fn change(
    ctx: &Ctx,
    viewer: Viewer,
    origin: &Origin,
    word: &str,
    (who, role): (UserId, MemberRole),
) -> Result<MemberView> {
    let member = ctx
        .db
        .write(async |tx| {
            let artist = hold(tx, viewer, word, Deed::Manage).await?;
            let before = found(tx, artist.id, who).await?;
            appoint(viewer, &artist, before.role)?;
            appoint(viewer, &artist, role)?;
            if before.role == role {
                return Ok(before);
            }
            spare_last_owner(tx, artist.id, before.role).await?;
            store::change(tx, artist.id, who, role).await?;
            let member = MemberRow { role, ..before.clone() };
            let changes = json!({ "role": role, "before": before.role });
            record(ctx, tx, viewer, origin, (action::MEMBER_CHANGED, &member, changes, artist.id)).await?;
            tell(ctx, tx, who, &artist, Some(role));
            Ok::<_, Error>(member)
        })
        .await?;
    Ok(member.into())
}

/// Takes a member's role away. Everybody may leave.
pub async fn remove(ctx: &Ctx, viewer: Viewer, origin: &Origin, word: &str, who: UserId) -> Result<()> {
    ctx.db
        .write(async |tx| {
            let leaves = viewer.user == who;
            let artist = hold(tx, viewer, word, if leaves { Deed::Know } else { Deed::Manage }).await?;
            let member = found(tx, artist.id, who).await?;
            if !leaves {
                appoint(viewer, &artist, member.role)?;
            }
            spare_last_owner(tx, artist.id, member.role).await?;
            store::remove(tx, artist.id, who).await?;
            let changes = json!({ "before": member.role });
            record(ctx, tx, viewer, origin, (action::MEMBER_REMOVED, &member, changes, artist.id)).await?;
            tell(ctx, tx, who, &artist, None);
            Ok(())
        })
        .await
}

/// The artist, held: nobody else changes its people until we are done.
async fn hold(tx: &mut Tx, viewer: Viewer, word: &str, deed: Deed) -> Result<ArtistRow> {
    let id = artists::find_to(tx, viewer, Word::read(word), deed).await?.id;
    profiles::hold(tx, id).await?;
    artists::find_to(tx, viewer, id.into(), deed).await
}

/// Refuses whoever may not give, change or take away that role.
fn appoint(viewer: Viewer, artist: &ArtistRow, role: MemberRole) -> Result<()> {
    policy::may_appoint(MaybeViewer(Some(viewer)), &artist.subject(), role).enforce().map_err(|error| {
        match error.code {
            Code::Forbidden => {
                error.with_detail("only an owner makes, changes or removes owners and managers")
            }
            _ => error,
        }
    })
}

async fn found(tx: &mut Tx, artist: ArtistId, who: UserId) -> Result<MemberRow> {
    Ok(store::one(tx, artist, who).await?.ok_or(Code::NotFound)?)
}

/// Refuses to let the one owner go, whose role is about to be another.
async fn spare_last_owner(tx: &mut Tx, artist: ArtistId, role: MemberRole) -> Result<()> {
    if role == MemberRole::Owner && store::owners(tx, artist).await? <= 1 {
        return Err(Code::LastOwner.into());
    }
    Ok(())
}

/// Writes down what happened: the last statement of the transaction.
async fn record(
    ctx: &Ctx,
    tx: &mut Tx,
    viewer: Viewer,
    origin: &Origin,
    (action, member, mut changes, artist): (&'static str, &MemberRow, Value, ArtistId),
) -> Result<()> {
    changes["account"] = json!(member.user_id);
    let entry = Entry::by(viewer.user, action, Subject::artist(artist)).from(origin).with(changes);
    Ok(ctx.audit.record(tx, ctx.now(), entry).await?)
}

/// Tells their open pages, once it is true.
fn tell(ctx: &Ctx, tx: &mut Tx, who: UserId, artist: &ArtistRow, role: Option<MemberRole>) {
    let (ctx, news) = (ctx.clone(), json!({ "artist": artist.link(), "role": role }));
    tx.after_commit(move || events::tell(&ctx, who, "artist.membership", &news));
}
