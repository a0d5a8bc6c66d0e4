//! What administrators see of the trail, told over HTTP.

use std::time::Duration;

use hathor_core::{Secret, UserId};
use hathor_db::{on_both, testing::TestDb};
use hathor_kit::{
    testing::{Persona, TestApp},
    viewer::Role,
};
use serde_json::{Value, json};

use super::*;
use crate::{
    accounts,
    tests::{PHRASE, bearer, cookie, features, house, refresh, sign_in, sign_up},
};

async fn admin(app: &TestApp) -> Persona {
    app.settle("ada", Role::Admin).await
}

async fn rows(ada: &Persona, question: &str) -> Vec<Value> {
    ada.get(&format!("/api/admin/audit{question}")).await.ok()["items"].as_array().unwrap().clone()
}

fn actions(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["action"].as_str().unwrap()).collect()
}

on_both! {
    async fn what_happens_to_an_account_stands_in_the_trail(db: TestDb) {
        let app = house(db).await;
        let ada = admin(&app).await;
        let nina = sign_up(&app, "nina").await;
        sign_in(&app, "nina", "not her phrase").await.problem(401);
        let opened = sign_in(&app, "nina", PHRASE).await;
        bearer(&app, &opened).post_empty("/api/auth/logout").await;
        accounts::set_password(&app.ctx, "nina", &Secret::new("quite another phrase")).await.unwrap();
        accounts::set_role(&app.ctx, "nina", Role::Moderator).await.unwrap();
        let rows = rows(&ada, "").await;
        assert_eq!(
            actions(&rows),
            ["account.role_changed", "password.changed", "session.ended", "session.opened", "session.refused",
                "account.registered", "session.opened"]
        );
        let id = &nina.ok()["user"]["id"];
        assert!(rows.iter().all(|row| row["subject"]["id"] == *id && row["subject"]["name"] == "nina"));
        assert_eq!((&rows[0]["actor"], &rows[1]["actor"], &rows[4]["actor"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(rows[3]["actor"]["username"], "nina");
        assert_eq!(rows[3]["ip"], "127.0.0.1");
        assert_eq!(rows[0]["changes"]["role"], json!(["user", "moderator"]));
        let sound = verify(&app.ctx, Vec::new(), &[]).await.unwrap().unwrap();
        assert_eq!(sound.rows, 7);
        let told = serde_json::to_string(&rows).unwrap();
        assert!(!told.contains(PHRASE) && !told.contains("phrase"), "{told}");
    }

    async fn rows_are_found_by_who_what_whom_and_when_and_come_in_pages(db: TestDb) {
        let app = house(db).await;
        let ada = admin(&app).await;
        let nina = sign_up(&app, "nina").await.ok()["user"]["id"].as_str().unwrap().to_owned();
        app.ctx.clock.advance(Duration::from_mins(1));
        let noon = app.ctx.now();
        sign_up(&app, "omar").await.ok();
        sign_in(&app, "nina", PHRASE).await.ok();
        assert_eq!(rows(&ada, &format!("?actor={nina}")).await.len(), 3);
        assert_eq!(actions(&rows(&ada, &format!("?subject={nina}&action=session.opened")).await).len(), 2);
        assert_eq!(rows(&ada, "?action=account.registered").await.len(), 2);
        assert_eq!(rows(&ada, &format!("?from={noon}")).await.len(), 3);
        assert_eq!(rows(&ada, &format!("?to={noon}&actor={nina}")).await.len(), 2);
        let mut seen = Vec::new();
        let mut path = "/api/admin/audit?limit=2".to_owned();
        loop {
            let page = ada.get(&path).await.ok();
            seen.extend(page["items"].as_array().unwrap().iter().map(|row| row["seq"].as_i64().unwrap()));
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!("/api/admin/audit?limit=2&cursor={cursor}");
        }
        assert_eq!(seen, [5, 4, 3, 2, 1]);
        for (question, field) in [
            ("?actor=nina", "actor"), ("?subject=x", "subject"), ("?action=eaten", "action"), ("?from=yesterday", "from"),
            ("?to=1", "to"), ("?limit=0", "limit"),
        ] {
            assert_eq!(ada.get(&format!("/api/admin/audit{question}")).await.fields(422), [field]);
        }
        assert_eq!(ada.get("/api/admin/audit?cursor=x").await.code(400), "malformed_cursor");
        assert_eq!(ada.get("/api/admin/audit?actor=x&from=y").await.fields(422), ["actor", "from"]);
    }

    async fn nobody_but_administrators_reads_it(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let omar = app.settle("omar", Role::Moderator).await;
        for path in ["/api/admin/audit", "/api/admin/audit.csv"] {
            assert_eq!(app.anon().get(path).await.code(401), "unauthenticated");
            assert_eq!(nina.get(path).await.status, 403);
            assert_eq!(omar.get(path).await.status, 403);
        }
    }

    async fn all_of_it_comes_as_a_file_that_no_table_runs(db: TestDb) {
        let app = house(db).await;
        let ada = admin(&app).await;
        let request = app.anon().request(reqwest::Method::POST, "/api/auth/login");
        let request = request.header("user-agent", "=HYPERLINK(\"http://evil.example\")");
        app.anon().send(request.json(&json!({ "login": "ada", "password": PHRASE }))).await.problem(401);
        for n in 0..3 {
            sign_up(&app, &format!("fan{n}")).await.ok();
        }
        let file = ada.get("/api/admin/audit.csv").await;
        assert_eq!(file.status, 200);
        assert!(file.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("audit.csv"));
        let text = String::from_utf8(file.body).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("seq,at,actor_id,"));
        assert_eq!(lines.len(), 9, "{text}");
        assert!(lines[1].contains("audit.exported"), "{text}");
        assert!(text.contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{text}");
        let some = ada.get("/api/admin/audit.csv?action=account.registered").await;
        assert_eq!(String::from_utf8(some.body).unwrap().lines().count(), 4);
        assert_eq!(ada.get("/api/admin/audit.csv?action=eaten").await.fields(422), ["action"]);
    }

    async fn a_stranger_who_tries_again_and_again_does_not_fill_the_trail(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.limits.login.count = 10_000;
            config.limits.api_anonymous.count = 10_000;
        })
        .await;
        let ada = admin(&app).await;
        for _ in 0..30 {
            sign_in(&app, "nobody at all", PHRASE).await;
            sign_in(&app, "somebody else", PHRASE).await;
        }
        let refused = rows(&ada, "?action=session.refused").await;
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0]["subject"]["kind"], "nobody");
        app.ctx.clock.advance(Duration::from_mins(70));
        app.run_jobs().await;
    }

    async fn the_head_is_signed_each_hour_and_leaves_the_database(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        let signed = |app: &TestApp| {
            let ctx = app.ctx.clone();
            async move {
                ctx.db.write(async |tx| ctx.jobs.enqueue(tx, &jobs::SignHead {}, hathor_jobs::Enqueue::new()).await).await
            }
        };
        signed(&app).await.unwrap();
        app.run_jobs().await;
        let heads = signed_heads(&app.ctx).await.unwrap();
        assert_eq!(heads.iter().map(|head| head.seq).collect::<Vec<_>>(), [2]);
        signed(&app).await.unwrap();
        app.run_jobs().await;
        assert_eq!(signed_heads(&app.ctx).await.unwrap().len(), 1, "nothing new happened");
        sign_in(&app, "nina", PHRASE).await.ok();
        signed(&app).await.unwrap();
        app.run_jobs().await;
        let sound = verify(&app.ctx, Vec::new(), &[]).await.unwrap().unwrap();
        assert_eq!((sound.rows, sound.heads), (3, 4), "each head is in the table and among the blobs");
    }

    async fn what_is_old_is_forgotten_and_the_rows_stay(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.audit.keep_days = 30).await;
        let nina: UserId = sign_up(&app, "nina").await.ok()["user"]["id"].as_str().unwrap().parse().unwrap();
        app.ctx.clock.advance(Duration::from_hours(24 * 32));
        app.ctx.db.write(async |tx| app.ctx.jobs.enqueue(tx, &jobs::Forget {}, hathor_jobs::Enqueue::new()).await).await.unwrap();
        app.run_jobs().await;
        let ada = admin(&app).await;
        let old = rows(&ada, &format!("?subject={nina}")).await;
        assert_eq!(actions(&old), ["account.registered", "session.opened"]);
        assert!(old.iter().all(|row| row["erased"] == true && row["ip"].is_null() && row["changes"].is_null()));
        assert_eq!(verify(&app.ctx, Vec::new(), &[]).await.unwrap().unwrap().rows, 2);
    }

    async fn a_stolen_cookie_that_is_used_again_is_noted(db: TestDb) {
        let app = house(db).await;
        let old = cookie(&sign_up(&app, "nina").await);
        refresh(&app, &old).await.ok();
        app.ctx.clock.advance(Duration::from_mins(5));
        refresh(&app, &old).await.problem(401);
        let reused = rows(&admin(&app).await, "?action=session.reused").await;
        assert_eq!(reused.len(), 1);
        assert_eq!(reused[0]["subject"]["name"], "nina");
    }
}
