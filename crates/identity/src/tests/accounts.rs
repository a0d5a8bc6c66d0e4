//! What the command line does.

use hathor_core::{Code, Secret};
use hathor_db::{on_both, row, sql};
use hathor_kit::viewer::Role;

use super::*;
use crate::{NewAccount, accounts};

row! { struct Count { accounts: i64 } }
sql! { COUNT: Count = "select count(*) as accounts from account"; }

fn operator() -> NewAccount {
    NewAccount {
        username: "Omar".to_owned(),
        email: "omar@example.org".to_owned(),
        password: Secret::new(PHRASE),
        display_name: None,
        role: Role::Moderator,
    }
}

on_both! {
    async fn the_first_start_makes_one_admin_even_if_two_start(db: TestDb) {
        let app = house(db).await;
        let (one, two) = tokio::join!(accounts::ensure_admin(&app.ctx), accounts::ensure_admin(&app.ctx));
        let mut made: Vec<_> = [one.unwrap(), two.unwrap()].into_iter().flatten().collect();
        assert_eq!(made.len(), 1);
        let admin = made.remove(0);
        assert!(admin.username == "admin" && admin.password.reveal().len() >= 20);
        let signed_in = sign_in(&app, "admin", admin.password.reveal()).await;
        assert_eq!(signed_in.ok()["user"]["role"], "admin");
        assert!(accounts::ensure_admin(&app.ctx).await.unwrap().is_none());
        assert_eq!(app.ctx.db.one(COUNT, []).await.unwrap().unwrap().accounts, 1);
    }

    async fn a_house_with_people_gets_no_admin_by_itself(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        assert!(accounts::ensure_admin(&app.ctx).await.unwrap().is_none());
    }

    async fn an_operator_makes_and_finds_accounts(db: TestDb) {
        let app = house(db).await;
        let made = accounts::create(&app.ctx, &operator()).await.unwrap();
        assert_eq!((made.username.as_str(), made.role), ("Omar", Role::Moderator));
        for login in ["omar", "OMAR@example.org"] {
            assert_eq!(accounts::find(&app.ctx, login).await.unwrap().unwrap().id, made.id, "{login}");
        }
        assert!(accounts::find(&app.ctx, "nina").await.unwrap().is_none());
        assert_eq!(accounts::create(&app.ctx, &operator()).await.unwrap_err().code, Code::UsernameTaken);
        let nobody = NewAccount { username: String::new(), password: Secret::new("x"), ..operator() };
        assert_eq!(accounts::create(&app.ctx, &nobody).await.unwrap_err().fields.len(), 2);
    }

    async fn another_password_signs_every_device_out(db: TestDb) {
        let app = house(db).await;
        let cookie = cookie(&sign_up(&app, "nina").await);
        let other = Secret::new("quite another phrase");
        accounts::set_password(&app.ctx, "nina", &other).await.unwrap();
        assert_eq!(refresh(&app, &cookie).await.code(401), "session_ended");
        assert_eq!(sign_in(&app, "nina", PHRASE).await.code(401), "bad_credentials");
        sign_in(&app, "nina", other.reveal()).await.ok();
        let weak = accounts::set_password(&app.ctx, "nina", &Secret::new("weak")).await.unwrap_err();
        assert_eq!((weak.code, weak.fields[0].field.as_str()), (Code::Invalid, "password"));
        assert_eq!(accounts::set_password(&app.ctx, "omar", &other).await.unwrap_err().code, Code::NotFound);
    }

    async fn another_role_is_known_after_the_next_refresh(db: TestDb) {
        let app = house(db).await;
        let cookie = cookie(&sign_up(&app, "nina").await);
        let account = accounts::set_role(&app.ctx, "nina@example.org", Role::Admin).await.unwrap();
        assert_eq!((account.role, account.session_version), (Role::Admin, 2));
        let token = refresh(&app, &cookie).await.ok()["access_token"].as_str().unwrap().to_owned();
        let claims = app.ctx.keys.access.verify(&token, app.ctx.now()).unwrap();
        assert_eq!((claims.role.as_str(), claims.ver), ("admin", 2));
    }

    async fn the_table_knows_every_role_and_every_reason(db: TestDb) {
        let app = house(db).await;
        sign_up(&app, "nina").await.ok();
        for role in Role::ALL {
            accounts::set_role(&app.ctx, "nina", *role).await.unwrap();
        }
        for reason in crate::sessions::EndReason::ALL {
            let cookie = cookie(&sign_in(&app, "nina", PHRASE).await);
            let id = cookie.trim_start_matches("rt=").split('.').next().unwrap().parse().unwrap();
            crate::sessions::end(&app.ctx, id, *reason, &hathor_audit::Origin::default()).await.unwrap();
        }
    }
}
