//! What the database and the code agree on. The stories of tracks are told in `ingest`, which makes tracks.

use hathor_core::{ArtistId, Ids, Timestamp, TrackId, UserId};
use hathor_db::{Db, args, on_both, sql, testing::TestDb};

use super::{
    credits::CreditRole,
    model::{TrackState, Visibility},
};
use crate::{artists::MemberRole, licence::Licence, old_slugs::Kind};

sql! {
    ACCOUNT: () = "insert into account (id, username, username_key, email, email_key, display_name, role, session_version, created_at, updated_at)
        values ($1, 'nina', 'nina', 'nina@example.org', 'nina@example.org', 'Nina', 'user', 1, 0, 0)";
    TRACK: () = "insert into track (id, owner_id, state, progress, failure_retryable, visibility, policy_version, version, title, artists, tags, created_at, updated_at)
        values ($1, $2, $3, 0, false, $4, 1, 1, 'Ode', '[]', '{}', 0, 0)";
    LICENCE: () = "update track set licence = $2 where id = $1";
    CREDIT: () = "insert into track_credit (track_id, position, role, name_key) values ($1, $2, $3, 'nina')";
    ARTIST: () = "insert into artist (id, slug, name, name_key, links, release_count, track_count, version, created_at, updated_at)
        values ($1, $2, 'Nina', 'nina', '[]', 0, 0, 1, 0, 0)";
    MEMBER: () = "insert into artist_member (artist_id, account_id, role, created_at) values ($1, $2, $3, 0)";
    OLD_SLUG: () = "insert into old_slug (kind, slug, subject_id, created_at) values ($1, 'nina', $2, 0)";
}

async fn run<const N: usize>(
    db: &Db,
    sql: hathor_db::Sql<(), N>,
    values: [hathor_db::Arg; N],
) -> hathor_db::Result<u64> {
    db.write(async |tx| tx.run(sql, values).await).await
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

on_both! {
    async fn every_word_of_credits_licences_members_and_addresses_may_be_stored_and_no_other(db: TestDb) {
        let now = Timestamp::from_micros(1_700_000_000_000_000);
        let (owner, track): (UserId, TrackId) = (Ids::Random.next(now), Ids::Random.next(now));
        run(&db, ACCOUNT, args![owner]).await.unwrap();
        insert(&db, track, owner, "ready", "private").await.unwrap();
        for licence in Licence::ALL {
            run(&db, LICENCE, args![track, *licence]).await.unwrap();
        }
        assert!(run(&db, LICENCE, args![track, "free"]).await.unwrap_err().violates("track_licence_check"));
        for (place, role) in (0_i64..).zip(CreditRole::ALL) {
            run(&db, CREDIT, args![track, place, *role]).await.unwrap();
        }
        assert!(run(&db, CREDIT, args![track, 99, "friend"]).await.unwrap_err().violates("track_credit_role_check"));
        for (number, role) in MemberRole::ALL.iter().enumerate() {
            let artist: ArtistId = Ids::Random.next(now);
            run(&db, ARTIST, args![artist, format!("nina-{number}")]).await.unwrap();
            run(&db, MEMBER, args![artist, owner, *role]).await.unwrap();
            let refused = run(&db, MEMBER, args![artist, owner, "friend"]).await.unwrap_err();
            assert!(refused.violates("artist_member_role_check"), "{refused}");
        }
        for kind in Kind::ALL {
            run(&db, OLD_SLUG, args![*kind, track]).await.unwrap();
        }
        assert!(run(&db, OLD_SLUG, args!["track", track]).await.unwrap_err().violates("old_slug_kind_check"));
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(crate::STATEMENTS).await;
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}
