//! The artists that people make music as.

use hathor_core::{ArtistId, UserId};
use hathor_db::{Db, Result, args, row, sql};

use crate::artists::model::ArtistRef;

row! { struct RefRow { id: ArtistId, slug: String, name: String } }

sql! {
    /// Those with something out; who only looks on makes no music.
    ARTISTS: RefRow = "select a.id, a.slug, a.name from artist_member m join artist a on a.id = m.artist_id
        where m.account_id = $1 and m.role in ('owner', 'manager', 'editor') and (a.track_count > 0 or a.release_count > 0)
        order by a.name_key, a.id limit 100";
}

pub(super) async fn artists(db: &Db, person: UserId) -> Result<Vec<ArtistRef>> {
    let rows = db.all(ARTISTS, args![person]).await?;
    Ok(rows.into_iter().map(|RefRow { id, slug, name }| ArtistRef { id, slug, name }).collect())
}
