//! What the database and the code agree on. The stories of tracks are told in `ingest`, which makes tracks.

use hathor_core::{Ids, Timestamp, TrackId, UserId};
use hathor_db::{Db, args, on_both, sql, testing::TestDb};

use super::model::{TrackState, Visibility};

sql! {
    ACCOUNT: () = "insert into account (id, username, username_key, email, email_key, display_name, role, session_version, created_at, updated_at)
        values ($1, 'nina', 'nina', 'nina@example.org', 'nina@example.org', 'Nina', 'user', 1, 0, 0)";
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title, artists, tags, created_at, updated_at)
        values ($1, $2, $3, 0, false, $4, 1, 1, 'Ode', '[]', '{}', 0, 0)";
}

async fn insert(
    db: &Db,
    id: TrackId,
    owner: UserId,
    state: &'static str,
    visibility: &'static str,
) -> hathor_db::Result<u64> {
    db.write(async |tx| tx.run(TRACK, args![id, owner, state, visibility]).await).await
}

on_both! {
    async fn every_word_of_the_enums_may_be_stored_and_no_other(db: TestDb) {
        let new = || Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000));
        let owner: UserId = Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000));
        db.write(async |tx| tx.run(ACCOUNT, args![owner]).await).await.unwrap();
        for state in TrackState::ALL {
            insert(&db, new(), owner, state.as_str(), "private").await.unwrap();
        }
        for visibility in Visibility::ALL {
            insert(&db, new(), owner, "ready", visibility.as_str()).await.unwrap();
        }
        let refused = insert(&db, new(), owner, "lost", "private").await.unwrap_err();
        assert!(refused.violates("track_state_check"), "{refused}");
        let refused = insert(&db, new(), owner, "ready", "secret").await.unwrap_err();
        assert!(refused.violates("track_visibility_check"), "{refused}");
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(crate::STATEMENTS).await;
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
