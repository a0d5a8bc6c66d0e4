//! The refresh cookie: rotated, forgiven for a moment, never used twice.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{on_both, row, sql};
use hathor_jobs::Enqueue;

use super::*;
use crate::jobs::ForgetSessions;

row! { struct Count { sessions: i64 } }
row! { struct Ended { end_reason: Option<String> } }
sql! {
    COUNT: Count = "select count(*) as sessions from session";
    ENDED: Ended = "select end_reason from session order by id";
}

async fn sessions(app: &TestApp) -> i64 {
    app.ctx.db.one(COUNT, []).await.unwrap().unwrap().sessions
}

async fn after_the_sweep(app: &TestApp) -> i64 {
    let queued =
        app.ctx.db.write(async |tx| app.ctx.jobs.enqueue(tx, &ForgetSessions {}, Enqueue::new()).await).await;
    queued.unwrap();
    app.run_jobs().await;
    sessions(app).await
}

fn days(count: u64) -> Duration {
    Duration::from_hours(24 * count)
}

on_both! {
    async fn each_use_makes_the_next_cookie_and_a_token_that_works(db: TestDb) {
        let app = house(db).await;
        let first = cookie(&sign_up(&app, "nina").await);
        let answer = refresh(&app, &first).await;
        assert_eq!(answer.ok()["user"]["username"], "nina");
        assert_eq!(bearer(&app, &answer).get("/api/me").await.status, 200);
        let second = cookie(&answer);
        assert_ne!(first, second);
        assert_ne!(cookie(&refresh(&app, &second).await), second);
    }

    async fn a_cookie_that_was_just_replaced_gets_the_same_successor(db: TestDb) {
        let app = house(db).await;
        let first = cookie(&sign_up(&app, "nina").await);
        let second = cookie(&refresh(&app, &first).await);
        app.ctx.clock.advance(Duration::from_secs(20));
        assert_eq!(cookie(&refresh(&app, &first).await), second);
        assert_ne!(cookie(&refresh(&app, &second).await), second);
    }

    async fn a_copied_cookie_ends_the_session_for_thief_and_owner(db: TestDb) {
        let app = house(db).await;
        let first = cookie(&sign_up(&app, "nina").await);
        let second = cookie(&refresh(&app, &first).await);
        app.ctx.clock.advance(Duration::from_secs(21));
        assert_eq!(refresh(&app, &first).await.code(401), "session_ended");
        assert_eq!(refresh(&app, &second).await.code(401), "session_ended");
        let ended = app.ctx.db.all(ENDED, []).await.unwrap();
        assert_eq!(ended[0].end_reason.as_deref(), Some("reused"));
        sign_in(&app, "nina", PHRASE).await.ok();
    }

    async fn a_cookie_of_two_uses_ago_is_a_copy_even_within_the_moment(db: TestDb) {
        let app = house(db).await;
        let first = cookie(&sign_up(&app, "nina").await);
        let second = cookie(&refresh(&app, &first).await);
        let third = cookie(&refresh(&app, &second).await);
        assert_eq!(refresh(&app, &first).await.code(401), "session_ended");
        assert_eq!(refresh(&app, &third).await.code(401), "session_ended");
    }

    async fn ten_tabs_at_once_share_one_successor(db: TestDb) {
        let app = house(db).await;
        let mut now = cookie(&sign_up(&app, "nina").await);
        for _ in 0..2 {
            let answers = join_all((0..10).map(|_| refresh(&app, &now))).await;
            let next: std::collections::HashSet<String> = answers.iter().map(cookie).collect();
            assert_eq!(next.len(), 1);
            now = next.into_iter().next().unwrap();
        }
        refresh(&app, &now).await.ok();
        assert_eq!(sessions(&app).await, 1);
    }

    async fn one_device_does_not_end_another(db: TestDb) {
        let app = house(db).await;
        let phone = cookie(&sign_up(&app, "nina").await);
        let laptop = cookie(&sign_in(&app, "nina", PHRASE).await);
        from_page(&app, "/api/auth/logout", &phone).await;
        refresh(&app, &laptop).await.ok();
        assert_eq!(refresh(&app, &phone).await.code(401), "session_ended");
    }

    async fn a_device_not_seen_for_a_month_is_signed_out(db: TestDb) {
        let app = house(db).await;
        let first = cookie(&sign_up(&app, "nina").await);
        app.ctx.clock.advance(days(29));
        let second = cookie(&refresh(&app, &first).await);
        app.ctx.clock.advance(days(30));
        assert_eq!(refresh(&app, &second).await.code(401), "session_ended");
    }

    async fn a_device_is_signed_out_after_ninety_days_however_often_it_was_seen(db: TestDb) {
        let app = house(db).await;
        let mut now = cookie(&sign_up(&app, "nina").await);
        for _ in 0..4 {
            app.ctx.clock.advance(days(22));
            now = cookie(&refresh(&app, &now).await);
        }
        let last = refresh(&app, &now).await;
        assert!(last.headers["set-cookie"].to_str().unwrap().ends_with("Max-Age=172800"), "two days are left");
        app.ctx.clock.advance(days(2));
        assert_eq!(refresh(&app, &cookie(&last)).await.code(401), "session_ended");
    }

    async fn without_a_cookie_there_is_nobody_to_refresh(db: TestDb) {
        let app = house(db).await;
        assert_eq!(app.anon().post_empty("/api/auth/refresh").await.code(401), "unauthenticated");
        assert_eq!(refresh(&app, "rt=nonsense").await.code(401), "session_ended");
        assert_eq!(refresh(&app, "other=1").await.code(401), "unauthenticated");
    }

    async fn sessions_long_over_are_forgotten_and_others_are_not(db: TestDb) {
        let app = house(db).await;
        let phone = cookie(&sign_up(&app, "nina").await);
        from_page(&app, "/api/auth/logout", &phone).await;
        app.ctx.clock.advance(days(29));
        let laptop = cookie(&sign_in(&app, "nina", PHRASE).await);
        assert_eq!(after_the_sweep(&app).await, 2);
        app.ctx.clock.advance(days(2));
        assert_eq!(after_the_sweep(&app).await, 1);
        refresh(&app, &laptop).await.ok();
    }
}
