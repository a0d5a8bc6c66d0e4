//! SQL of releases.

use hathor_core::{ArtistId, ReleaseId, Timestamp, TrackId, UserId};
use hathor_db::{Db, Result, Tx, args, row, sql};

use super::model::{ReleaseArtists, ReleaseKind};
use crate::{
    licence::Licence,
    pictures::Picture,
    tracks::{
        TrackRow, TrackState, Visibility,
        playable::{is_analysed, plays_as_it_is},
        store::tracks_where,
    },
};

row! {
    /// A release as one viewer meets it.
    #[derive(Clone, Debug)]
    pub struct ReleaseRow {
        id: ReleaseId, owner_id: UserId, owner_username: String, owner_display_name: String,
        slug: String, title: String, kind: ReleaseKind, artists: ReleaseArtists, released_on: Option<String>,
        label: Option<String>, licence: Licence, genre: Option<String>, description: Option<String>, cover: Option<Picture>,
        visibility: Visibility, publish_at: Option<Timestamp>, published_at: Option<Timestamp>, live: bool,
        track_count: i64, ready_count: i64, failed_count: i64, duration_ms: i64, loudness_lufs: Option<f64>, explicit: bool,
        version: i64, updated_by_name: Option<String>, created_at: Timestamp, updated_at: Timestamp,
        acts: bool, knows: bool,
    }
}

row! {
    /// What a release needs to know of a track on it.
    #[derive(Clone, Debug)]
    pub struct Part {
        id: TrackId, state: TrackState, failure_stage: Option<TrackState>, visibility: Visibility,
        duration_ms: Option<i64>, loudness_lufs: Option<f64>, explicit: bool, codec: Option<String>, mime: Option<String>,
    }
}

impl Part {
    /// Whether it sounds: as it was sent, or by a stream file.
    pub fn is_playable(&self) -> bool {
        let as_it_is = self.mime.as_deref().is_some_and(|mime| plays_as_it_is(mime, self.codec.as_deref()));
        match self.state {
            TrackState::Ready => true,
            TrackState::Failed => false,
            _ => as_it_is && is_analysed(self.state, self.failure_stage),
        }
    }
}

row! {
    /// What the sender of a loose track said about it.
    #[derive(Clone, Debug)]
    pub struct Sent { id: TrackId, folder: Option<String>, file_name: String, tags: String }
}

row! { pub struct InFolder { cover: Picture, folder: String, file_name: Option<String> } }
row! { pub struct Named { id: ReleaseId, title: String, artists: ReleaseArtists } }
row! { struct OfTrack { release_id: Option<ReleaseId> } }
row! { struct OfRelease { artist_id: ArtistId } }
row! { struct Taken { taken: bool } }
row! { struct Live { live: i64 } }

/// The columns of [`ReleaseRow`] for the viewer `$1`, before a `where`.
macro_rules! releases_where {
    ($rest:expr) => {
        concat!(
            "select r.id, r.owner_id, o.username as owner_username, o.display_name as owner_display_name,
                    r.slug, r.title, r.kind, r.artists, r.released_on, r.label, r.licence, r.genre, r.description,
                    p.summary as cover, r.visibility, r.publish_at, r.published_at, r.live,
                    r.track_count, r.ready_count, r.failed_count, r.duration_ms, r.loudness_lufs, r.explicit,
                    r.version, e.display_name as updated_by_name, r.created_at, r.updated_at,
                    exists (select 1 from release_artist x join artist_member m on m.artist_id = x.artist_id
                       where x.release_id = r.id and m.account_id = $1 and m.role in ('owner', 'manager', 'editor')) as acts,
                    exists (select 1 from release_artist x join artist_member m on m.artist_id = x.artist_id
                       where x.release_id = r.id and m.account_id = $1) as knows
               from release r
               join account o on o.id = r.owner_id
               left join account e on e.id = r.updated_by
               left join picture p on p.id = r.cover_id
              where ",
            $rest
        )
    };
}
pub(crate) use releases_where;

