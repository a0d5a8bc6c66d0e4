//! How soon a change is felt, and what it costs while nothing changes.

use std::time::Instant;

use hathor_db::{args, on_both, sql, testing::TestDb};

use super::*;
use crate::{Feature, testing::TestApp, viewer::Role};

sql! {
    END: () = "update session set ended_at = $2 where account_id = $1";
    BAN: () = "update account set banned_at = $2 where id = $1";
    PROMOTE: () = "update account set role = 'admin' where id = $1";
    NEWER: () = "update account set session_version = session_version + 1 where id = $1";
    REMOVE: () = "delete from account where id = $1";
}

#[tokio::test]
async fn the_statements_of_these_stories_prepare() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}

fn features() -> Vec<Feature> {
    vec![crate::events::feature()]
}

/// What standing says of the persona's token.
async fn asked(app: &TestApp, token: &str) -> Result<Viewer, Code> {
    let claims = app.ctx.keys.access.verify(token, app.ctx.now()).unwrap();
    app.ctx.standing.viewer(&app.ctx, &claims).await
}

async fn change(app: &TestApp, sql: hathor_db::Sql<(), 1>, user: UserId) {
    app.ctx.db.write(async |tx| tx.run(sql, args![user]).await).await.unwrap();
    account_changed(&app.ctx, user);
}

async fn change_now(app: &TestApp, sql: hathor_db::Sql<(), 2>, user: UserId) {
    app.ctx.db.write(async |tx| tx.run(sql, args![user, app.ctx.now()]).await).await.unwrap();
}

on_both! {
    async fn a_role_is_the_accounts_and_felt_at_once(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.settle("nina", Role::User).await;
        let (token, user) = (nina.token.unwrap(), nina.id.unwrap());
        assert_eq!(asked(&app, &token).await.unwrap().role, Role::User);
        change(&app, PROMOTE, user).await;
        assert_eq!(asked(&app, &token).await.unwrap().role, Role::Admin);
        change(&app, NEWER, user).await;
        assert_eq!(asked(&app, &token).await, Err(Code::TokenExpired));
        change(&app, REMOVE, user).await;
        assert_eq!(asked(&app, &token).await, Err(Code::SessionEnded));
    }

    async fn a_ban_and_an_end_are_felt_at_once_and_reach_nobody_else(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let (nina, omar) = (app.settle("nina", Role::User).await, app.settle("omar", Role::User).await);
        let (ninas, omars) = (nina.token.unwrap(), omar.token.unwrap());
        for token in [&ninas, &omars] {
            asked(&app, token).await.unwrap();
        }
        change_now(&app, BAN, nina.id.unwrap()).await;
        account_changed(&app.ctx, nina.id.unwrap());
        assert_eq!(asked(&app, &ninas).await, Err(Code::SessionEnded));
        let session = asked(&app, &omars).await.unwrap().session;
        change_now(&app, END, omar.id.unwrap()).await;
        asked(&app, &omars).await.unwrap();
        session_ended(&app.ctx, session);
        assert_eq!(asked(&app, &omars).await, Err(Code::SessionEnded));
    }

    async fn without_news_a_change_is_felt_when_the_memory_ends(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.settle("nina", Role::User).await;
        let token = nina.token.unwrap();
        asked(&app, &token).await.unwrap();
        change_now(&app, END, nina.id.unwrap()).await;
        let begun = Instant::now();
        while asked(&app, &token).await.is_ok() {
            assert!(begun.elapsed() < Duration::from_secs(5), "felt too late");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn a_reading_from_before_a_change_is_not_believed_after_it(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.settle("nina", Role::User).await;
        let viewer = asked(&app, &nina.token.unwrap()).await.unwrap();
        let standing = &app.ctx.standing;
        let old = standing.known.get(&viewer.session).unwrap();
        standing.forget(viewer.session.bytes());
        standing.known.insert(viewer.session, old);
        assert!(standing.remembered(viewer.session).is_none(), "it was begun too early");
        standing.read_now(&app.ctx.db, viewer.session).await.unwrap();
        assert!(standing.remembered(viewer.session).is_some());
        standing.forget_all();
        assert!(standing.remembered(viewer.session).is_none(), "other nodes may have told something");
    }

    async fn a_token_names_its_own_account(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let (nina, omar) = (app.settle("nina", Role::User).await, app.settle("omar", Role::Admin).await);
        let mut claims = app.ctx.keys.access.verify(&nina.token.unwrap(), app.ctx.now()).unwrap();
        claims.sub = omar.id.unwrap();
        assert_eq!(app.ctx.standing.viewer(&app.ctx, &claims).await, Err(Code::SessionEnded));
    }

    async fn open_news_end_with_the_session(db: TestDb) {
        let app = TestApp::new(db, features).await;
        let nina = app.settle("nina", Role::User).await;
        let mut news = nina.request(reqwest::Method::GET, "/api/events").send().await.unwrap();
        assert!(news.chunk().await.unwrap().is_some(), "hello");
        let session = asked(&app, nina.token.as_ref().unwrap()).await.unwrap().session;
        change_now(&app, END, nina.id.unwrap()).await;
        session_ended(&app.ctx, session);
        let end = async { while news.chunk().await.unwrap().is_some() {} };
        tokio::time::timeout(Duration::from_secs(3), end).await.expect("the stream ends");
    }
}

/// The promise is 5 µs of CPU; a debug build on a busy machine gets a hundred, so that only a mistake of kind fails.
#[tokio::test]
async fn what_is_remembered_costs_next_to_nothing() {
    let app = TestApp::new(hathor_db::testing::sqlite().await, features).await;
    let token = app.settle("nina", Role::User).await.token.unwrap();
    let claims = app.ctx.keys.access.verify(&token, app.ctx.now()).unwrap();
    app.ctx.standing.viewer(&app.ctx, &claims).await.unwrap();
    let mut best = Duration::MAX;
    for _ in 0..20 {
        let begun = Instant::now();
        for _ in 0..100 {
            app.ctx.standing.viewer(&app.ctx, &claims).await.unwrap();
        }
        best = best.min(begun.elapsed() / 100);
    }
    assert!(best < Duration::from_micros(100), "{best:?}");
}
