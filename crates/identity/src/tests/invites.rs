//! Who may come in: invitations, doors that are shut, and age.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{on_both, row, sql};
use hathor_kit::config::sections::{Inviters, Registration};

use super::{post::letters, *};
use crate::accounts;

row! { struct Kept { email: String, age_passed: Option<i64> } }
row! { struct Used { used: i64, uses: i64, people: i64 } }
sql! {
    KEPT: Kept = "select email, age_passed from account order by id";
    USED: Used = "select used, uses, (select count(*) from invite_use u where u.invite_id = i.id) as people from invite i";
}

async fn invited_house(db: TestDb) -> TestApp {
    TestApp::with(db, features, |config| {
        config.auth.registration = Registration::Invite;
        config.auth.invites = Inviters::Everyone;
    })
    .await
}

/// The first administrator, signed in.
async fn admin(app: &TestApp) -> Persona {
    let admin = accounts::ensure_admin(&app.ctx).await.unwrap().unwrap();
    bearer(app, &sign_in(app, "admin", admin.password.reveal()).await)
}

async fn invite(who: &Persona, draft: Value) -> Value {
    let answer = who.post("/api/invites", &draft).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.ok()
}

async fn come(app: &TestApp, username: &str, code: &Value) -> Answer {
    let mut body = newcomer(username);
    body["invite"] = code.clone();
    app.anon().post("/api/auth/register", &body).await
}

