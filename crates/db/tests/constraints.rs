//! A violated constraint has one name, whichever engine tells it.

use hathor_db::{Db, Error, Sql, args, on_both, sql, testing::TestDb};

sql! {
    PARENT: () = "create table parent (name text not null primary key)";
    CHILD: () = "create table child (
         room bigint not null, seat bigint not null, parent text references parent (name),
         email text not null unique, handle text not null, nick text not null, age bigint not null,
         constraint child_age_check check (age >= 0),
         primary key (room, seat))";
    BY_HANDLE: () = "create unique index child_handle_key on child (handle) where age < 100";
    BY_PAIR: () = "create unique index child_nick_and_age_key on child (nick, age)";
    BY_FOLDED: () = "create unique index child_folded_key on child (lower(nick), seat)";
    ADD_PARENT: () = "insert into parent (name) values ($1)";
    ADD: () = "insert into child (room, seat, parent, email, handle, nick, age) values ($1, $2, $3, $4, $5, $6, $7)";
}

async fn run<const N: usize>(db: &Db, sql: Sql<(), N>, args: [hathor_db::Arg; N]) -> Result<u64, Error> {
    db.write(async move |tx| tx.run(sql, args).await).await
}

async fn violated<const N: usize>(db: &Db, sql: Sql<(), N>, args: [hathor_db::Arg; N]) -> String {
    match run(db, sql, args).await {
        Err(Error::Constraint(name)) => name,
        other => panic!("no constraint was violated: {other:?}"),
    }
}

on_both! {
    async fn each_constraint_is_told_by_its_name(db: TestDb) {
        for create in [PARENT, CHILD, BY_HANDLE, BY_PAIR, BY_FOLDED] {
            run(&db, create, args![]).await.unwrap();
        }
        run(&db, ADD_PARENT, args!["eve"]).await.unwrap();
        run(&db, ADD, args![1, 1, "eve", "a@x", "abel", "Abe", 7]).await.unwrap();

        assert_eq!(violated(&db, ADD_PARENT, args!["eve"]).await, "parent_pkey");
        assert_eq!(violated(&db, ADD_PARENT, args![None::<String>]).await, "parent_name_not_null");
        assert_eq!(violated(&db, ADD, args![1, 1, "eve", "b@x", "b", "b", 7]).await, "child_pkey");
        assert_eq!(violated(&db, ADD, args![1, 2, "eve", "a@x", "b", "b", 7]).await, "child_email_key");
        assert_eq!(violated(&db, ADD, args![1, 2, "eve", "b@x", "abel", "b", 7]).await, "child_handle_key");
        assert_eq!(violated(&db, ADD, args![1, 2, "eve", "b@x", "b", "Abe", 7]).await, "child_nick_and_age_key");
        assert_eq!(violated(&db, ADD, args![2, 1, "eve", "b@x", "b", "aBE", 8]).await, "child_folded_key");
        assert_eq!(violated(&db, ADD, args![1, 2, "eve", "b@x", "b", "b", -1]).await, "child_age_check");
        assert_eq!(violated(&db, ADD, args![1, 2, "bob", "b@x", "b", "b", 7]).await, "foreign_key");
        run(&db, ADD, args![1, 2, "eve", "b@x", "abel", "b", 100]).await.unwrap();
    }
}
