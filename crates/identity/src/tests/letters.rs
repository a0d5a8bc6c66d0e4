//! What people get by mail.

use std::time::Duration;

use hathor_core::Secret;
use hathor_db::{on_both, row, sql};
use hathor_kit::viewer::Role;

use super::*;
use crate::{NewAccount, accounts};

row! { struct Work { state: String, attempts: i64, error: Option<String> } }
sql! {
    WELCOMES: Work = "select state, attempts, error from job where kind = 'identity.letter' order by id";
    FORGET: () = "delete from account";
}

async fn welcomes(app: &TestApp) -> Vec<Work> {
    app.ctx.db.all(WELCOMES, []).await.unwrap()
}

on_both! {
    async fn a_newcomer_gets_one_letter_of_welcome(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "Nina").await.ok();
        assert_eq!(app.mails(), Vec::<String>::new());
        app.run_jobs().await;
        app.run_jobs().await;
        let letters = app.mails();
        assert_eq!(letters.len(), 1);
        for line in [
            "From: Hathor <hathor@localhost>", "To: Nina@example.org", "Subject: Welcome to Hathor",
            "Welcome to Hathor, Nina.", "  http://localhost:8080",
        ] {
            assert!(letters[0].lines().any(|found| found == line), "{line}\n{}", letters[0]);
        }
    }

    async fn the_link_leads_where_the_operator_says_and_not_where_a_stranger_says(db: TestDb) {
        let app = TestApp::with(db, features, |config| {
            config.http.public_url = Some("https://music.example".parse().unwrap());
        })
        .await;
        let nina = app.anon();
        let request = nina.request(Method::POST, "/api/auth/register").json(&newcomer("nina"));
        nina.send(request.header("host", "evil.example").header("x-forwarded-host", "evil.example")).await.ok();
        app.run_jobs().await;
        let letter = app.mails().remove(0);
        assert!(letter.contains("  https://music.example\r\n") && !letter.contains("evil.example"), "{letter}");
    }

    async fn who_is_refused_gets_no_letter(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        sign_up(&app, "NINA").await.problem(409);
        sign_up(&app, "x").await.problem(422);
        app.run_jobs().await;
        assert_eq!(app.mails().len(), 1);
    }

    async fn an_account_that_an_operator_or_the_first_start_makes_gets_no_letter(db: TestDb) {
        let app = house(db).await;
        accounts::ensure_admin(&app.ctx).await.unwrap().unwrap();
        let omar = NewAccount {
            username: "omar".to_owned(),
            email: "omar@example.org".to_owned(),
            password: Secret::new(PHRASE),
            display_name: None,
            role: Role::User,
        };
        accounts::create(&app.ctx, &omar).await.unwrap();
        app.run_jobs().await;
        assert!(app.mails().is_empty() && welcomes(&app).await.is_empty());
    }

    async fn who_is_gone_before_the_letter_went_out_gets_none(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        app.ctx.db.write(async |tx| tx.run(FORGET, []).await).await.unwrap();
        app.run_jobs().await;
        assert!(app.mails().is_empty());
        assert_eq!(welcomes(&app).await[0].state, "done");
    }

    async fn the_letter_waits_while_the_way_out_is_shut(db: TestDb) {
        let app = house(db).await;
        let outbox = app.folder().join("outbox");
        std::fs::remove_dir(&outbox).unwrap();
        sign_up(&app, "nina").await.ok();
        app.run_jobs().await;
        let waiting = welcomes(&app).await.remove(0);
        assert_eq!((waiting.state.as_str(), waiting.attempts), ("ready", 1), "{:?}", waiting.error);
        std::fs::create_dir(&outbox).unwrap();
        app.ctx.clock.advance(Duration::from_mins(1));
        app.run_jobs().await;
        assert_eq!((app.mails().len(), welcomes(&app).await[0].state.as_str()), (1, "done"));
    }
}
