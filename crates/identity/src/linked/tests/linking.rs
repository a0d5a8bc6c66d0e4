//! Linking and unlinking.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;
use crate::tests::bearer;

const SETTINGS: &str = "/settings/security";

on_both! {
    async fn a_person_links_a_provider_and_comes_in_by_it(db: TestDb) {
        let (app, _) = scene(db).await;
        let nina = bearer(&app, &sign_up(&app, "omar").await);
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.link(&nina, "corp").await), format!("{SETTINGS}?linked=corp"));
        assert_eq!(to(&browser.link(&nina, "corp").await), format!("{SETTINGS}?linked=corp"), "twice is once");
        let again = Browser::new(&app);
        assert_eq!(to(&again.trip("corp", "/").await), "/");
        assert_eq!(again.persona().await.get("/api/me").await.ok()["username"], "omar");
        assert_eq!(told(&app, "linked.added").await, 1);
        app.run_jobs().await;
        assert!(app.mails().iter().any(|mail| mail.contains("To: omar@example.org") && mail.contains("Another account signs in")));
    }

    async fn linking_needs_a_fresh_session_that_still_lives(db: TestDb) {
        let (app, _) = scene(db).await;
        let browser = Browser::new(&app);
        assert_eq!(browser.start_linking(&app.anon(), "corp").await.code(401), "unauthenticated");
        let signed_up = sign_up(&app, "omar").await;
        let omar = bearer(&app, &signed_up);
        assert_eq!(browser.start_linking(&omar, "nobody").await.code(404), "not_found");
        let door = browser.start_linking(&omar, "corp").await.ok();
        let back = browser.visit(door["url"].as_str().unwrap()).await;
        omar.post_empty("/api/auth/logout").await;
        assert_eq!(to(&browser.get(&back).await), format!("{SETTINGS}?problem=session_ended"));
        let omar = bearer(&app, &sign_in(&app, "omar", crate::tests::PHRASE).await);
        app.ctx.clock.advance(Duration::from_secs(200));
        browser.start_linking(&omar, "corp").await.ok();
        assert_eq!(count(&app, LINKED).await, 0);
    }

    async fn what_was_proved_long_ago_is_no_proof(db: TestDb) {
        let (app, _) = scene_with(db, |config| config.auth.fresh_s = 60).await;
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        app.ctx.clock.advance(Duration::from_secs(61));
        assert_eq!(Browser::new(&app).start_linking(&omar, "corp").await.code(403), "step_up_required");
        assert_eq!(omar.delete("/api/me/linked/corp").await.code(403), "step_up_required");
    }

    async fn an_identity_belongs_to_one_account(db: TestDb) {
        let (app, _) = scene(db).await;
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        let lena = bearer(&app, &sign_up(&app, "lena").await);
        Browser::new(&app).link(&omar, "corp").await;
        let taken = Browser::new(&app).link(&lena, "corp").await;
        assert_eq!(to(&taken), format!("{SETTINGS}?problem=already_linked"));
        assert_eq!(lena.get("/api/me/linked").await.ok()["items"], json!([]));
    }

    async fn an_account_has_one_identity_of_a_provider(db: TestDb) {
        let (app, provider) = scene(db).await;
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        Browser::new(&app).link(&omar, "corp").await;
        provider.act(|act| act.claims["sub"] = json!("another"));
        assert_eq!(to(&Browser::new(&app).link(&omar, "corp").await), format!("{SETTINGS}?problem=already_linked"));
    }

    async fn both_sides_proved_the_same_address(db: TestDb) {
        let (app, _) = scene(db).await;
        sign_up(&app, "nina").await.ok();
        prove(&app, "nina").await;
        let browser = Browser::new(&app);
        assert_eq!(to(&browser.trip("corp", "/").await), "/");
        assert_eq!(browser.persona().await.get("/api/me").await.ok()["username"], "nina");
        assert_eq!((told(&app, "linked.added").await, count(&app, ACCOUNTS).await), (1, 1));
        app.run_jobs().await;
        assert!(app.mails().iter().any(|mail| mail.contains("Another account signs in")));
    }

    async fn the_last_way_in_stays(db: TestDb) {
        let (app, _) = scene(db).await;
        let nina = settle(&app, "nina").await.persona().await;
        assert_eq!(nina.delete("/api/me/linked/corp").await.code(409), "last_way_in");
        Browser::new(&app).link(&nina, "git").await;
        assert_eq!(nina.delete("/api/me/linked/corp").await.status, 204);
        assert_eq!(nina.delete("/api/me/linked/corp").await.code(404), "not_found");
        assert_eq!(nina.delete("/api/me/linked/git").await.code(409), "last_way_in");
        assert_eq!(told(&app, "linked.removed").await, 1);
        app.run_jobs().await;
        assert!(app.mails().iter().any(|mail| mail.contains("no longer signs in")));
    }

    async fn of_two_that_go_at_once_one_stays(db: TestDb) {
        let (app, _) = scene(db).await;
        let nina = settle(&app, "nina").await.persona().await;
        Browser::new(&app).link(&nina, "git").await;
        let answers = join_all(["corp", "git"].map(async |id| nina.delete(&format!("/api/me/linked/{id}")).await)).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 1);
        assert_eq!(count(&app, LINKED).await, 1);
    }

    async fn with_a_password_every_link_may_go(db: TestDb) {
        let (app, _) = scene(db).await;
        let omar = bearer(&app, &sign_up(&app, "omar").await);
        Browser::new(&app).link(&omar, "corp").await;
        assert_eq!(omar.delete("/api/me/linked/corp").await.status, 204);
        sign_in(&app, "omar", crate::tests::PHRASE).await.ok();
        // who comes now is a stranger again
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), "/welcome");
    }
}
