//! Codes of an app.

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

on_both! {
    async fn an_app_is_asked_for_after_the_password(db: TestDb) {
        let app = house(db).await;
        let (nina, phone, codes) = with_app(&app, "nina").await;
        assert_eq!(codes.len(), 10);
        let mine = nina.get("/api/me/factors").await.ok();
        assert!(mine["totp"]["created_at"].is_string() && mine["password"] == true, "{mine}");
        assert_eq!((&mine["recovery_codes_left"], &mine["passkeys"]), (&json!(10), &json!([])));

        later(&app, 30);
        let answer = login(&app, "nina").await;
        assert_eq!(answer.status, 202);
        assert!(answer.headers.get("set-cookie").is_none());
        let waiting = answer.json();
        assert_eq!(waiting["factors"], json!(["totp", "recovery_code"]));
        assert_eq!(waiting["expires_in"], 300);
        let entered = factor(&app, &waiting["challenge"], "totp", json!(phone.code(&app, 0))).await;
        assert_eq!(entered.ok()["user"]["username"], "nina");
        assert!(entered.headers.get("set-cookie").is_some());
        assert_eq!(factor(&app, &waiting["challenge"], "totp", json!(phone.code(&app, 1))).await.code(410), "challenge_expired");
        assert_eq!(noted(&app).await, ["factor.totp_added", "factor.recovery_codes_made"]);
    }

    async fn a_secret_is_shown_three_ways_and_nothing_is_asked_before_it_is_confirmed(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let offer = nina.post_empty("/api/me/factors/totp").await.ok();
        let secret = offer["secret"].as_str().unwrap();
        assert_eq!(offer["uri"], format!("otpauth://totp/Hathor:nina?secret={secret}&issuer=Hathor&algorithm=SHA1&digits=6&period=30"));
        assert!(offer["qr_svg"].as_str().unwrap().starts_with("<svg "));
        assert_eq!(login(&app, "nina").await.status, 200);
        assert_eq!(nina.post("/api/me/factors/totp/confirm", &json!({ "code": "000000" })).await.fields(422), ["code"]);
        later(&app, 2 * 3_600);
        let phone = Phone::scan(&offer);
        let mut nina = app.anon();
        nina.adopt(&login(&app, "nina").await.ok());
        let late = nina.post("/api/me/factors/totp/confirm", &json!({ "code": phone.code(&app, 0) })).await;
        assert_eq!(late.code(410), "challenge_expired");
    }

    async fn the_app_of_now_stays_until_the_next_one_shows_its_code(db: TestDb) {
        let app = house(db).await;
        let (nina, old, codes) = with_app(&app, "nina").await;
        let new = Phone::scan(&nina.post_empty("/api/me/factors/totp").await.ok());
        later(&app, 30);
        factor(&app, &challenge(&app, "nina").await, "totp", json!(old.code(&app, 0))).await.ok();
        assert_ne!(confirm(&app, &nina, &new).await, codes);
        later(&app, 30);
        let waiting = challenge(&app, "nina").await;
        assert_eq!(factor(&app, &waiting, "totp", json!(old.code(&app, 0))).await.code(401), "bad_factor");
        assert_eq!(factor(&app, &waiting, "recovery_code", json!(codes[0])).await.code(401), "bad_factor");
        factor(&app, &waiting, "totp", json!(new.code(&app, 0))).await.ok();
    }

    async fn a_code_opens_one_of_twenty_doors_at_once(db: TestDb) {
        let app = house(db).await;
        let (_, phone, _) = with_app(&app, "nina").await;
        later(&app, 30);
        let mut challenges = Vec::new();
        for _ in 0..20 {
            challenges.push(challenge(&app, "nina").await);
        }
        let code = json!(phone.code(&app, 0));
        let answers = join_all(challenges.iter().map(|challenge| factor(&app, challenge, "totp", code.clone()))).await;
        let opened = answers.iter().filter(|answer| answer.status == 200).count();
        let refused = answers.iter().filter(|answer| matches!(answer.status.as_u16(), 401 | 429)).count();
        assert_eq!((opened, refused), (1, 19), "{:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
    }

    async fn a_challenge_opens_one_session_however_many_bring_it(db: TestDb) {
        let app = house(db).await;
        let (_, _, codes) = with_app(&app, "nina").await;
        let waiting = challenge(&app, "nina").await;
        let answers = join_all(codes.iter().map(|code| factor(&app, &waiting, "recovery_code", json!(code)))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert!(answers.iter().filter(|answer| answer.status != 200).all(|answer| answer.code(410) == "challenge_expired"));
    }

    async fn five_wrong_codes_end_a_challenge_and_more_of_them_must_wait(db: TestDb) {
        let app = house(db).await;
        let (_, phone, codes) = with_app(&app, "nina").await;
        later(&app, 30);
        let waiting = challenge(&app, "nina").await;
        for left in (0..5).rev() {
            let problem = factor(&app, &waiting, "totp", json!(phone.code(&app, 50))).await.problem(401);
            assert_eq!(problem["code"], "bad_factor");
            assert_eq!(problem["detail"].as_str().unwrap().starts_with(&left.to_string()), left > 1, "{problem}");
        }
        assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, 0))).await.code(410), "challenge_expired");
        let waiting = challenge(&app, "nina").await;
        assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, 50))).await.code(401), "bad_factor");
        let held = factor(&app, &waiting, "totp", json!(phone.code(&app, 0))).await;
        assert_eq!((held.code(429).as_str(), held.headers["retry-after"].to_str().unwrap()), ("limited", "2"));
        later(&app, 3);
        factor(&app, &waiting, "totp", json!(phone.code(&app, 0))).await.ok();
        // whoever has the paper never waits
        let waiting = challenge(&app, "nina").await;
        for _ in 0..4 {
            factor(&app, &waiting, "totp", json!(phone.code(&app, 50))).await.problem(401);
        }
        factor(&app, &waiting, "recovery_code", json!(codes[0])).await.ok();
        assert!(noted(&app).await.contains(&"factor.refused".to_owned()));
    }

    async fn a_challenge_is_void_after_five_minutes_or_another_password(db: TestDb) {
        let app = house(db).await;
        let (_, phone, _) = with_app(&app, "nina").await;
        let waiting = challenge(&app, "nina").await;
        later(&app, 301);
        assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, 0))).await.code(410), "challenge_expired");
        let waiting = challenge(&app, "nina").await;
        let other = hathor_core::Secret::new("another long phrase of hers");
        crate::accounts::set_password(&app.ctx, "nina", &other).await.unwrap();
        assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, 0))).await.code(410), "challenge_expired");
    }

    async fn removing_the_app_wants_a_fresh_proof_which_the_app_can_give(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.fresh_s = 60).await;
        let (nina, phone, _) = with_app(&app, "nina").await;
        later(&app, 61);
        assert_eq!(nina.delete("/api/me/factors/totp").await.code(403), "step_up_required");
        let proof = json!({ "totp": phone.code(&app, 0) });
        nina.post("/api/me/step-up", &proof).await.ok();
        assert_eq!(nina.post("/api/me/step-up", &proof).await.code(401), "bad_factor");
        assert_eq!(nina.delete("/api/me/factors/totp").await.status, 204);
        let mine = nina.get("/api/me/factors").await.ok();
        assert_eq!((&mine["totp"], &mine["recovery_codes_left"]), (&Value::Null, &json!(0)));
        assert_eq!(login(&app, "nina").await.status, 200);
        assert_eq!(nina.delete("/api/me/factors/totp").await.code(404), "not_found");
        let letters = letters(&app).await;
        assert!(letters.contains("your account knows an app that shows codes"), "{letters}");
        assert!(letters.contains("your account no longer knows an app that shows codes"), "{letters}");
    }
}
