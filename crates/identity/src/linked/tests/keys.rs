//! What is remembered of a provider, and for how long.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

on_both! {
    async fn document_and_keys_are_asked_for_once_an_hour(db: TestDb) {
        let (app, provider) = scene(db).await;
        let browsers: Vec<_> = (0..5).map(|_| Browser::new(&app)).collect();
        join_all(browsers.iter().map(|browser| browser.trip("corp", "/"))).await;
        assert_eq!(provider.act(|act| act.asked), (1, 1));
        app.ctx.clock.advance(Duration::from_mins(61));
        Browser::new(&app).start("corp", "/").await;
        assert_eq!(provider.act(|act| act.asked), (2, 2));
    }

    async fn a_new_key_is_found_and_a_made_up_one_is_not_looked_for_at_every_token(db: TestDb) {
        let (app, provider) = scene(db).await;
        settle(&app, "nina").await;
        provider.act(|act| act.key = 9);
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), "/sign-in?problem=provider_failed&provider=corp");
        assert_eq!(provider.act(|act| act.asked), (1, 1), "the keys were seen a moment ago");
        app.ctx.clock.advance(Duration::from_secs(31));
        assert_eq!(to(&Browser::new(&app).trip("corp", "/").await), "/");
        assert_eq!(provider.act(|act| act.asked), (1, 2));
        provider.act(|act| act.key = 10);
        for _ in 0..5 {
            Browser::new(&app).trip("corp", "/").await;
        }
        assert_eq!(provider.act(|act| act.asked), (1, 2));
    }
}
