//! SQL of artists and of who may act for them.

use hathor_core::{ArtistId, PictureId, Timestamp, TrackId, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};
use hathor_kit::{
    policy::Subject,
    words::{Link, links_of},
};

use super::model::{ArtistRef, MemberRole};
use crate::pictures::Picture;

row! {
    /// An artist as one viewer meets it.
    #[derive(Clone, Debug)]
    pub struct ArtistRow {
        id: ArtistId, slug: String, name: String, name_key: String, bio: Option<String>, links: String,
        picture: Option<Picture>, release_count: i64, track_count: i64,
        version: i64, updated_by: Option<UserId>, created_at: Timestamp, updated_at: Timestamp,
        role: Option<MemberRole>, reachable: bool,
    }
}

row! { struct RefRow { id: ArtistId, slug: String, name: String } }
row! { struct Taken { taken: bool } }
row! { struct OfTrack { artist_id: ArtistId } }

/// The columns of [`ArtistRow`] for the viewer `$1`, before a `where`.
macro_rules! artists_where {
    ($rest:expr) => {
        concat!(
            "select a.id, a.slug, a.name, a.name_key, a.bio, a.links, p.summary as picture, a.release_count, a.track_count,
                    a.version, a.updated_by, a.created_at, a.updated_at, m.role,
                    (a.track_count > 0 or a.release_count > 0 or exists (select 1 from track_credit c join track t on t.id = c.track_id
                       where c.artist_id = a.id and t.visibility <> 'private')) as reachable
               from artist a
               left join artist_member m on m.artist_id = a.id and m.account_id = $1
               left join picture p on p.id = a.picture_id
              where ",
            $rest
        )
    };
}
pub(crate) use artists_where;

sql! {
    /// By id, else by its address of now, else by one it had.
    FIND: ArtistRow = artists_where!("a.id = coalesce($2, (select s.id from artist s where s.slug = $3),
            (select o.subject_id from old_slug o where o.kind = 'artist' and o.slug = $3))");
    PUBLIC: ArtistRow = artists_where!("(a.name_key, a.id) > ($2, $3) and (a.track_count > 0 or a.release_count > 0)
        order by a.name_key, a.id limit $4");
    MINE: ArtistRow = artists_where!("(a.name_key, a.id) > ($2, $3)
            and a.id in (select w.artist_id from artist_member w where w.account_id = $1)
        order by a.name_key, a.id limit $4");
    NAMED: RefRow = "select a.id, a.slug, a.name from artist a join artist_member m on m.artist_id = a.id
        where a.name_key = $2 and m.account_id = $1 and m.role in ('owner', 'manager', 'editor')
        order by a.id limit 1";
    INSERT: () = "insert into artist (id, slug, name, name_key, bio, links, picture_id, release_count, track_count,
            version, updated_by, created_at, updated_at)
        select $1, $2, $3, $4, $5, $6, $7, 0, 0, 1, $8, $9, $9
         where not exists (select 1 from old_slug where kind = 'artist' and slug = $2)
        on conflict (slug) do nothing";
    INSERT_MEMBER: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, $4)";
    EDIT: () = "update artist set slug = $3, name = $4, name_key = $5, bio = $6, links = $7,
            version = version + 1, updated_by = $8, updated_at = $9
        where id = $1 and version = $2";
    PICTURE: () = "update artist set picture_id = $2 where id = $1";
    DELETE: () = "delete from artist where id = $1";
    TAKEN: Taken = "select exists (select 1 from artist where slug = $1 and id <> $2)
            or exists (select 1 from old_slug where kind = 'artist' and slug = $1 and subject_id <> $2) as taken";
    HOLD: () = "update artist set track_count = track_count where id = $1";
    COUNT_TRACKS: () = "update artist set track_count = (select count(*) from track t
            where t.visibility = 'public' and t.state = 'ready'
              and t.id in (select c.track_id from track_credit c where c.artist_id = $1))
        where id = $1";
    COUNT_RELEASES: () = "update artist set release_count = $2 where id = $1";
    ON_TRACK: OfTrack = "select distinct artist_id from track_credit where track_id = $1 and artist_id is not null
        order by artist_id";
}

impl ArtistRow {
    /// Where else it is.
    pub fn links(&self) -> Vec<Link> {
        links_of(&self.links)
    }

    /// What the viewer it was read for may do with it.
    pub const fn subject(&self) -> Subject {
        Subject::shared(self.role, self.reachable)
    }

    /// Its name as a link.
    pub fn link(&self) -> ArtistRef {
        ArtistRef { id: self.id, slug: self.slug.clone(), name: self.name.clone() }
    }
}

