//! SQL of search.

use hathor_core::{Id, Timestamp, TrackId, UserId};
use hathor_db::{Arg, Db, Result, Tx, args, row, sql};

use super::Kind;
use crate::{
    artists::store::{ArtistRow, artists_where},
    releases::store::{ReleaseRow, releases_where},
    tracks::store::{TrackRow, tracks_where},
};

row! { struct Word { word: String } }
row! { struct Waiting { track_id: TrackId } }

/// Things of a kind that have a word in each of the ranges `$2` to `$13`; the first range is the narrowest, and a range
/// that begins nowhere is none.
macro_rules! found {
    ($kind:literal) => {
        concat!(
            "(select w.subject_id from search_word w where w.kind = '",
            $kind,
            "' and w.word >= $2 and w.word < $3
               and ($4 = '' or exists (select 1 from search_word x where x.kind = '",
            $kind,
            "' and x.subject_id = w.subject_id and x.word >= $4 and x.word < $5))
               and ($6 = '' or exists (select 1 from search_word x where x.kind = '",
            $kind,
            "' and x.subject_id = w.subject_id and x.word >= $6 and x.word < $7))
               and ($8 = '' or exists (select 1 from search_word x where x.kind = '",
            $kind,
            "' and x.subject_id = w.subject_id and x.word >= $8 and x.word < $9))
               and ($10 = '' or exists (select 1 from search_word x where x.kind = '",
            $kind,
            "' and x.subject_id = w.subject_id and x.word >= $10 and x.word < $11))
               and ($12 = '' or exists (select 1 from search_word x where x.kind = '",
            $kind,
            "' and x.subject_id = w.subject_id and x.word >= $12 and x.word < $13)))"
        )
    };
}

sql! {
    TRACKS: TrackRow = tracks_where!(concat!("t.id in ", found!("track"), " and t.visibility = 'public' and t.state = 'ready'
        order by t.published_at desc, t.id desc limit $1"));
    ARTISTS: ArtistRow = artists_where!(concat!("a.id in ", found!("artist"), " and (a.track_count > 0 or a.release_count > 0)
        order by a.name_key, a.id limit $14"));
    RELEASES: ReleaseRow = releases_where!(concat!("r.id in ", found!("release"), " and r.visibility = 'public' and r.track_count > 0
        and r.published_at <= $14 order by r.published_at desc, r.id desc limit $15"));
    WORDS: Word = "select word from search_word where kind = $1 and subject_id = $2";
    PUT: () = "insert into search_word (kind, word, subject_id) values ($1, $2, $3) on conflict do nothing";
    TAKE: () = "delete from search_word where kind = $1 and word = $2 and subject_id = $3";
    TAKE_ALL: () = "delete from search_word where kind = $1 and subject_id = $2";
    BACKLOG: Waiting = "select track_id from search_backlog order by track_id limit $1";
    DONE: () = "delete from search_backlog where track_id = $1";
}

/// The beginnings of words, as ranges.
#[derive(Clone, Debug)]
pub struct Ranges([(String, String); 6]);

impl Ranges {
    /// Of at most six beginnings, the narrowest first.
    pub fn of(beginnings: &[String]) -> Self {
        let range = |at: usize| {
            beginnings.get(at).map(|word| (word.clone(), format!("{word}{}", char::MAX))).unwrap_or_default()
        };
        Self(std::array::from_fn(range))
    }

    fn args(self, before: impl Into<Arg>) -> [Arg; 13] {
        let mut args = self.0.into_iter().flat_map(|(from, to)| [Arg::from(from), Arg::from(to)]);
        let mut before = Some(before.into());
        std::array::from_fn(|_| before.take().or_else(|| args.next()).unwrap_or(Arg::Null))
    }
}

pub async fn tracks(db: &Db, asked: Ranges, limit: i64) -> Result<Vec<TrackRow>> {
    db.all(TRACKS, asked.args(limit)).await
}

pub async fn artists(db: &Db, viewer: Option<UserId>, asked: Ranges, limit: i64) -> Result<Vec<ArtistRow>> {
    db.all(ARTISTS, followed_by(asked.args(viewer), args![limit])).await
}

pub async fn releases(
    db: &Db,
    viewer: Option<UserId>,
    asked: Ranges,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<ReleaseRow>> {
    db.all(RELEASES, followed_by(asked.args(viewer), args![now, limit])).await
}

fn followed_by<const M: usize, const N: usize>(first: [Arg; 13], then: [Arg; M]) -> [Arg; N] {
    let mut args = first.into_iter().chain(then);
    std::array::from_fn(|_| args.next().unwrap_or(Arg::Null))
}

pub async fn words<K>(tx: &mut Tx, kind: Kind, id: Id<K>) -> Result<Vec<String>> {
    Ok(tx.all(WORDS, args![kind, id]).await?.into_iter().map(|row| row.word).collect())
}

pub async fn put<K>(tx: &mut Tx, kind: Kind, id: Id<K>, word: &str) -> Result<u64> {
    tx.run(PUT, args![kind, word, id]).await
}

pub async fn take<K>(tx: &mut Tx, kind: Kind, id: Id<K>, word: &str) -> Result<u64> {
    tx.run(TAKE, args![kind, word, id]).await
}

pub async fn take_all<K>(tx: &mut Tx, kind: Kind, id: Id<K>) -> Result<()> {
    tx.run(TAKE_ALL, args![kind, id]).await.map(drop)
}

/// Tracks of before there was search.
pub async fn backlog(db: &Db, limit: i64) -> Result<Vec<TrackId>> {
    Ok(db.all(BACKLOG, args![limit]).await?.into_iter().map(|row| row.track_id).collect())
}

pub async fn done(tx: &mut Tx, track: TrackId) -> Result<u64> {
    tx.run(DONE, args![track]).await
}
