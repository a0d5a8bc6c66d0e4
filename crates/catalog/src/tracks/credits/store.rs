//! SQL of credits.

use hathor_core::{ArtistId, TrackId, UserId, fold};
use hathor_db::{Result, Tx, args, row, sql};

use super::Credits;

row! {
    /// Who is credited on one track.
    pub struct Credited { id: TrackId, credits: Credits }
}

sql! {
    BESIDE_TRACK: () = "update track set credits = $2, artists = $3 where id = $1";
    CLEAR: () = "delete from track_credit where track_id = $1";
    INSERT: () = "insert into track_credit (track_id, position, role, name_key, artist_id) values ($1, $2, $3, $4, $5)";
    OF_ARTIST: Credited = "select id, credits from track
        where id in (select c.track_id from track_credit c where c.artist_id = $1) and id < $2
        order by id desc limit $3";
    NAMED: Credited = "select id, credits from track
        where owner_id = $1 and id in (select c.track_id from track_credit c where c.name_key = $2 and c.artist_id is null)";
}

/// Writes both forms.
pub async fn put(tx: &mut Tx, track: TrackId, credits: &Credits) -> Result<()> {
    let names = serde_json::to_string(&credits.headline()).unwrap_or_default();
    tx.run(BESIDE_TRACK, args![track, credits, names]).await?;
    tx.run(CLEAR, args![track]).await?;
    for (position, credit) in (0_i64..).zip(&credits.0) {
        let artist = credit.artist.as_ref().map(|artist| artist.id);
        tx.run(INSERT, args![track, position, credit.role, fold(&credit.name), artist]).await?;
    }
    Ok(())
}

/// The last tracks before `before` that credit the artist.
pub async fn of_artist(tx: &mut Tx, artist: ArtistId, before: TrackId, limit: i64) -> Result<Vec<Credited>> {
    tx.all(OF_ARTIST, args![artist, before, limit]).await
}

/// The tracks of `owner` that credit a folded name nobody's page is behind.
pub async fn named(tx: &mut Tx, owner: UserId, name_key: &str) -> Result<Vec<Credited>> {
    tx.all(NAMED, args![owner, name_key]).await
}
