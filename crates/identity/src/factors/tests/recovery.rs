//! Codes on paper.

use futures_util::future::join_all;
use hathor_db::on_both;

use super::*;

on_both! {
    async fn each_code_opens_one_door_and_is_counted(db: TestDb) {
        let app = house(db).await;
        let (nina, _, codes) = with_app(&app, "nina").await;
        let mut challenges = Vec::new();
        for _ in 0..20 {
            challenges.push(challenge(&app, "nina").await);
        }
        let typed = json!(codes[3].to_uppercase().replace('-', " "));
        let answers = join_all(challenges.iter().map(|one| factor(&app, one, "recovery_code", typed.clone()))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(answers.iter().filter(|answer| answer.status == 401).count(), 19);
        assert_eq!(nina.get("/api/me/factors").await.ok()["recovery_codes_left"], 9);
        let letters = letters(&app).await;
        assert!(letters.contains("You have 9 left"), "{letters}");
        assert!(noted(&app).await.contains(&"factor.recovery_code_used".to_owned()));
    }

    async fn new_codes_void_the_old_ones(db: TestDb) {
        let app = house(db).await;
        let (nina, _, old) = with_app(&app, "nina").await;
        let new = texts(&nina.post_empty("/api/me/factors/recovery-codes").await.ok()["recovery_codes"]);
        assert!(new.len() == 10 && new.iter().all(|code| !old.contains(code)));
        let waiting = challenge(&app, "nina").await;
        assert_eq!(factor(&app, &waiting, "recovery_code", json!(old[0])).await.code(401), "bad_factor");
        factor(&app, &waiting, "recovery_code", json!(new[0])).await.ok();
    }

    async fn codes_without_a_factor_are_not_made(db: TestDb) {
        let app = house(db).await;
        let nina = app.fan("nina").await;
        assert_eq!(nina.post_empty("/api/me/factors/recovery-codes").await.code(409), "no_factor");
    }

    async fn the_code_of_somebody_else_opens_nothing(db: TestDb) {
        let app = house(db).await;
        with_app(&app, "nina").await;
        let (_, _, omars) = with_app(&app, "omar").await;
        let waiting = challenge(&app, "nina").await;
        assert_eq!(factor(&app, &waiting, "recovery_code", json!(omars[0])).await.code(401), "bad_factor");
        factor(&app, &challenge(&app, "omar").await, "recovery_code", json!(omars[0])).await.ok();
    }
}
