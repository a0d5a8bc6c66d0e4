//! Passkeys: after a password, and instead of one.

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

on_both! {
    async fn a_passkey_signs_in_without_a_name(db: TestDb) {
        let app = house(db).await;
        let (nina, mut passkey) = with_passkey(&app, "nina").await;
        let entered = enter(&app, &mut passkey).await;
        assert_eq!(entered.ok()["user"]["username"], "nina");
        assert!(entered.headers.get("set-cookie").is_some());
        let mine = nina.get("/api/me/factors").await.ok();
        assert_eq!((&mine["passkeys"][0]["name"], &mine["passkeys_offered"]), (&json!("phone"), &json!(true)));
        assert!(mine["passkeys"][0]["last_used_at"].is_string(), "{mine}");
        assert_eq!(noted(&app).await, ["factor.passkey_added", "factor.recovery_codes_made"]);
    }

    async fn a_passkey_is_the_second_factor_after_a_password(db: TestDb) {
        let app = house(db).await;
        let (_, mut passkey) = with_passkey(&app, "nina").await;
        let answer = login(&app, "nina").await.ok();
        assert_eq!(answer["factors"], json!(["passkey", "recovery_code"]));
        let challenge = &answer["challenge"];
        let body = json!({ "challenge": challenge });
        let question = app.anon().post("/api/auth/factor/passkey", &body).await.ok();
        assert_eq!(question["options"]["userVerification"], "required");
        assert_eq!(question["options"]["allowCredentials"].as_array().unwrap().len(), 1);
        let proof = json!({ "ceremony": question["ceremony"], "credential": passkey.get(&question["options"]) });
        factor(&app, challenge, "passkey", proof.clone()).await.ok();
        assert_eq!(factor(&app, challenge, "passkey", proof).await.code(410), "challenge_expired");
    }

    async fn the_question_says_what_a_passkey_must_be(db: TestDb) {
        let app = house(db).await;
        let (nina, _) = with_passkey(&app, "nina").await;
        let options = nina.post_empty("/api/me/factors/passkeys/begin").await.ok()["options"].clone();
        assert_eq!(options["rp"], json!({ "id": "localhost", "name": "Hathor" }));
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!((&options["attestation"], &options["user"]["name"]), (&json!("none"), &json!("nina")));
        assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
        let any = app.anon().post("/api/auth/passkey/begin", &json!({})).await.ok()["options"].clone();
        assert_eq!((&any["allowCredentials"], &any["userVerification"]), (&json!([]), &json!("required")));
    }

    async fn codes_for_paper_come_with_the_first_factor_alone(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let mut phone = Authenticator::new(app.base());
        let first = offer_passkey(&nina, &mut phone, "  phone ").await.ok();
        assert_eq!((texts(&first["recovery_codes"]).len(), &first["name"]), (10, &json!("phone")));
        later(&app, 1);
        let second = offer_passkey(&nina, &mut Authenticator::new(app.base()), "key").await.ok();
        assert_eq!(second["recovery_codes"], Value::Null);
        let named: Vec<Value> = nina.get("/api/me/factors").await.ok()["passkeys"].as_array().unwrap().clone();
        assert_eq!(named.iter().map(|one| one["name"].as_str().unwrap()).collect::<Vec<_>>(), ["phone", "key"]);
    }

    async fn a_passkey_is_renamed_and_removed_by_its_owner_alone(db: TestDb) {
        let app = house(db).await;
        let (nina, _) = with_passkey(&app, "nina").await;
        let omar = app.fan("omar").await;
        let id = nina.get("/api/me/factors").await.ok()["passkeys"][0]["id"].as_str().unwrap().to_owned();
        let path = format!("/api/me/factors/passkeys/{id}");
        assert_eq!(omar.patch(&path, &json!({ "name": "mine" })).await.code(404), "not_found");
        assert_eq!(omar.delete(&path).await.code(404), "not_found");
        assert_eq!(nina.patch(&path, &json!({ "name": "" })).await.fields(422), ["name"]);
        assert_eq!(nina.patch(&path, &json!({ "name": "old phone" })).await.ok()["name"], "old phone");
        assert_eq!(nina.delete(&path).await.status, 204);
        assert_eq!(nina.delete(&path).await.code(404), "not_found");
        assert_eq!(login(&app, "nina").await.status, 200);
        assert_eq!(nina.get("/api/me/factors").await.ok()["recovery_codes_left"], 0);
        assert!(letters(&app).await.contains("your account no longer knows a passkey"));
    }

    async fn the_last_way_in_stays_even_if_two_go_at_once(db: TestDb) {
        let app = house(db).await;
        let (nina, mut phone) = with_passkey(&app, "nina").await;
        later(&app, 1); // so that the phone stands first in the list
        add_passkey(&app, &nina, "key").await;
        app.ctx.db.write(async |tx| tx.run(FORGET_PASSWORDS, []).await).await.unwrap();
        let mine = nina.get("/api/me/factors").await.ok();
        assert_eq!(mine["password"], false);
        let paths = [0, 1].map(|at| format!("/api/me/factors/passkeys/{}", mine["passkeys"][at]["id"].as_str().unwrap()));
        let answers = join_all(paths.iter().map(|path| nina.delete(path))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
        let refused = answers.iter().find(|answer| answer.status != 204).unwrap();
        assert_eq!(refused.code(409), "last_way_in");
        assert_eq!(app.ctx.db.one(PASSKEYS, []).await.unwrap().unwrap().count, 1);
        // who is left without a password signs in all the same, if it was the phone that stayed
        if answers[1].status == 204 {
            enter(&app, &mut phone).await.ok();
        }
        assert_eq!(login(&app, "nina").await.code(401), "bad_credentials");
    }

    async fn a_passkey_proves_its_person_once_more(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.auth.fresh_s = 60).await;
        let (nina, mut passkey) = with_passkey(&app, "nina").await;
        later(&app, 61);
        assert_eq!(nina.post_empty("/api/me/factors/passkeys/begin").await.code(403), "step_up_required");
        let question = nina.post_empty("/api/me/step-up/passkey").await.ok();
        assert_eq!(question["options"]["userVerification"], "required");
        let proof = json!({ "passkey": { "ceremony": question["ceremony"], "credential": passkey.get(&question["options"]) } });
        nina.post("/api/me/step-up", &proof).await.ok();
        assert_eq!(nina.post("/api/me/step-up", &proof).await.code(410), "challenge_expired");
        nina.post_empty("/api/me/factors/passkeys/begin").await.ok();
        let omar = app.fan("omar").await;
        assert_eq!(omar.post_empty("/api/me/step-up/passkey").await.code(409), "no_factor");
    }

    async fn what_nobody_came_back_for_is_cleared_away(db: TestDb) {
        let app = house(db).await;
        let (nina, _) = with_passkey(&app, "nina").await;
        nina.post_empty("/api/me/factors/passkeys/begin").await.ok();
        app.anon().post("/api/auth/passkey/begin", &json!({})).await.ok();
        challenge(&app, "nina").await;
        let waiting = async || app.ctx.db.one(WAITING, []).await.unwrap().unwrap().count;
        assert_eq!(waiting().await, 3);
        later(&app, 16 * 60);
        let job = crate::factors::ForgetSteps {};
        app.ctx.db.write(async |tx| app.ctx.jobs.enqueue(tx, &job, hathor_jobs::Enqueue::new()).await.map(drop)).await.unwrap();
        app.run_jobs().await;
        assert_eq!(waiting().await, 0);
    }
}