sql! {
    /// By id, else by its address of now, else by one it had.
    FIND: ReleaseRow = releases_where!("r.id = coalesce($2, (select s.id from release s where s.slug = $3),
            (select w.subject_id from old_slug w where w.kind = 'release' and w.slug = $3))");
    PUBLIC: ReleaseRow = releases_where!("r.visibility = 'public' and r.track_count > 0
        and (r.published_at, r.id) < ($2, $3) and ($4 = '' or r.kind = $4)
        order by r.published_at desc, r.id desc limit $5");
    OF_ARTIST: ReleaseRow = releases_where!("r.visibility = 'public' and r.track_count > 0
        and (r.published_at, r.id) < ($2, $3) and ($4 = '' or r.kind = $4)
        and r.id in (select x.release_id from release_artist x where x.artist_id = $6)
        order by r.published_at desc, r.id desc limit $5");
    MINE: ReleaseRow = releases_where!("(r.owner_id = $1 or r.id in (select x.release_id from release_artist x
                join artist_member m on m.artist_id = x.artist_id where m.account_id = $1))
            and r.id < $2 and ($3 = '' or r.kind = $3)
        order by r.id desc limit $4");
    TRACKS: TrackRow = tracks_where!("t.release_id = $1
        order by coalesce(t.disc_number, 1), coalesce(t.track_number, 10000), t.id");
    PARTS: Part = "select t.id, t.state, t.failure_stage, t.visibility, t.duration_ms, t.loudness_lufs, t.explicit, t.codec, u.mime
          from track t left join upload u on u.track_id = t.id
         where t.release_id = $1 order by t.id";
    OF_TRACK: OfTrack = "select release_id from track where id = $1";
    INSERT: () = "insert into release (id, owner_id, slug, title, kind, artists, licence, visibility, live, track_count,
            ready_count, failed_count, duration_ms, explicit, version, created_at, updated_at)
        select $1, $2, $3, $4, $5, '[]', 'all_rights_reserved', 'private', false, 0, 0, 0, 0, false, 0, $6, $6
         where not exists (select 1 from old_slug where kind = 'release' and slug = $3)
        on conflict (slug) do nothing";
    EDIT: () = "update release set slug = $2, title = $3, kind = $4, artists = $5, released_on = $6, label = $7,
            licence = $8, genre = $9, description = $10, cover_id = $11, visibility = $12, publish_at = $13,
            updated_by = $14, updated_at = $15, version = version + 1
        where id = $1";
    HOLD: () = "update release set version = version where id = $1";
    HOLD_OF: () = "update release set version = version where id = (select t.release_id from track t where t.id = $1)";
    SETTLE: () = "update release set published_at = $2, live = $3, track_count = $4, ready_count = $5, failed_count = $6,
            duration_ms = $7, loudness_lufs = $8, explicit = $9
        where id = $1";
    SHOW: () = "update track set visibility = $2, policy_version = policy_version + $3,
            published_at = coalesce(published_at, $4), updated_at = $5
        where id = $1";
    /// As `SHOW`, for all on the release that are not so yet.
    SHOW_ALL: () = "update track set visibility = $2, policy_version = policy_version + $3,
            published_at = coalesce(published_at, $4), updated_at = $5
        where release_id = $1 and visibility <> $2";
    ATTACH: () = "update track set release_id = $2 where id = $1";
    DETACH: () = "update track set release_id = null, visibility = 'private', policy_version = policy_version + 1,
            updated_at = $2
        where id = $1";
    DETACH_ALL: () = "update track set release_id = null, visibility = 'private', policy_version = policy_version + 1,
            updated_at = $2
        where release_id = $1";
    PLACED: TrackRow = tracks_where!(whole "t.release_id = $1 order by t.id");
    CREDITED: OfRelease = "select distinct c.artist_id from track_credit c join track t on t.id = c.track_id
        where t.release_id = $1 and c.artist_id is not null order by c.artist_id";
    NAME_TRACKS: () = "update track set release = $2 where release_id = $1";
    DELETE: () = "delete from release where id = $1";
    TAKEN: Taken = "select exists (select 1 from release where slug = $1 and id <> $2)
            or exists (select 1 from old_slug where kind = 'release' and slug = $1 and subject_id <> $2) as taken";
    CLEAR_ARTISTS: () = "delete from release_artist where release_id = $1";
    INSERT_ARTIST: () = "insert into release_artist (release_id, position, artist_id) values ($1, $2, $3)";
    ARTISTS: OfRelease = "select distinct artist_id from release_artist
        where release_id = $1 and artist_id is not null order by artist_id";
    NAMED: Named = "select id, title, artists from release
        where id in (select x.release_id from release_artist x where x.artist_id = $1) and id < $2
        order by id desc limit $3";
    NAMES: () = "update release set artists = $2 where id = $1";
    LIVE: Live = "select count(*) as live from release r where r.live and r.visibility = 'public'
        and r.id in (select x.release_id from release_artist x where x.artist_id = $1)";
    LOOSE: TrackRow = tracks_where!("t.owner_id = $1 and t.release_id is null
        and t.state in ('transcoding', 'packaging', 'ready') order by t.id desc limit $2");
    SENT: Sent = "select t.id, u.folder, u.file_name, t.tags from track t join upload u on u.track_id = t.id
        where t.owner_id = $1 and t.release_id is null and t.state in ('transcoding', 'packaging', 'ready')
        order by t.id desc limit $2";
    IN_FOLDERS: InFolder = "select p.summary as cover, p.folder, p.file_name from picture p
        where p.owner_id = $1 and p.folder is not null order by p.id limit $2";
}

/// What stands in an address: an id, or a slug of now or of before.
#[derive(Clone, Copy, Debug)]
pub struct Word<'a> {
    id: Option<ReleaseId>,
    slug: &'a str,
}

impl<'a> Word<'a> {
    /// Reads an address.
    pub fn read(word: &'a str) -> Self {
        Self { id: word.parse().ok(), slug: word }
    }
}

impl From<ReleaseId> for Word<'_> {
    fn from(id: ReleaseId) -> Self {
        Self { id: Some(id), slug: "" }
    }
}