on_both! {
    async fn who_is_invited_comes_in_and_who_is_not_does_not(db: TestDb) {
        let app = invited_house(db).await;
        let admin = admin(&app).await;
        let made = invite(&admin, json!({ "note": "for Nina" })).await;
        let code = &made["code"];
        assert_eq!(made["url"], json!(format!("http://localhost:8080/register#invite={}", code.as_str().unwrap())));
        assert_eq!((&made["state"], &made["uses"], &made["used"]), (&json!("open"), &json!(1), &json!(0)));
        let shown = app.anon().get(&format!("/api/auth/invites/{}", code.as_str().unwrap())).await.ok();
        assert_eq!((&shown["valid"], &shown["from"], &shown["expires_at"]), (&json!(true), &json!("admin"), &made["expires_at"]));
        let uninvited = sign_up(&app, "omar").await;
        assert_eq!((uninvited.code(403), uninvited.fields(403)), ("invite_required".to_owned(), vec!["invite".to_owned()]));
        for wrong in [json!("x"), json!("x".repeat(22)), json!("\0")] {
            let refused = come(&app, "omar", &wrong).await;
            assert_eq!((refused.code(422), refused.fields(422)), ("invite_invalid".to_owned(), vec!["invite".to_owned()]));
        }
        assert_eq!(come(&app, "nina", code).await.status, 201);
        assert_eq!(come(&app, "omar", code).await.code(422), "invite_invalid");
        let listed = admin.get("/api/invites").await.ok();
        assert_eq!((&listed["items"][0]["state"], &listed["items"][0]["note"]), (&json!("used_up"), &json!("for Nina")));
        assert!(listed["items"][0].get("code").is_none());
        let shown = app.anon().get(&format!("/api/auth/invites/{}", code.as_str().unwrap())).await.ok();
        assert_eq!(shown, json!({ "valid": false, "from": null, "expires_at": null }));
    }

    async fn of_twenty_who_share_one_invitation_one_comes_in(db: TestDb) {
        let app = invited_house(db).await;
        let code = invite(&admin(&app).await, json!({})).await["code"].clone();
        let answers = join_all((0..20).map(async |n| come(&app, &format!("user{n}"), &code).await)).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
        assert!(answers.iter().all(|answer| answer.status == 201 || answer.code(422) == "invite_invalid"));
        assert_eq!(app.ctx.db.all(KEPT, []).await.unwrap().len(), 2, "the administrator and one more");
        let used = app.ctx.db.all(USED, []).await.unwrap().remove(0);
        assert_eq!((used.used, used.uses, used.people), (1, 1, 1));
    }

    async fn an_invitation_for_three_lets_three_in(db: TestDb) {
        let app = invited_house(db).await;
        let code = invite(&admin(&app).await, json!({ "uses": 3 })).await["code"].clone();
        let answers = join_all((0..8).map(async |n| come(&app, &format!("user{n}"), &code).await)).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 3);
    }

    async fn who_is_refused_for_another_reason_uses_nothing_up(db: TestDb) {
        let app = invited_house(db).await;
        let code = invite(&admin(&app).await, json!({})).await["code"].clone();
        let mut body = newcomer("admin_2");
        body["invite"] = code.clone();
        body["password"] = json!("weak");
        assert_eq!(app.anon().post("/api/auth/register", &body).await.fields(422), ["password"]);
        // names are told to those alone who may come in
        let mut taken = newcomer("other");
        taken["email"] = json!("nina@example.org");
        assert_eq!(come(&app, "nina", &code).await.status, 201);
        assert_eq!(app.anon().post("/api/auth/register", &taken).await.code(403), "invite_required");
    }

    async fn an_invitation_is_over_after_its_days_or_when_it_is_taken_back(db: TestDb) {
        let app = invited_house(db).await;
        let admin = admin(&app).await;
        let short = invite(&admin, json!({ "expires_in_days": 1 })).await;
        let long = invite(&admin, json!({ "expires_in_days": 2 })).await;
        assert_eq!(admin.delete(&format!("/api/invites/{}", long["id"].as_str().unwrap())).await.status, 204);
        assert_eq!(come(&app, "nina", &long["code"]).await.code(422), "invite_invalid");
        app.ctx.clock.advance(Duration::from_hours(24));
        assert_eq!(come(&app, "nina", &short["code"]).await.code(422), "invite_invalid");
        let again = sign_in(&app, "admin", "whatever it is, it is wrong").await;
        assert_eq!(again.code(401), "bad_credentials");
    }

    async fn everyone_invites_ten_times_a_day_where_everyone_may(db: TestDb) {
        let app = invited_house(db).await;
        let code = invite(&admin(&app).await, json!({})).await["code"].clone();
        let nina = bearer(&app, &come(&app, "nina", &code).await);
        for _ in 0..10 {
            invite(&nina, json!({})).await;
        }
        let refused = nina.post("/api/invites", &json!({})).await;
        assert_eq!((refused.code(429), refused.headers["retry-after"].to_str().unwrap()), ("limited".to_owned(), "86400"));
        assert_eq!(nina.post("/api/invites", &json!({ "uses": 11 })).await.fields(422), ["uses"]);
    }

    async fn what_an_invitation_cannot_be_is_told_field_by_field(db: TestDb) {
        let app = invited_house(db).await;
        let admin = admin(&app).await;
        for (field, value) in [
            ("note", json!("x".repeat(101))), ("note", json!("a\0b")), ("note", json!(7)), ("email", json!("nina")),
            ("email", json!("ni\0na@example.org")), ("uses", json!(0)), ("uses", json!(101)), ("uses", json!(-1)), ("uses", json!("3")),
            ("expires_in_days", json!(0)), ("expires_in_days", json!(91)), ("expires_in_days", json!(1.5)), ("code", json!("mine")),
        ] {
            let answer = admin.post("/api/invites", &json!({ field: value })).await;
            assert_eq!(answer.fields(422), [field], "{field}: {value}");
        }
        let all = json!({ "note": "x".repeat(101), "email": "x", "uses": 0, "expires_in_days": 0 });
        assert_eq!(admin.post("/api/invites", &all).await.fields(422), ["note", "email", "uses", "expires_in_days"]);
    }

    async fn only_administrators_invite_unless_the_house_says_otherwise(db: TestDb) {
        let app = house(db).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        assert_eq!(nina.post("/api/invites", &json!({})).await.code(403), "forbidden");
        assert_eq!(app.anon().post("/api/invites", &json!({})).await.code(401), "unauthenticated");
        assert_eq!(nina.get("/api/invites").await.ok()["items"], json!([]));
    }

    async fn a_strangers_invitation_is_none_to_take_back(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.invites = Inviters::Everyone).await;
        let admin = admin(&app).await;
        let nina = bearer(&app, &sign_up(&app, "nina").await);
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        let hers = format!("/api/invites/{}", invite(&nina, json!({})).await["id"].as_str().unwrap());
        assert_eq!(omar.delete(&hers).await.code(404), "not_found");
        assert_eq!(omar.delete("/api/invites/x").await.code(400), "malformed_id");
        for who in [&admin, &nina] {
            assert_eq!(who.delete(&hers).await.status, 204);
        }
        assert_eq!(nina.get("/api/invites").await.ok()["items"][0]["state"], "revoked");
    }

    async fn an_invitation_travels_by_mail_and_the_address_is_not_kept(db: TestDb) {
        let app = invited_house(db).await;
        let made = invite(&admin(&app).await, json!({ "email": "nina@example.org", "note": "<b>free money</b>" })).await;
        let post = letters(&app, "nina@example.org").await;
        assert_eq!(post.len(), 1);
        assert!(post[0].contains(&format!("/register#invite={}", made["code"].as_str().unwrap())), "{}", post[0]);
        assert!(!post[0].contains("free money"));
        assert!(made.get("email").is_none());
    }

    async fn in_an_open_house_an_invitation_that_is_over_is_as_good_as_none(db: TestDb) {
        let app = house(db).await;
        let code = invite(&admin(&app).await, json!({})).await["code"].clone();
        assert_eq!(come(&app, "nina", &code).await.status, 201);
        assert_eq!(come(&app, "omar", &code).await.status, 201);
        assert_eq!(app.ctx.db.all(USED, []).await.unwrap()[0].people, 1);
    }

    async fn a_closed_house_takes_nobody_in_whatever_they_bring(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.registration = Registration::Closed).await;
        let code = invite(&admin(&app).await, json!({})).await["code"].clone();
        assert_eq!(come(&app, "nina", &code).await.code(403), "registration_closed");
        assert_eq!(app.anon().get(&format!("/api/auth/invites/{}", code.as_str().unwrap())).await.ok()["valid"], false);
        assert_eq!(app.anon().get("/api/auth/options").await.ok()["registration"], "closed");
    }

    async fn the_options_say_what_is_asked(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.auth.registration = Registration::Invite;
            config.auth.minimum_age = 16;
            config.mail.url = Some("smtp://mail.example".to_owned());
            config.mail.from = "Hathor <music@example.org>".to_owned();
        })
        .await;
        let options = app.anon().get("/api/auth/options").await.ok();
        assert_eq!((&options["registration"], &options["minimum_age"]), (&json!("invite"), &json!(16)));
        assert_eq!((&options["verify_email"], &options["providers"]), (&json!(true), &json!([])));
        assert!(options["passkeys"].is_boolean());
    }

    async fn who_is_too_young_leaves_nothing_behind(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.minimum_age = 16).await;
        let now = app.ctx.now();
        let years = |years: u64| (now - Duration::from_hours(24 * 365 * years)).to_string()[..10].to_owned();
        let with = |born: Value| { let mut body = newcomer("nina"); body["birth_date"] = born; body };
        let try_it = async |born: Value| app.anon().post("/api/auth/register", &with(born)).await;
        assert_eq!(sign_up(&app, "nina").await.fields(422), ["birth_date"]);
        for wrong in [json!(""), json!("yesterday"), json!("2010-02-30"), json!("1850-01-01"), json!("3000-01-01"), json!(2010)] {
            assert_eq!(try_it(wrong.clone()).await.fields(422), ["birth_date"], "{wrong}");
        }
        let refused = try_it(json!(years(12))).await;
        assert_eq!(refused.code(403), "too_young");
        assert!(!String::from_utf8_lossy(&refused.body).contains("nina"));
        assert!(app.ctx.db.all(KEPT, []).await.unwrap().is_empty());
        app.run_jobs().await;
        assert!(app.mails().is_empty());
        try_it(json!(years(17))).await.ok();
        assert_eq!(app.ctx.db.all(KEPT, []).await.unwrap()[0].age_passed, Some(16));
    }

    async fn where_nobody_asks_a_date_of_birth_is_not_looked_at(db: TestDb) {
        let app = house(db).await;
        let mut body = newcomer("nina");
        body["birth_date"] = json!("no day at all");
        app.anon().post("/api/auth/register", &body).await.ok();
        assert_eq!(app.ctx.db.all(KEPT, []).await.unwrap()[0].age_passed, None);
        assert_eq!(app.anon().get("/api/auth/options").await.ok()["minimum_age"], json!(null));
    }
}
