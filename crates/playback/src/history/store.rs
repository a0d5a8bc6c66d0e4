//! SQL of what was heard.

use hathor_catalog::{tracks::TrackRow, tracks_where};
use hathor_core::{Timestamp, TrackId, UserId};
use hathor_db::{Db, FromRow, Result, Row, Tx, args, sql};

/// A track and when it was heard.
pub struct HeardRow {
    /// The track.
    pub track: TrackRow,
    /// When.
    pub heard_at: Timestamp,
}

impl FromRow for HeardRow {
    const COLUMNS: &'static [&'static str] = &{
        let mut columns = ["heard_at"; TrackRow::COLUMNS.len() + 1];
        let mut at = 0;
        while at < TrackRow::COLUMNS.len() {
            columns[at] = TrackRow::COLUMNS[at];
            at += 1;
        }
        columns
    };

    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { track: TrackRow::from_row(row)?, heard_at: row.get(TrackRow::COLUMNS.len())? })
    }
}

sql! {
    NOTE: () = "insert into heard (account_id, track_id, times, heard_at) values ($1, $2, 1, $3)
        on conflict (account_id, track_id) do update set times = heard.times + 1, heard_at = excluded.heard_at";
    RECENT: HeardRow = tracks_where!(also ", h.heard_at", "join heard h on h.track_id = t.id",
        "h.account_id = $1 and (h.heard_at, h.track_id) < ($2, $3)
            and (t.visibility in ('public', 'unlisted') or t.owner_id = $1)
        order by h.heard_at desc, h.track_id desc limit $4");
}

/// Notes that they have heard it now.
pub async fn note(tx: &mut Tx, who: UserId, track: TrackId, now: Timestamp) -> Result<u64> {
    tx.run(NOTE, args![who, track, now]).await
}

/// What they heard before `before` and may still hear, the latest first.
pub async fn recent(db: &Db, who: UserId, before: (Timestamp, TrackId), limit: i64) -> Result<Vec<HeardRow>> {
    db.all(RECENT, args![who, before.0, before.1, limit]).await
}