pub async fn find(db: &Db, viewer: Option<UserId>, word: Word<'_>) -> Result<Option<ReleaseRow>> {
    db.one(FIND, args![viewer, word.id, word.slug]).await
}

pub async fn find_within(tx: &mut Tx, viewer: Option<UserId>, word: Word<'_>) -> Result<Option<ReleaseRow>> {
    tx.one(FIND, args![viewer, word.id, word.slug]).await
}

/// Which page of a list: what is published before, of one kind or of all.
#[derive(Clone, Copy, Debug)]
pub struct Slice {
    pub before: (Timestamp, ReleaseId),
    pub kind: Option<ReleaseKind>,
    pub limit: i64,
}

fn word(kind: Option<ReleaseKind>) -> &'static str {
    kind.map_or("", ReleaseKind::as_str)
}

pub async fn public(db: &Db, viewer: Option<UserId>, slice: Slice) -> Result<Vec<ReleaseRow>> {
    let Slice { before, kind, limit } = slice;
    db.all(PUBLIC, args![viewer, before.0, before.1, word(kind), limit]).await
}

pub async fn of_artist(
    db: &Db,
    viewer: Option<UserId>,
    artist: ArtistId,
    slice: Slice,
) -> Result<Vec<ReleaseRow>> {
    let Slice { before, kind, limit } = slice;
    db.all(OF_ARTIST, args![viewer, before.0, before.1, word(kind), limit, artist]).await
}

pub async fn mine(
    db: &Db,
    viewer: UserId,
    before: ReleaseId,
    kind: Option<ReleaseKind>,
    limit: i64,
) -> Result<Vec<ReleaseRow>> {
    db.all(MINE, args![viewer, before, word(kind), limit]).await
}

pub async fn tracks(db: &Db, id: ReleaseId) -> Result<Vec<TrackRow>> {
    db.all(TRACKS, args![id]).await
}

pub async fn parts(tx: &mut Tx, id: ReleaseId) -> Result<Vec<Part>> {
    tx.all(PARTS, args![id]).await
}

/// The release that the track is on.
pub async fn of_track(tx: &mut Tx, track: TrackId) -> Result<Option<ReleaseId>> {
    Ok(tx.one(OF_TRACK, args![track]).await?.and_then(|row| row.release_id))
}

/// A new private release without anything; whether the address was free.
pub async fn insert(
    tx: &mut Tx,
    id: ReleaseId,
    owner: UserId,
    named: (&str, &str, ReleaseKind),
    now: Timestamp,
) -> Result<bool> {
    let (slug, title, kind) = named;
    Ok(tx.run(INSERT, args![id, owner, slug, title, kind, now]).await? == 1)
}

/// Writes what a person edited. The caller holds the release.
pub async fn edit(tx: &mut Tx, release: &ReleaseRow, by: UserId, now: Timestamp) -> Result<u64> {
    let r = release;
    let values = args![
        r.id,
        &r.slug,
        &r.title,
        r.kind,
        &r.artists,
        r.released_on.as_deref(),
        r.label.as_deref(),
        r.licence,
        r.genre.as_deref(),
        r.description.as_deref(),
        r.cover.as_ref().map(|cover| cover.id),
        r.visibility,
        r.publish_at,
        by,
        now
    ];
    tx.run(EDIT, values).await
}

/// Makes others who change the release wait until we are done.
pub async fn hold(tx: &mut Tx, id: ReleaseId) -> Result<u64> {
    tx.run(HOLD, args![id]).await
}

/// As [`hold`], for the release that the track is on, if it is on one.
pub async fn hold_of(tx: &mut Tx, track: TrackId) -> Result<u64> {
    tx.run(HOLD_OF, args![track]).await
}

/// Writes what the tracks of a release add up to, and when it is out.
pub async fn settle(
    tx: &mut Tx,
    id: ReleaseId,
    plan: super::golive::Plan,
    sum: &super::golive::Sum,
) -> Result<u64> {
    let values = args![
        id,
        plan.published_at,
        plan.live,
        sum.tracks,
        sum.ready,
        sum.failed,
        sum.duration_ms,
        sum.loudness_lufs,
        sum.explicit
    ];
    tx.run(SETTLE, values).await
}

