//! Accounts that a stranger lays out before their owner comes (Sudhodanan and Paverd, "Pre-hijacked accounts", 2022). The
//! victim is nina@example.org, whom the provider knows; the attacker is here first.

use hathor_db::on_both;

use super::*;
use crate::tests::{PHRASE, bearer};

const LINK_NEEDED: &str = "/sign-in?problem=link_needed&provider=corp";

on_both! {
    /// Classic-federated merge: the attacker signs up with her address and waits for her to come by the provider.
    async fn an_account_that_a_stranger_made_is_not_merged_with_hers(db: TestDb) {
        let (app, _) = scene(db).await;
        sign_up(&app, "nina").await.ok();
        let victim = Browser::new(&app);
        assert_eq!(to(&victim.trip("corp", "/").await), LINK_NEEDED);
        assert_eq!(victim.refresh().await.code(401), "unauthenticated");
        assert_eq!((count(&app, LINKED).await, count(&app, ACCOUNTS).await), (0, 1));
        assert_eq!(told(&app, "linked.refused").await, 1);
    }

    /// Unexpired session: the attacker stays signed in while she takes the account over.
    async fn a_strangers_session_does_not_see_her_come(db: TestDb) {
        let (app, _) = scene(db).await;
        let attacker = bearer(&app, &sign_up(&app, "nina").await);
        let victim = Browser::new(&app);
        assert_eq!(to(&victim.trip("corp", "/").await), LINK_NEEDED);
        assert_eq!(attacker.get("/api/me/linked").await.ok()["items"], json!([]));
        assert_eq!(attacker.get("/api/me").await.ok()["email_verified"], false);
    }

    /// Trojan identifier: the attacker ties an identity of their own to the account with her address.
    async fn an_identity_that_a_stranger_tied_goes_when_she_proves_the_address(db: TestDb) {
        let (app, provider) = scene(db).await;
        let attacker = bearer(&app, &sign_up(&app, "nina").await);
        provider.act(|act| act.claims = json!({ "sub": "the attacker", "email": "mallory@example.org", "email_verified": true }));
        Browser::new(&app).link(&attacker, "corp").await;
        assert_eq!(count(&app, LINKED).await, 1);
        reset_by_letter(&app, "nina@example.org").await;
        assert_eq!(count(&app, LINKED).await, 0);
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), "/welcome", "the attacker is a stranger now");
        provider.act(|act| act.claims = json!({ "sub": "nina", "email": "nina@example.org", "email_verified": true }));
        let victim = Browser::new(&app);
        assert_eq!(to(&victim.trip("corp", "/").await), "/", "and she is known to both sides");
        assert_eq!(victim.persona().await.get("/api/me").await.ok()["username"], "nina");
    }

    /// Unexpired change of address: the attacker has asked to change to her address before she comes.
    async fn a_change_to_her_address_that_is_under_way_does_not_keep_her_out(db: TestDb) {
        let (app, _) = scene(db).await;
        let attacker = bearer(&app, &sign_up(&app, "mallory").await);
        let asked = attacker.post("/api/me/email", &json!({ "email": "nina@example.org" })).await;
        assert_eq!(asked.status, 202);
        let victim = settle(&app, "nina").await;
        assert_eq!(victim.persona().await.get("/api/me").await.ok()["email"], "nina@example.org");
        assert_eq!(attacker.get("/api/me").await.ok()["email"], "mallory@example.org");
    }

    /// Non-verifying provider: the attacker has her address at a provider that asks nobody for proof.
    async fn an_address_that_nobody_verified_opens_nothing(db: TestDb) {
        let (app, provider) = scene(db).await;
        sign_up(&app, "nina").await.ok();
        prove(&app, "nina").await;
        for verified in [json!(false), json!(null), json!("no"), json!(1)] {
            provider.act(|act| act.claims["email_verified"] = verified.clone());
            let end = to(&Browser::new(&app).trip("corp", "/").await);
            assert!(end == LINK_NEEDED || end.contains("provider_failed"), "{verified}: {end}");
        }
        assert_eq!(count(&app, LINKED).await, 0);
    }

    /// The same the other way round: the attacker is here first, by such a provider.
    async fn an_account_of_an_unverified_address_is_its_owners_when_she_asks(db: TestDb) {
        let (app, provider) = scene(db).await;
        provider.act(|act| act.claims["email_verified"] = json!(false));
        let attacker = settle(&app, "nina").await;
        assert_eq!(attacker.persona().await.get("/api/me").await.ok()["email_verified"], false);
        reset_by_letter(&app, "nina@example.org").await;
        assert_eq!(count(&app, LINKED).await, 0);
        assert_eq!(attacker.refresh().await.code(401), "session_ended");
        sign_in(&app, "nina", PHRASE).await.ok();
    }

    async fn an_untrusted_providers_word_counts_for_nothing(db: TestDb) {
        let (app, _) = scene_with(db, |config| {
            config.auth.providers.get_mut("corp").unwrap().trust_email = false;
        }).await;
        sign_up(&app, "nina").await.ok();
        prove(&app, "nina").await;
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), LINK_NEEDED);
    }
}

/// She has forgotten a password that she never had, and reads the letter.
async fn reset_by_letter(app: &TestApp, email: &str) {
    assert_eq!(app.anon().post("/api/auth/forgot", &json!({ "login": email })).await.status, 202);
    app.run_jobs().await;
    let letters = app.mails().join("\n").replace("=\r\n", "").replace("=\n", "");
    let token = letters.split("/reset-password#token=").nth(1).expect("a letter with a link");
    let token = token.strip_prefix("3D").unwrap_or(token);
    let token: String =
        token.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    let reset = app.anon().post("/api/auth/reset", &json!({ "token": token, "password": PHRASE })).await;
    assert_eq!(reset.status, 204, "{}", String::from_utf8_lossy(&reset.body));
}
