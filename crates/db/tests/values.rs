//! What goes in comes out, on both engines.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use hathor_core::{Clock, Ids, Timestamp, TrackId};
use hathor_db::{Db, args, on_both, row, sql, testing::TestDb, text_cell};

hathor_core::text_enum! {
    /// How a day was.
    enum Weather { Sunny = "sunny", Rainy = "rainy" }
}
text_cell!(Weather);

row! {
    #[derive(Debug, PartialEq)]
    struct Sample {
        id: TrackId,
        number: Option<i64>,
        ratio: Option<f64>,
        truth: Option<bool>,
        title: Option<String>,
        bytes: Option<Vec<u8>>,
        other: Option<TrackId>,
        seen_at: Option<Timestamp>,
        weather: Option<Weather>,
    }
}
row! { struct Pair { first: i64, second: String } }
row! { struct Wrong { number: String } }
row! { struct Plans { plan: String } }

sql! {
    ON_SQLITE: () = "create table sample (id blob not null primary key, number bigint, ratio double precision,
         truth boolean, title text, bytes blob, other blob, seen_at bigint, weather text) without rowid";
    ON_POSTGRES: () = "create table sample (id uuid not null primary key, number bigint, ratio double precision,
         truth boolean, title text, bytes bytea, other uuid, seen_at bigint, weather text)";
    INSERT: () = "insert into sample (id, number, ratio, truth, title, bytes, other, seen_at, weather)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    SAMPLE: Sample = "select id, number, ratio, truth, title, bytes, other, seen_at, weather from sample where id = $1";
    BACKWARDS: Pair = "select cast($2 as bigint) as first, cast($1 as text) as second";
    TWICE: Pair = "select cast($2 as bigint) + cast($2 as bigint) as first, cast($1 as text) as second";
    WRONG: Wrong = "select cast(7 as bigint) as number";
    PLAN_SETTING: Plans = "select current_setting('plan_cache_mode') || ' ' || current_setting('jit') as plan";
}

async fn with_table(db: &Db) {
    let create = if matches!(db, Db::Sqlite(_)) { ON_SQLITE } else { ON_POSTGRES };
    db.write(async |tx| tx.run(create, args![]).await).await.unwrap();
}

async fn round_trip(db: &Db, sample: Sample) {
    let wanted = db.write(async |tx| {
        let Sample { id, number, ratio, truth, ref title, ref bytes, other, seen_at, weather } = sample;
        let (title, bytes) = (title.clone(), bytes.clone());
        tx.run(INSERT, args![id, number, ratio, truth, title, bytes, other, seen_at, weather]).await?;
        tx.one(SAMPLE, args![id]).await
    });
    let inside = wanted.await.unwrap().unwrap();
    let outside = db.one(SAMPLE, args![inside.id]).await.unwrap().unwrap();
    assert_eq!(inside, outside);
    assert_eq!(outside, sample);
}

fn new_id() -> TrackId {
    Ids::Random.next(Clock::System.now())
}

on_both! {
    async fn nothing_is_kept_as_nothing_in_every_type_of_column(db: TestDb) {
        with_table(&db).await;
        let empty = Sample { id: new_id(), number: None, ratio: None, truth: None, title: None, bytes: None,
            other: None, seen_at: None, weather: None };
        round_trip(&db, empty).await;
    }

    async fn the_largest_values_come_back_whole(db: TestDb) {
        with_table(&db).await;
        let large = |number, truth| Sample { id: new_id(), number: Some(number), ratio: Some(f64::MAX),
            truth: Some(truth), title: Some("é漢".repeat(200_000)), bytes: Some([0, 255].repeat(500_000)),
            other: Some(TrackId::MAX), seen_at: Some(Timestamp::from_micros(number)), weather: Some(Weather::Rainy) };
        round_trip(&db, large(i64::MAX, true)).await;
        round_trip(&db, large(i64::MIN, false)).await;
    }

    async fn parameters_are_bound_by_their_digit_not_by_their_place(db: TestDb) {
        for statement in [BACKWARDS, TWICE] {
            let pair = db.one(statement, args!["one", 2]).await.unwrap().unwrap();
            assert_eq!(pair.second, "one");
            assert!(pair.first == 2 || pair.first == 4, "{}", pair.first);
        }
    }

    async fn a_column_of_another_type_is_told_by_its_name(db: TestDb) {
        let error = db.all(WRONG, args![]).await.err().unwrap().to_string();
        assert!(error.contains("column 0 (number) holds a whole number"), "{error}");
    }

    async fn a_word_that_is_no_variant_is_an_error_not_a_guess(db: TestDb) {
        with_table(&db).await;
        let id = new_id();
        let none = hathor_db::Arg::Null;
        db.write(async |tx| {
            let (a, b, c, d, e, f) = (none.clone(), none.clone(), none.clone(), none.clone(), none.clone(), none.clone());
            tx.run(INSERT, [id.into(), a, b, c, d, e, f, none.clone(), "foggy".into()]).await
        }).await.unwrap();
        assert!(db.one(SAMPLE, args![id]).await.is_err());
    }
}

#[tokio::test]
async fn postgres_plans_a_statement_once_and_compiles_none() {
    let Some(db) = hathor_db::testing::postgres().await else { return };
    let setting = db.one(PLAN_SETTING, args![]).await.unwrap().unwrap();
    assert_eq!(setting.plan, "force_generic_plan off");
}

#[test]
fn statements_know_their_arguments() {
    let counts: Vec<_> = STATEMENTS.iter().map(|s| s.args).collect();
    assert_eq!(counts, [0, 0, 9, 1, 2, 2, 0, 0]);
    assert!(STATEMENTS[2].name.ends_with("::INSERT"));
}
