//! What strangers try.

use hathor_db::on_both;

use super::*;

/// Makes a passkey lie.
type Lying = fn(&mut Authenticator);

/// Lies of a passkey that anybody may name their person with.
fn lies() -> Vec<(&'static str, Lying)> {
    vec![
        ("another page", |p| p.lie.origin = "https://evil.example".to_owned()),
        ("a page that looks like ours", |p| p.lie.origin = "http://localhost.evil.example".to_owned()),
        ("made for another site", |p| p.lie.site = Some("evil.example".to_owned())),
        ("the other ceremony", |p| p.lie.act = Some("webauthn.create")),
        ("another challenge", |p| p.lie.challenge = Some("AAAA".to_owned())),
        ("within a foreign page", |p| p.lie.cross_origin = Some(true)),
        ("nobody there", |p| p.lie.flags = 0x04),
        ("backed up, which it cannot be", |p| p.lie.flags = 0x15),
        ("nobody known", |p| p.lie.flags = authenticator::PRESENT),
        ("no signature of this", |p| p.lie.unsigned = true),
        ("another person", |p| p.handle = Some("AAAAAAAAAAAAAAAAAAAAAA".to_owned())),
        ("nobody named", |p| p.handle = None),
        ("a passkey nobody knows", |p| p.id = vec![9; 16]),
        ("a copy", |p| p.count = 0),
    ]
}