/// What stands in an address: an id, or a slug of now or of before.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    id: Option<ArtistId>,
    slug: &'a str,
}

impl<'a> Word<'a> {
    /// Reads an address.
    pub fn read(word: &'a str) -> Self {
        Self { id: word.parse().ok(), slug: word }
    }
}

impl From<ArtistId> for Word<'_> {
    fn from(id: ArtistId) -> Self {
        Self { id: Some(id), slug: "" }
    }
}

pub async fn find(db: &Db, viewer: Option<UserId>, word: Word<'_>) -> Result<Option<ArtistRow>> {
    db.one(FIND, args![viewer, word.id, word.slug]).await
}

pub async fn find_within(tx: &mut Tx, viewer: Option<UserId>, word: Word<'_>) -> Result<Option<ArtistRow>> {
    tx.one(FIND, args![viewer, word.id, word.slug]).await
}

/// A page of those with something out, behind `after`.
pub async fn public(
    db: &Db,
    viewer: Option<UserId>,
    after: (String, ArtistId),
    limit: i64,
) -> Result<Vec<ArtistRow>> {
    db.all(PUBLIC, args![viewer, after.0, after.1, limit]).await
}

/// A page of those that `viewer` is a member of, behind `after`.
pub async fn mine(db: &Db, viewer: UserId, after: (String, ArtistId), limit: i64) -> Result<Vec<ArtistRow>> {
    db.all(MINE, args![viewer, after.0, after.1, limit]).await
}

/// The oldest artist of this folded name that `user` may put on works.
pub async fn named(tx: &mut Tx, user: UserId, name_key: &str) -> Result<Option<ArtistRef>> {
    let row = tx.one(NAMED, args![user, name_key]).await?;
    Ok(row.map(|RefRow { id, slug, name }| ArtistRef { id, slug, name }))
}

/// A new artist, but for its address.
#[derive(Debug)]
pub struct NewArtist<'a> {
    pub id: ArtistId,
    pub name: &'a str,
    pub name_key: &'a str,
    pub bio: Option<&'a str>,
    pub links: &'a str,
    pub picture: Option<PictureId>,
    pub by: UserId,
    pub now: Timestamp,
}

/// Whether the address was free.
pub async fn insert(tx: &mut Tx, new: &NewArtist<'_>, slug: &str) -> Result<bool> {
    let values =
        args![new.id, slug, new.name, new.name_key, new.bio, new.links, new.picture, new.by, new.now];
    Ok(tx.run(INSERT, values).await? == 1)
}

pub async fn insert_member(
    tx: &mut Tx,
    artist: ArtistId,
    account: UserId,
    role: MemberRole,
    now: Timestamp,
) -> Result<u64> {
    tx.run(INSERT_MEMBER, args![artist, account, role, now]).await
}

/// Writes what a person edited, unless someone else did so since `artist.version`; counts the rows it hit.
pub async fn edit(tx: &mut Tx, artist: &ArtistRow, by: UserId, now: Timestamp) -> Result<u64> {
    let ArtistRow { id, version, slug, name, name_key, bio, links, .. } = artist;
    tx.run(EDIT, args![*id, *version, slug, name, name_key, bio.as_deref(), links, by, now]).await
}

pub async fn set_picture(tx: &mut Tx, id: ArtistId, picture: Option<PictureId>) -> Result<u64> {
    tx.run(PICTURE, args![id, picture]).await
}

pub async fn delete(tx: &mut Tx, id: ArtistId) -> Result<u64> {
    tx.run(DELETE, args![id]).await
}

/// Whether another artist has this address, or had it.
pub async fn is_taken(tx: &mut Tx, slug: &str, but_by: ArtistId) -> Result<bool> {
    Ok(tx.one(TAKEN, args![slug, but_by]).await?.is_some_and(|row| row.taken))
}

/// Makes others who count for this artist wait until we are done: a count is right only if it sees what they wrote.
pub async fn hold(tx: &mut Tx, id: ArtistId) -> Result<u64> {
    tx.run(HOLD, args![id]).await
}

pub async fn count_tracks(tx: &mut Tx, id: ArtistId) -> Result<u64> {
    tx.run(COUNT_TRACKS, args![id]).await
}

/// The artists that are credited on the track.
pub async fn on_track(tx: &mut Tx, track: TrackId) -> Result<Vec<ArtistId>> {
    Ok(tx.all(ON_TRACK, args![track]).await?.into_iter().map(|row| row.artist_id).collect())
}

pub async fn count_releases(tx: &mut Tx, id: ArtistId, live: i64) -> Result<u64> {
    tx.run(COUNT_RELEASES, args![id, live]).await
}
