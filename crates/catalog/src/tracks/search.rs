//! By which words a track is found.

use hathor_core::TrackId;
use hathor_db::{Result, Tx};

use super::store;
use crate::search::{self, Kind};

/// The track is found by its title, its artists and its release, as this transaction leaves them.
pub(crate) async fn index(tx: &mut Tx, id: TrackId) -> Result<()> {
    let Some(track) = store::by_id_within(tx, id).await? else { return Ok(()) };
    let artists = track.artist_names();
    let mut texts: Vec<&str> = vec![&track.title];
    texts.extend(artists.iter().map(String::as_str));
    texts.extend(track.release.as_deref());
    search::index(tx, Kind::Track, id, &texts).await
}

/// The track is no longer found.
pub(crate) async fn remove(tx: &mut Tx, id: TrackId) -> Result<()> {
    search::remove(tx, Kind::Track, id).await
}
