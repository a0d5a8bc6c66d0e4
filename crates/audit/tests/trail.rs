//! The trail on both engines: it takes rows from many at once, lets nobody change one, and finds out who did.

#![expect(clippy::unwrap_used, reason = "a test ends where its world fails")]

use std::{collections::HashSet, net::IpAddr, time::Duration};

use futures_util::future::join_all;
use hathor_audit::{Audit, Broken, Entry, Opened, Origin, Part, Payload, Subject, action, erase, forget};
use hathor_core::{Clock, Ids, Timestamp, UserId};
use hathor_db::{Db, Error, args, on_both, row, sql, testing::TestDb};
use hathor_token::DataKey;
use serde_json::{Value, json};
use uuid::Uuid;

row! {
    struct Kept {
        seq: i64, actor: Option<Uuid>, action: String, origin_key: Option<Uuid>, origin: Option<Vec<u8>>,
        origin_sealed: Option<Vec<u8>>, changes_key: Option<Uuid>, changes: Option<Vec<u8>>,
        changes_sealed: Option<Vec<u8>>,
    }
}

sql! {
    KEPT: Kept = "select r.seq, r.actor, r.action, r.origin_key, r.origin, o.sealed as origin_sealed,
            r.changes_key, r.changes, c.sealed as changes_sealed
        from audit_row r left join audit_key o on o.id = r.origin_key left join audit_key c on c.id = r.changes_key
        order by r.seq";
    ALTER_ROW: () = "update audit_row set action = 'account.banned' where seq = $1";
    DELETE_ROW: () = "delete from audit_row where seq = $1";
    DELETE_AFTER: () = "delete from audit_row where seq > $1";
    REPLACE: () = "insert or replace into audit_row select * from audit_row where seq = $1";
    ALTER_SIGNATURES: () = "update audit_signature set seq = seq";
    DELETE_SIGNATURES: () = "delete from audit_signature";
    TRUNCATE: () = "truncate audit_row";
    SET_HEAD: () = "update audit_head set seq = $1, hash = (select hash from audit_row where seq = $1)";
    FREE_UPDATE: () = "drop trigger audit_row_update";
    FREE_DELETE: () = "drop trigger audit_row_delete";
    FREE_SIGNATURES: () = "drop trigger audit_signature_delete";
    FREE_ROWS: () = "alter table audit_row disable trigger user";
    FREE_SIGNED: () = "alter table audit_signature disable trigger user";
}

/// Whoever may change the schema can take the triggers away.
async fn free(db: &Db) {
    let statements = if db.is_shared() {
        vec![FREE_ROWS, FREE_SIGNED]
    } else {
        vec![FREE_UPDATE, FREE_DELETE, FREE_SIGNATURES]
    };
    for statement in statements {
        db.write(async |tx| tx.run(statement, args![]).await).await.unwrap();
    }
}

fn now() -> Timestamp {
    Clock::System.now()
}

fn person() -> UserId {
    Ids::Random.next(now())
}

fn origin(ip: &str) -> Origin {
    Origin { ip: Some(ip.parse::<IpAddr>().unwrap()), agent: Some("Firefox".to_owned()) }
}

fn opened(nina: UserId) -> Entry {
    Entry::by(nina, action::SESSION_OPENED, Subject::account(nina)).from(&origin("192.0.2.7"))
}

async fn note(db: &Db, audit: &Audit, entry: Entry) {
    db.write(async |tx| audit.record(tx, now(), entry.clone()).await).await.unwrap();
}

async fn some_rows(db: &Db, audit: &Audit, many: usize) -> UserId {
    let nina = person();
    for _ in 0..many {
        note(db, audit, opened(nina)).await;
    }
    nina
}

async fn kept(db: &Db) -> Vec<Kept> {
    db.all(KEPT, args![]).await.unwrap()
}

fn told(audit: &Audit, row: &Kept) -> (Opened, Opened) {
    let origin =
        Payload { key: row.origin_key, key_sealed: row.origin_sealed.clone(), text: row.origin.clone() };
    let changes =
        Payload { key: row.changes_key, key_sealed: row.changes_sealed.clone(), text: row.changes.clone() };
    (audit.open(row.seq, Part::Origin, &origin), audit.open(row.seq, Part::Changes, &changes))
}

async fn rows_in_order(db: &Db, audit: &Audit) -> i64 {
    audit.verify(db, Vec::new(), &[]).await.unwrap().unwrap().rows
}

async fn broken(db: &Db, audit: &Audit) -> Broken {
    audit.verify(db, Vec::new(), &[]).await.unwrap().unwrap_err()
}

