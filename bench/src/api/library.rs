//! The tracks that are asked for, written straight into Hathor's database: uploading is not what is measured.

use hathor_core::{Ids, PictureId, Timestamp, TrackId, UserId};
use hathor_db::{Db, Options, Tx, args, sql};

use crate::Failure;

/// Tracks an owner has.
const ALBUM: i64 = 10;
/// When the first one was published (UTC, microseconds): 2024-01-01.
const BEGIN: i64 = 1_704_067_200_000_000;
/// Between one and the next: a minute.
const STEP: i64 = 60_000_000;

sql! {
    INSERT_OWNER: () = "insert into account (id, username, username_key, email, email_key, display_name, role,
            created_at, updated_at)
        values ($1, $2, $2, $3, $3, $4, 'artist', $5, $5)";
    INSERT_PICTURE: () = "insert into picture (id, owner_id, sha256, summary, created_at) values ($1, $2, $3, $4, $5)";
    INSERT_TRACK: () = "insert into track (id, owner_id, state, progress, visibility, policy_version, version,
            title, artists, release, genre, year, track_number, disc_number, tags, duration_ms, codec, sample_rate,
            channels, loudness_lufs, loudness_range_lu, true_peak_db, cover_id, created_at, updated_at, published_at,
            credits, shape)
        values ($1, $2, 'ready', 100, 'public', 1, 1, $3, $4, $5, 'Ambient', 2020, $6, 1, '{}', $7, 'flac', 44100,
            2, -14.2, 6.5, -1.1, $8, $9, $9, $9, $10, $11)";
}

/// Fills an empty database with `tracks` public tracks, ten an owner. No server may have it open.
pub fn fill(url: &str, tracks: i64) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let db = Db::open(url, &Options::default())?;
        db.migrate_up().await?;
        db.write(async |tx| write(tx, tracks).await).await
    })?;
    Ok(())
}

async fn write(tx: &mut Tx, tracks: i64) -> hathor_db::Result<()> {
    let ids = Ids::seeded(1);
    let (mut owner, mut cover) =
        (ids.next(Timestamp::from_micros(BEGIN)), ids.next(Timestamp::from_micros(BEGIN)));
    for number in 0..tracks {
        let at = Timestamp::from_micros(BEGIN + number * STEP);
        if number % ALBUM == 0 {
            (owner, cover) = (ids.next(at), ids.next(at));
            write_owner(tx, owner, number / ALBUM, at).await?;
            write_cover(tx, cover, owner, at).await?;
        }
        write_track(tx, ids.next(at), (owner, cover), number, at).await?;
    }
    Ok(())
}

async fn write_owner(tx: &mut Tx, id: UserId, number: i64, at: Timestamp) -> hathor_db::Result<u64> {
    let (username, name) = (format!("artist{number}"), format!("Artist {number}"));
    tx.run(INSERT_OWNER, args![id, &username, format!("{username}@example.org"), name, at]).await
}

async fn write_cover(tx: &mut Tx, id: PictureId, owner: UserId, at: Timestamp) -> hathor_db::Result<u64> {
    let summary = format!(
        r#"{{"id":"{id}","width":1200,"height":1200,"hue":211.5,"chroma":0.12,"blurhash":"LEHV6nWB2yk8pyo0adR*.7kCMdnj"}}"#
    );
    tx.run(INSERT_PICTURE, args![id, owner, id.bytes().to_vec(), summary, at]).await
}

async fn write_track(
    tx: &mut Tx,
    id: TrackId,
    (owner, cover): (UserId, PictureId),
    number: i64,
    at: Timestamp,
) -> hathor_db::Result<u64> {
    let artist = number / ALBUM;
    let values = args![
        id,
        owner,
        format!("Song number {number}"),
        format!(r#"["Artist {artist}"]"#),
        format!("Album of Artist {artist}"),
        number % ALBUM + 1,
        120_000 + number,
        cover,
        at,
        format!(r#"[{{"role":"main","name":"Artist {artist}","artist":null}}]"#),
        "kJ6f".repeat(32)
    ];
    tx.run(INSERT_TRACK, values).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_we_write_fits_the_tables_of_today() {
        hathor_db::testing::check_statements(&[STATEMENTS]).await;
    }
}
