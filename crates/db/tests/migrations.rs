//! Migrations run, are taken back and run again, and make the same tables on both engines.
#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::collections::{BTreeMap, BTreeSet};

use hathor_db::{Db, args, migrate, row, sql, testing};

row! {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Column { table_name: String, column_name: String, required: bool, of: String }
}
row! { struct Index { name: String } }
row! { struct Unique { place: String } }

sql! {
    ON_SQLITE: Column = "select m.name as table_name, c.name as column_name,
           c.\"notnull\" = 1 or c.pk > 0 as required, lower(c.type) as of
         from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table'";
    ON_POSTGRES: Column = "select cast(table_name as text) as table_name, cast(column_name as text) as column_name,
           is_nullable = 'NO' as required, cast(data_type as text) as of
         from information_schema.columns where table_schema = 'public'";
    INDEXES_ON_SQLITE: Index = "select name from sqlite_schema where type = 'index' and sql is not null";
    INDEXES_ON_POSTGRES: Index = "select cast(c.relname as text) as name
         from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and not exists (select 1 from pg_constraint k where k.conindid = c.oid)";
    UNIQUES: Unique = "select m.name || ': ' || (select group_concat(coalesce(c.name, i.name), ', ')
           from pragma_index_info(i.name) c) as place
         from sqlite_schema m join pragma_index_list(m.name) i where m.type = 'table' and i.\"unique\" = 1";
    FORGE: () = "update migration set checksum = 'forged' where name = $1";
    NEWER: () = "insert into migration (name, checksum, applied_at) values ('9999_newer', '', 0)";
}

async fn columns(db: &Db) -> BTreeSet<Column> {
    let sql = if matches!(db, Db::Sqlite(_)) { ON_SQLITE } else { ON_POSTGRES };
    db.all(sql, args![]).await.unwrap().into_iter().collect()
}

async fn indexes(db: &Db) -> BTreeSet<String> {
    let sql = if matches!(db, Db::Sqlite(_)) { INDEXES_ON_SQLITE } else { INDEXES_ON_POSTGRES };
    db.all(sql, args![]).await.unwrap().into_iter().map(|i| i.name).collect()
}

async fn up_down_up(db: &Db) {
    let names: Vec<_> = migrate::ALL.iter().map(|m| m.name).collect();
    assert_eq!(db.migrate_up().await.unwrap(), names);
    let first = (columns(db).await, indexes(db).await);

    let undone = db.migrate_down(names.len()).await.unwrap();
    assert!(undone.iter().rev().eq(names.iter()), "{undone:?}");
    let left: BTreeSet<_> = columns(db).await.into_iter().map(|c| c.table_name).collect();
    assert_eq!(left, BTreeSet::from(["migration".to_owned()]), "down takes back all that up made");

    assert_eq!(db.migrate_up().await.unwrap(), names);
    assert_eq!((columns(db).await, indexes(db).await), first);
    assert!(db.migrate_up().await.unwrap().is_empty(), "once is enough");
    assert!(db.migrate_status().await.unwrap().iter().all(|m| m.applied_at.is_some() && m.known));
}

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    up_down_up(&testing::empty_sqlite()).await;
}

#[tokio::test]
async fn postgres_goes_up_down_and_up() {
    if let Some(db) = testing::empty_postgres().await {
        up_down_up(&db).await;
    }
}

/// What each type of PostgreSQL is called in our SQLite files.
fn in_sqlite(of: &str) -> &str {
    match of {
        "uuid" | "bytea" => "blob",
        "boolean" | "bigint" | "text" | "double precision" => of,
        other => panic!("{other} is not a type we use"),
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_nullability_and_indexes() {
    let Some(postgres) = testing::postgres().await else { return };
    let sqlite = testing::sqlite().await;
    let translated =
        columns(&postgres).await.into_iter().map(|c| Column { of: in_sqlite(&c.of).to_owned(), ..c });
    assert_eq!(columns(&sqlite).await, translated.collect());
    assert_eq!(indexes(&sqlite).await, indexes(&postgres).await);
}

/// SQLite tells a violated index by its columns alone.
#[tokio::test]
async fn no_two_unique_indexes_of_a_table_are_over_the_same_columns() {
    let mut seen = BTreeMap::<String, u32>::new();
    for unique in testing::sqlite().await.all(UNIQUES, args![]).await.unwrap() {
        *seen.entry(unique.place).or_default() += 1;
    }
    seen.retain(|_, count| *count > 1);
    assert_eq!(seen, BTreeMap::new());
}

/// On SQLite a constraint that waits for the commit would fail everyone who shares it.
#[test]
fn no_constraint_waits_for_the_commit() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    for engine in ["sqlite", "postgres"] {
        for file in std::fs::read_dir(folder.join(engine)).unwrap() {
            let path = file.unwrap().path();
            assert!(!std::fs::read_to_string(&path).unwrap().contains("deferr"), "{}", path.display());
        }
    }
}

#[tokio::test]
async fn a_migration_that_was_altered_after_it_ran_is_refused() {
    let db = testing::sqlite().await;
    let first = migrate::ALL[0].name;
    db.write(async |tx| tx.run(FORGE, args![first]).await).await.unwrap();
    let error = db.migrate_up().await.unwrap_err().to_string();
    assert!(error.contains(first) && error.contains("altered"), "{error}");
}

#[tokio::test]
async fn what_a_newer_version_ran_is_left_alone() {
    let db = testing::sqlite().await;
    db.write(async |tx| tx.run(NEWER, args![]).await).await.unwrap();
    assert!(db.migrate_up().await.unwrap().is_empty());
    assert!(db.migrate_status().await.unwrap().iter().any(|m| !m.known && m.name == "9999_newer"));
    assert!(db.migrate_down(1).await.unwrap_err().to_string().contains("newer version"));
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_together_migrate_once() {
    let Some(db) = testing::empty_postgres().await else { return };
    let starts = (0..4).map(|_| {
        let db = db.handle();
        tokio::spawn(async move { db.migrate_up().await.unwrap().len() })
    });
    let mut ran = 0;
    for start in starts.collect::<Vec<_>>() {
        ran += start.await.unwrap();
    }
    assert_eq!(ran, migrate::ALL.len());
}