on_both! {
    async fn rows_of_many_at_once_stand_in_one_chain(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        let nina = person();
        let writes = (0..24).map(|n| {
            let (db, audit) = (db.handle(), audit.clone());
            tokio::spawn(async move {
                let outcome = db.write(async |tx| {
                    audit.record(tx, now(), opened(nina).with(json!({ "n": n }))).await?;
                    if n % 3 == 0 { Err(Error::Other("changed my mind".into())) } else { Ok(()) }
                });
                outcome.await.is_ok()
            })
        });
        let written = join_all(writes).await.into_iter().filter(|done| *done.as_ref().unwrap()).count();
        assert_eq!(written, 16);
        assert_eq!(rows_in_order(&db, &audit).await, 16);
        let rows = kept(&db).await;
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=16).collect::<Vec<_>>());
        assert_eq!(rows.iter().map(|row| row.origin_key).collect::<HashSet<_>>().len(), 1, "one key a day");
        assert!(rows.iter().all(|row| row.actor == Some(nina.uuid()) && row.action == "session.opened"));
        let (from, changes) = told(&audit, &rows[0]);
        assert_eq!(from.origin(), origin("192.0.2.7"));
        assert!(matches!(changes, Opened::Told(Value::Object(_))));
    }

    async fn nobody_changes_or_deletes_a_row(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        some_rows(&db, &audit, 2).await;
        db.write(async |tx| audit.sign_head(tx, now()).await).await.unwrap().unwrap();
        let engine_own = if db.is_postgres() { TRUNCATE } else { ALTER_SIGNATURES };
        for attempt in [ALTER_SIGNATURES, DELETE_SIGNATURES, engine_own] {
            let refused = db.write(async |tx| tx.run(attempt, args![]).await).await.unwrap_err();
            assert!(refused.violates("audit_is_append_only"), "{refused}");
        }
        let mut attempts = vec![ALTER_ROW, DELETE_ROW];
        if !db.is_postgres() {
            attempts.push(REPLACE);
        }
        for attempt in attempts {
            let refused = db.write(async |tx| tx.run(attempt, args![1]).await).await.unwrap_err();
            assert!(refused.violates("audit_is_append_only"), "{refused}");
        }
        assert_eq!(audit.verify(&db, Vec::new(), &[]).await.unwrap().unwrap().heads, 1);
    }

    async fn an_unknown_word_is_not_written_down(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        let entry = Entry::unknown("account.eaten", Subject::instance());
        let refused = db.write(async |tx| audit.record(tx, now(), entry.clone()).await).await.unwrap_err();
        assert!(refused.to_string().contains("account.eaten"), "{refused}");
    }

    async fn a_row_that_was_altered_is_named(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        some_rows(&db, &audit, 5).await;
        free(&db).await;
        db.write(async |tx| tx.run(ALTER_ROW, args![3]).await).await.unwrap();
        assert!(matches!(broken(&db, &audit).await, Broken::Altered { seq: 3, .. }));
        db.write(async |tx| tx.run(DELETE_ROW, args![3]).await).await.unwrap();
        let gap = broken(&db, &audit).await;
        assert_eq!(gap, Broken::Gap { missing: 3, before: 2, next: 4 });
        assert_eq!(gap.to_string(), "row 3 is missing: after row 2 comes row 4");
        db.write(async |tx| tx.run(DELETE_AFTER, args![2]).await).await.unwrap();
        assert_eq!(broken(&db, &audit).await, Broken::Cut { last: 2, told: 5 });
    }

    async fn a_trail_that_was_cut_off_is_found_out_by_what_was_signed(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        some_rows(&db, &audit, 3).await;
        let head = db.write(async |tx| audit.sign_head(tx, now()).await).await.unwrap().unwrap();
        assert!(head.seq == 3 && head.is_genuine());
        assert_eq!(db.write(async |tx| audit.sign_head(tx, now()).await).await.unwrap(), None, "it is signed already");
        assert_eq!(audit.latest_heads(&db, 5).await.unwrap(), std::slice::from_ref(&head));
        free(&db).await;
        let cut = db.write(async |tx| {
            tx.run(DELETE_AFTER, args![2]).await?;
            tx.run(SET_HEAD, args![2]).await
        });
        cut.await.unwrap();
        assert_eq!(broken(&db, &audit).await, Broken::Cut { last: 2, told: 3 });
        // without the table only what has left the database tells
        db.write(async |tx| tx.run(DELETE_SIGNATURES, args![]).await).await.unwrap();
        assert_eq!(rows_in_order(&db, &audit).await, 2);
        let kept = vec![head];
        let told = audit.verify(&db, kept.clone(), &[]).await.unwrap().unwrap_err();
        assert_eq!(told, Broken::Cut { last: 2, told: 3 });
        some_rows(&db, &audit, 1).await;
        let told = audit.verify(&db, kept.clone(), &[]).await.unwrap().unwrap_err();
        assert!(matches!(told, Broken::Rewritten { seq: 3, .. }), "{told}");
        let other = Audit::new(&DataKey::random());
        let told = other.verify(&db, kept.clone(), &[]).await.unwrap().unwrap_err();
        assert!(matches!(told, Broken::Forged { seq: 3, .. }), "{told}");
        let told = other.verify(&db, kept, &[audit.public_key()]).await.unwrap().unwrap_err();
        assert!(matches!(told, Broken::Rewritten { seq: 3, .. }), "{told}");
    }

    async fn what_is_erased_cannot_be_read_and_the_chain_still_holds(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        let nina = some_rows(&db, &audit, 1).await;
        let omar = person();
        let banned = Entry::by(omar, action::ACCOUNT_BANNED, Subject::account(nina));
        note(&db, &audit, banned.from(&origin("198.51.100.1")).with(json!({ "reason": "spam" }))).await;
        let gone = db.write(async |tx| erase(tx, Subject::account(nina)).await).await.unwrap();
        assert_eq!(gone, 1);
        let rows = kept(&db).await;
        assert_eq!(told(&audit, &rows[0]), (Opened::Erased, Opened::Nothing));
        let (from, changes) = told(&audit, &rows[1]);
        assert_eq!((from.origin(), changes), (origin("198.51.100.1"), Opened::Erased));
        note(&db, &audit, opened(nina)).await;
        assert_eq!(told(&audit, &kept(&db).await[2]).0.origin(), origin("192.0.2.7"));
        assert_eq!(rows_in_order(&db, &audit).await, 3);
    }

    async fn what_is_older_than_it_may_be_is_forgotten_by_the_day(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        let nina = person();
        for days in [0, 1, 2] {
            let at = now() - Duration::from_hours(24 * days);
            db.write(async |tx| audit.record(tx, at, opened(nina)).await).await.unwrap();
        }
        let then = now() - Duration::from_hours(24);
        assert_eq!(db.write(async |tx| forget(tx, then, 100).await).await.unwrap(), 1);
        let erased: Vec<bool> = kept(&db).await.iter().map(|row| told(&audit, row).0 == Opened::Erased).collect();
        assert_eq!(erased, [false, false, true]);
    }

    async fn the_table_alone_tells_nothing_of_people(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        some_rows(&db, &audit, 1).await;
        let row = kept(&db).await.remove(0);
        let stored = String::from_utf8_lossy(row.origin.as_deref().unwrap()).into_owned();
        assert!(!stored.contains("192.0.2.7") && !stored.contains("Firefox"));
        assert_eq!(told(&Audit::new(&DataKey::random()), &row).0, Opened::Erased, "another instance reads nothing");
    }

    async fn what_a_stranger_repeats_is_counted_and_told_once(db: TestDb) {
        let audit = Audit::new(&DataKey::random());
        let subject = Subject::account(person());
        let start = now();
        let refuse = async |ip: String, at: Timestamp| {
            let entry = Entry::unknown(action::SESSION_REFUSED, subject).from(&origin(&ip));
            db.write(async |tx| audit.count(tx, at, entry.clone()).await).await.unwrap();
        };
        for n in 0..30 {
            refuse(format!("192.0.2.{n}"), start).await;
        }
        assert_eq!(kept(&db).await.len(), 1, "one network is one row");
        for n in 0..200_u32 {
            refuse(format!("203.0.{n}.1"), start).await;
        }
        assert_eq!(kept(&db).await.len(), 11, "from many networks at once, most are counted as one");
        assert_eq!(told(&audit, kept(&db).await.last().unwrap()).0, Opened::Nothing);
        let later = start + Duration::from_mins(11);
        assert!(!db.write(async |tx| audit.settle_counts(tx, start).await).await.unwrap());
        assert_eq!(kept(&db).await.len(), 11, "the windows are open");
        assert!(!db.write(async |tx| audit.settle_counts(tx, later).await).await.unwrap());
        let rows = kept(&db).await;
        assert_eq!(rows.len(), 13, "two were repeated");
        let times = |row: &Kept| match told(&audit, row).1 {
            Opened::Told(value) => value["again"]["times"].as_i64().unwrap(),
            other => panic!("{other:?}"),
        };
        let mut counted: Vec<i64> = rows[11..].iter().map(times).collect();
        counted.sort_unstable();
        assert_eq!(counted, [29, 190]);
        refuse("192.0.2.1".to_owned(), later).await;
        assert_eq!(kept(&db).await.len(), 14);
        assert_eq!(rows_in_order(&db, &audit).await, 14);
    }
}

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    hathor_db::testing::check_statements(hathor_audit::STATEMENTS).await;
}
