//! What administrators do to other people's accounts.

use std::time::Duration;

use hathor_db::{on_both, row, sql, testing::TestDb};
use hathor_kit::{
    testing::{Persona, TestApp},
    viewer::Role,
};
use serde_json::{Value, json};

use crate::{
    accounts,
    tests::{PHRASE, bearer, cookie, house, refresh, sign_in, sign_up},
};

row! { struct Count { admins: i64 } }
sql! { ADMINS: Count = "select count(*) as admins from account where role = 'admin' and banned_at is null"; }

#[tokio::test]
async fn the_statements_of_these_stories_prepare() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}

/// Someone with that role who has just signed in.
async fn someone(app: &TestApp, name: &str, role: Role) -> Persona {
    sign_up(app, name).await.ok();
    accounts::set_role(&app.ctx, name, role).await.unwrap();
    bearer(app, &sign_in(app, name, PHRASE).await)
}

fn path(person: &Persona) -> String {
    format!("/api/admin/users/{}", person.id.unwrap())
}

fn names(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["username"].as_str().unwrap()).collect()
}

on_both! {
    async fn a_banned_account_is_out_at_once_and_told_so_only_with_its_password(db: TestDb) {
        let app = house(db).await;
        let ada = someone(&app, "ada", Role::Admin).await;
        let signed_up = sign_up(&app, "omar").await;
        let omar = bearer(&app, &signed_up);
        assert_eq!(omar.get("/api/me").await.status, 200);
        let banned = ada.patch(&path(&omar), &json!({ "banned": true, "ban_reason": "sold stolen songs" })).await.ok();
        assert!(banned["banned_at"].is_string() && banned["ban_reason"] == "sold stolen songs", "{banned}");
        assert_eq!(omar.get("/api/me").await.code(401), "session_ended");
        assert_eq!(refresh(&app, &cookie(&signed_up)).await.code(401), "session_ended");
        assert_eq!(sign_in(&app, "omar", "not his phrase at all").await.code(401), "bad_credentials");
        let told = sign_in(&app, "omar", PHRASE).await.problem(403);
        assert_eq!((&told["code"], &told["detail"]), (&json!("account_banned"), &json!("sold stolen songs")));
        assert_eq!(ada.patch(&path(&omar), &json!({ "banned": false })).await.ok()["banned_at"], Value::Null);
        assert_eq!(refresh(&app, &cookie(&signed_up)).await.code(401), "session_ended");
        sign_in(&app, "omar", PHRASE).await.ok();
    }

    async fn a_new_role_is_felt_at_once(db: TestDb) {
        let app = house(db).await;
        let ada = someone(&app, "ada", Role::Admin).await;
        let signed_up = sign_up(&app, "nina").await;
        let nina = bearer(&app, &signed_up);
        assert_eq!(nina.get("/api/admin/users").await.code(403), "forbidden");
        assert_eq!(ada.patch(&path(&nina), &json!({ "role": "admin" })).await.ok()["role"], "admin");
        assert_eq!(nina.get("/api/admin/users").await.code(401), "token_expired");
        let nina = bearer(&app, &refresh(&app, &cookie(&signed_up)).await);
        assert_eq!(nina.get("/api/admin/users").await.status, 200);
        assert_eq!(nina.patch(&path(&ada), &json!({ "role": "user" })).await.ok()["role"], "user");
        assert_eq!(ada.get("/api/admin/users").await.code(401), "token_expired");
    }

    async fn the_last_administrator_stays_one(db: TestDb) {
        let app = house(db).await;
        let ada = someone(&app, "ada", Role::Admin).await;
        assert_eq!(ada.patch(&path(&ada), &json!({ "role": "user" })).await.code(409), "last_admin");
        assert_eq!(accounts::set_role(&app.ctx, "ada", Role::User).await.unwrap_err().code.as_str(), "last_admin");
        let bob = someone(&app, "bob", Role::Admin).await;
        assert_eq!(ada.patch(&path(&bob), &json!({ "banned": true })).await.status, 200);
        assert_eq!(ada.patch(&path(&ada), &json!({ "role": "moderator" })).await.code(409), "last_admin");
        assert_eq!(ada.patch(&path(&ada), &json!({ "banned": true })).await.code(422), "invalid");
        assert_eq!(ada.patch(&path(&bob), &json!({ "banned": false })).await.status, 200);
        assert_eq!(ada.patch(&path(&ada), &json!({ "role": "moderator" })).await.ok()["role"], "moderator");
    }

    async fn two_administrators_who_demote_each_other_at_once_leave_one(db: TestDb) {
        let app = house(db).await;
        for round in 0..5_u32 {
            let names = [format!("ada{round}"), format!("bob{round}")];
            let (ada, bob) = (someone(&app, &names[0], Role::Admin).await, someone(&app, &names[1], Role::Admin).await);
            if let Some(before) = round.checked_sub(1) {
                for name in ["ada", "bob"] {
                    accounts::set_role(&app.ctx, &format!("{name}{before}"), Role::User).await.unwrap();
                }
            }
            let (demote, ban) = (json!({ "role": "user" }), json!({ "banned": true }));
            let (adas, bobs) = (path(&ada), path(&bob));
            let (one, two) = tokio::join!(ada.patch(&bobs, &demote), bob.patch(&adas, &ban));
            let left = app.ctx.db.one(ADMINS, []).await.unwrap().unwrap().admins;
            assert_eq!(left, 1, "{} {}", one.status, two.status);
        }
    }

    async fn administrators_find_accounts_page_by_page(db: TestDb) {
        let app = house(db).await;
        let ada = someone(&app, "ada", Role::Admin).await;
        for name in ["nina", "Nino", "o_mar", "oxmar"] {
            // ids of one moment have no order
            app.ctx.clock.advance(Duration::from_secs(1));
            sign_up(&app, name).await.ok();
        }
        assert_eq!(names(&ada.get("/api/admin/users").await.ok()), ["oxmar", "o_mar", "Nino", "nina", "ada"]);
        assert_eq!(names(&ada.get("/api/admin/users?q=NIN").await.ok()), ["Nino", "nina"]);
        assert_eq!(names(&ada.get("/api/admin/users?q=o_m").await.ok()), ["o_mar"]);
        assert_eq!(names(&ada.get("/api/admin/users?q=%25").await.ok()), Vec::<&str>::new());
        assert_eq!(names(&ada.get("/api/admin/users?q=nina@example").await.ok()), ["nina"]);
        let first = ada.get("/api/admin/users?limit=2").await.ok();
        let cursor = first["next_cursor"].as_str().unwrap();
        let second = ada.get(&format!("/api/admin/users?limit=2&cursor={cursor}")).await.ok();
        assert_eq!((names(&first), names(&second)), (vec!["oxmar", "o_mar"], vec!["Nino", "nina"]));
        assert!(first["items"][0]["last_used_at"].is_string());
    }

    async fn nobody_else_may_and_what_makes_no_sense_is_refused(db: TestDb) {
        let app = house(db).await;
        let ada = someone(&app, "ada", Role::Admin).await;
        let mona = someone(&app, "mona", Role::Moderator).await;
        assert_eq!(app.anon().get("/api/admin/users").await.code(401), "unauthenticated");
        assert_eq!(mona.get("/api/admin/users").await.code(403), "forbidden");
        assert_eq!(mona.patch(&path(&ada), &json!({ "role": "user" })).await.code(403), "forbidden");
        for (body, field) in [
            (json!({ "role": "king" }), "role"),
            (json!({ "plan": "gold" }), "plan"),
            (json!({ "ban_reason": "why not" }), "ban_reason"),
            (json!({ "banned": true, "ban_reason": " " }), "ban_reason"),
            (json!({ "banned": true, "ban_reason": "x".repeat(501) }), "ban_reason"),
            (json!({ "banned": "yes" }), "banned"),
        ] {
            let problem = ada.patch(&path(&mona), &body).await.problem(422);
            assert_eq!(problem["errors"][0]["field"], field, "{problem}");
        }
        let nobody: hathor_core::UserId = app.ctx.new_id();
        assert_eq!(ada.patch(&format!("/api/admin/users/{nobody}"), &json!({ "role": "user" })).await.code(404), "not_found");
        assert_eq!(ada.patch("/api/admin/users/7", &json!({})).await.code(400), "malformed_id");
        app.ctx.clock.advance(Duration::from_secs(299));
        assert_eq!(ada.get("/api/admin/users").await.status, 200);
    }
}
