//! Providers that lie, and some that are only broken.

use hathor_db::on_both;

use super::*;

on_both! {
    async fn no_lie_opens_anything(db: TestDb) {
        let (app, provider) = scene(db).await;
        settle(&app, "nina").await;
        for lie in Twist::LIES {
            provider.act(|act| act.twist = lie);
            let browser = Browser::new(&app);
            let end = to(&browser.trip("corp", "/").await);
            assert_eq!(end, "/sign-in?problem=provider_failed&provider=corp", "{lie:?}");
            assert_eq!(browser.refresh().await.code(401), "unauthenticated", "{lie:?}");
        }
        assert_eq!((count(&app, SESSIONS).await, count(&app, ACCOUNTS).await), (1, 1));
        provider.act(|act| act.twist = Twist::None);
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), "/");
    }

    async fn a_document_that_lies_is_not_believed(db: TestDb) {
        let (app, provider) = scene(db).await;
        for lie in [Twist::OtherDocument, Twist::DocumentInCircles, Twist::OtherKeysServer] {
            provider.act(|act| act.twist = lie);
            let end = Browser::new(&app).start("corp", "/").await;
            assert!(end.starts_with("/sign-in?problem=provider_"), "{lie:?}: {end}");
            app.ctx.clock.advance(std::time::Duration::from_secs(11));
        }
        provider.act(|act| act.twist = Twist::None);
        assert!(Browser::new(&app).start("corp", "/").await.starts_with(&provider.url));
    }

    async fn a_private_provider_needs_the_operators_word(db: TestDb) {
        let (app, _) = scene_with(db, |config| {
            for provider in config.auth.providers.values_mut() {
                provider.own_network = false;
            }
        }).await;
        assert_eq!(Browser::new(&app).start("corp", "/").await, "/sign-in?problem=provider_unavailable&provider=corp");
        let browser = Browser::new(&app);
        let back = browser.visit(&browser.start("git", "/").await).await;
        assert_eq!(to(&browser.get(&back).await), "/sign-in?problem=provider_failed&provider=git");
    }

    async fn a_provider_that_is_away_is_told_apart_and_left_alone(db: TestDb) {
        let (app, provider) = scene_with(db, |config| {
            let corp = config.auth.providers.get_mut("corp").unwrap();
            corp.issuer = Some("http://127.0.0.1:9".to_owned());
        }).await;
        for _ in 0..2 {
            assert_eq!(Browser::new(&app).start("corp", "/").await, "/sign-in?problem=provider_unavailable&provider=corp");
        }
        assert_eq!(provider.act(|act| act.asked), (0, 0));
    }
}