/// How tracks are opened or closed.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub to: Visibility,
    /// By so much their policy moves on: links that were given before are void then.
    pub versions: i64,
    pub published_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Opens or closes a track.
pub async fn show(tx: &mut Tx, track: TrackId, shown: Shown) -> Result<u64> {
    let Shown { to, versions, published_at, now } = shown;
    tx.run(SHOW, args![track, to, versions, published_at, now]).await
}

/// Opens or closes all tracks of a release that are not so yet.
pub async fn show_all(tx: &mut Tx, release: ReleaseId, shown: Shown) -> Result<u64> {
    let Shown { to, versions, published_at, now } = shown;
    tx.run(SHOW_ALL, args![release, to, versions, published_at, now]).await
}

pub async fn attach(tx: &mut Tx, track: TrackId, release: ReleaseId) -> Result<u64> {
    tx.run(ATTACH, args![track, release]).await
}

/// The track is loose again, and private.
pub async fn detach(tx: &mut Tx, track: TrackId, now: Timestamp) -> Result<u64> {
    tx.run(DETACH, args![track, now]).await
}

/// All its tracks are loose again, and private.
pub async fn detach_all(tx: &mut Tx, release: ReleaseId, now: Timestamp) -> Result<u64> {
    tx.run(DETACH_ALL, args![release, now]).await
}

/// The tracks on a release, whole.
pub async fn placed(tx: &mut Tx, release: ReleaseId) -> Result<Vec<TrackRow>> {
    tx.all(PLACED, args![release]).await
}

/// The artists with a page who are credited on its tracks.
pub async fn credited(tx: &mut Tx, release: ReleaseId) -> Result<Vec<ArtistId>> {
    Ok(tx.all(CREDITED, args![release]).await?.into_iter().map(|row| row.artist_id).collect())
}

/// Tells the tracks what their release is called.
pub async fn name_tracks(tx: &mut Tx, id: ReleaseId, title: &str) -> Result<u64> {
    tx.run(NAME_TRACKS, args![id, title]).await
}

pub async fn delete(tx: &mut Tx, id: ReleaseId) -> Result<u64> {
    tx.run(DELETE, args![id]).await
}

/// Whether another release has this address, or had it.
pub async fn is_taken(tx: &mut Tx, slug: &str, but_by: ReleaseId) -> Result<bool> {
    Ok(tx.one(TAKEN, args![slug, but_by]).await?.is_some_and(|row| row.taken))
}

/// Writes the rows by which the releases of an artist are found.
pub async fn put_artists(tx: &mut Tx, id: ReleaseId, artists: &ReleaseArtists) -> Result<()> {
    tx.run(CLEAR_ARTISTS, args![id]).await?;
    for (position, each) in (0_i64..).zip(&artists.0) {
        tx.run(INSERT_ARTIST, args![id, position, each.artist.as_ref().map(|artist| artist.id)]).await?;
    }
    Ok(())
}

/// The artists with a page whose release it is.
pub async fn artists(tx: &mut Tx, id: ReleaseId) -> Result<Vec<ArtistId>> {
    Ok(tx.all(ARTISTS, args![id]).await?.into_iter().map(|row| row.artist_id).collect())
}

/// The last releases of an artist before `before`.
pub async fn named(tx: &mut Tx, artist: ArtistId, before: ReleaseId, limit: i64) -> Result<Vec<Named>> {
    tx.all(NAMED, args![artist, before, limit]).await
}

pub async fn set_names(tx: &mut Tx, id: ReleaseId, artists: &ReleaseArtists) -> Result<u64> {
    tx.run(NAMES, args![id, artists]).await
}

/// How many releases of the artist are out.
pub async fn live(tx: &mut Tx, artist: ArtistId) -> Result<i64> {
    Ok(tx.one(LIVE, args![artist]).await?.map_or(0, |row| row.live))
}

/// The last tracks of `owner` that are on no release and can be heard.
pub async fn loose(db: &Db, owner: UserId, limit: i64) -> Result<Vec<TrackRow>> {
    db.all(LOOSE, args![owner, limit]).await
}

/// What their files said.
pub async fn sent(db: &Db, owner: UserId, limit: i64) -> Result<Vec<Sent>> {
    db.all(SENT, args![owner, limit]).await
}

/// Pictures that came with a folder.
pub async fn in_folders(db: &Db, owner: UserId, limit: i64) -> Result<Vec<InFolder>> {
    db.all(IN_FOLDERS, args![owner, limit]).await
}