on_both! {
    async fn no_lie_of_a_passkey_opens_an_account(db: TestDb) {
        let app = house(db).await;
        let (_, mut honest) = with_passkey(&app, "nina").await;
        enter(&app, &mut honest).await.ok();
        for (what, lie) in lies() {
            let mut liar = honest.clone();
            lie(&mut liar);
            let answer = enter(&app, &mut liar).await;
            assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (401, &json!("bad_factor")), "{what}");
        }
        enter(&app, &mut honest).await.ok();
        let noted = noted(&app).await;
        assert!(noted.contains(&"factor.passkey_copied".to_owned()) && noted.contains(&"factor.refused".to_owned()), "{noted:?}");
    }

    async fn an_answer_counts_once_and_for_five_minutes(db: TestDb) {
        let app = house(db).await;
        let (_, mut passkey) = with_passkey(&app, "nina").await;
        let proof = answered(&app, "/api/auth/passkey/begin", &json!({}), &mut passkey).await;
        let answers = futures_util::future::join_all((0..20).map(|_| async {
            app.anon().post("/api/auth/passkey/finish", &proof).await
        })).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.status == 410).count(), 19);
        let late = answered(&app, "/api/auth/passkey/begin", &json!({}), &mut passkey).await;
        later(&app, 301);
        assert_eq!(app.anon().post("/api/auth/passkey/finish", &late).await.code(410), "challenge_expired");
    }

    async fn a_passkey_opens_no_other_account_and_answers_no_other_question(db: TestDb) {
        let app = house(db).await;
        let (_, mut ninas) = with_passkey(&app, "nina").await;
        let (omar, mut omars) = with_passkey(&app, "omar").await;
        let waiting = challenge(&app, "nina").await;
        let body = json!({ "challenge": waiting });
        let foreign = answered(&app, "/api/auth/factor/passkey", &body, &mut omars).await;
        assert_eq!(factor(&app, &waiting, "passkey", foreign).await.code(401), "bad_factor");
        // an answer to one sign-in is none to another, nor to a question without a name
        let other = challenge(&app, "nina").await;
        let proof = answered(&app, "/api/auth/factor/passkey", &body, &mut ninas).await;
        assert_eq!(factor(&app, &other, "passkey", proof.clone()).await.code(410), "challenge_expired");
        assert_eq!(app.anon().post("/api/auth/passkey/finish", &proof).await.code(410), "challenge_expired");
        factor(&app, &waiting, "passkey", proof).await.ok();
        // nor does one session's question take another one's answer
        let question = omar.post_empty("/api/me/step-up/passkey").await.ok();
        let credential = omars.get(&question["options"]);
        let mut elsewhere = app.anon();
        elsewhere.adopt(&enter(&app, &mut omars).await.ok());
        let stolen = json!({ "passkey": { "ceremony": question["ceremony"], "credential": credential } });
        assert_eq!(elsewhere.post("/api/me/step-up", &stolen).await.code(410), "challenge_expired");
    }

    async fn a_passkey_that_is_no_good_is_not_kept(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        let hostile: [(&str, Lying); 6] = [
            ("another page", |p| p.lie.origin = "https://evil.example".to_owned()),
            ("another site", |p| p.lie.site = Some("evil.example".to_owned())),
            ("nobody known", |p| p.lie.flags = authenticator::PRESENT),
            ("another challenge", |p| p.lie.challenge = Some("AAAA".to_owned())),
            ("the other ceremony", |p| p.lie.act = Some("webauthn.get")),
            ("a name without end", |p| p.id = vec![1; 1_024]),
        ];
        for (what, lie) in hostile {
            let mut passkey = Authenticator::new(app.base());
            lie(&mut passkey);
            assert_eq!(offer_passkey(&nina, &mut passkey, "phone").await.code(422), "passkey_refused", "{what}");
        }
        let mut passkey = add_passkey(&app, &nina, "phone").await;
        assert_eq!(offer_passkey(&nina, &mut passkey, "again").await.code(422), "passkey_refused");
        let omar = app.fan("omar").await;
        assert_eq!(offer_passkey(&omar, &mut passkey, "hers").await.code(422), "passkey_refused");
        assert_eq!(app.ctx.db.one(PASSKEYS, []).await.unwrap().unwrap().count, 1);
    }

    async fn the_question_of_one_session_makes_no_passkey_for_another(db: TestDb) {
        let app = house(db).await;
        let (nina, omar) = (app.fan("nina").await, app.fan("omar").await);
        let question = nina.post_empty("/api/me/factors/passkeys/begin").await.ok();
        let mut passkey = Authenticator::new(app.base());
        let body = json!({ "ceremony": question["ceremony"], "name": "x", "credential": passkey.create(&question["options"]) });
        assert_eq!(omar.post("/api/me/factors/passkeys", &body).await.code(410), "challenge_expired");
        assert_eq!(nina.post("/api/me/factors/passkeys", &body).await.status, 201);
        assert_eq!(nina.post("/api/me/factors/passkeys", &body).await.code(410), "challenge_expired");
    }

    async fn codes_that_are_none_or_not_of_now_open_nothing(db: TestDb) {
        let app = house(db).await;
        let (_, phone, _) = with_app(&app, "nina").await;
        let spent = phone.code(&app, 0); // it confirmed the app
        let waiting = challenge(&app, "nina").await;
        for none in ["1234567", "12345", "abcdef", "", "12 34 5", "１２３４５６", "0x1234"] {
            assert_eq!(factor(&app, &waiting, "totp", json!(none)).await.fields(422), ["totp"], "{none}");
        }
        for none in ["", "123456", "not-a-code", "01234-56789-abcde-fghjk-mnpqr"] {
            assert_eq!(factor(&app, &waiting, "recovery_code", json!(none)).await.fields(422), ["recovery_code"], "{none}");
        }
        assert_eq!(factor(&app, &waiting, "totp", json!(spent)).await.code(401), "bad_factor");
        for steps in [-3, 3] {
            assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, steps))).await.code(401), "bad_factor", "{steps}");
        }
        later(&app, 60);
        factor(&app, &waiting, "totp", json!(phone.code(&app, 1))).await.ok();
        // whoever reads it over her shoulder comes too late, and so does the code before it
        let waiting = challenge(&app, "nina").await;
        for steps in [1, 0, -1] {
            assert_eq!(factor(&app, &waiting, "totp", json!(phone.code(&app, steps))).await.code(401), "bad_factor", "{steps}");
        }
    }

    async fn bodies_that_say_too_much_or_too_little_are_refused(db: TestDb) {
        let app = house(db).await;
        let (_, _, codes) = with_app(&app, "nina").await;
        let waiting = challenge(&app, "nina").await;
        let anon = app.anon();
        for body in [
            json!({ "challenge": waiting }),
            json!({ "challenge": waiting, "totp": null }),
            json!({ "challenge": waiting, "totp": 123_456 }),
            json!({ "challenge": waiting, "totp": "123456", "recovery_code": codes[0] }),
            json!({ "challenge": waiting, "recovery_code": codes[0], "user": "omar" }),
            json!({ "challenge": waiting, "passkey": {} }),
            json!({ "totp": "123456" }),
        ] {
            assert_eq!(anon.post("/api/auth/factor", &body).await.code(422), "invalid", "{body}");
        }
        for unknown in ["", "x", "\0", &"A".repeat(43), &"é".repeat(100_000)] {
            let body = json!({ "challenge": unknown, "recovery_code": codes[0] });
            assert_eq!(anon.post("/api/auth/factor", &body).await.code(410), "challenge_expired");
            let body = json!({ "challenge": unknown });
            assert_eq!(anon.post("/api/auth/factor/passkey", &body).await.code(410), "challenge_expired");
        }
        factor(&app, &waiting, "recovery_code", json!(codes[0])).await.ok();
    }

    async fn a_house_without_a_name_has_no_passkeys_and_says_why(db: TestDb) {
        let app = TestApp::with(db, features, |config| config.http.listen = "192.168.1.7:80".parse().unwrap()).await;
        let nina = app.fan("nina").await;
        assert_eq!(nina.get("/api/me/factors").await.ok()["passkeys_offered"], false);
        assert_eq!(nina.post_empty("/api/me/factors/passkeys/begin").await.code(409), "passkeys_unavailable");
        assert_eq!(app.anon().post("/api/auth/passkey/begin", &json!({})).await.code(409), "passkeys_unavailable");
    }

    async fn the_site_is_what_the_operator_says_whatever_the_request_says(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.http.public_url = Some("https://music.example".parse().unwrap());
        }).await;
        let nina = app.fan("nina").await;
        let request = nina.request(reqwest::Method::POST, "/api/me/factors/passkeys/begin");
        let request = request.header("host", "evil.example").header("x-forwarded-host", "evil.example");
        assert_eq!(nina.send(request).await.ok()["options"]["rp"]["id"], "music.example");
        let mut phished = Authenticator::new("https://evil.example");
        assert_eq!(offer_passkey(&nina, &mut phished, "x").await.code(422), "passkey_refused");
        let mut honest = Authenticator::new("https://music.example");
        assert_eq!(offer_passkey(&nina, &mut honest, "x").await.status, 201);
    }
}
