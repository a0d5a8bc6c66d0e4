//! Stories of the people of an artist.

use std::time::Duration;

use futures_util::future::join_all;
use hathor_db::{args, on_both, row, sql, testing::TestDb};
use hathor_kit::{
    testing::{Answer, Persona},
    viewer::Role,
};
use serde_json::{Value, json};

use crate::artists::tests::{artist, at, id, open};

row! { struct Happened { action: String } }

sql! {
    TRAIL: Happened = "select action from audit_row where subject_id = $1 order by seq";
}

#[tokio::test]
async fn every_statement_of_the_stories_prepares_on_both_engines() {
    hathor_db::testing::check_statements(&[STATEMENTS]).await;
}

fn place(artist: &Value) -> String {
    format!("{}/members", at(artist))
}

fn member(artist: &Value, who: &Persona) -> String {
    format!("{}/{}", place(artist), who.id.unwrap())
}

async fn add(by: &Persona, artist: &Value, username: &str, role: &str) -> Answer {
    by.post(&place(artist), &json!({ "username": username, "role": role })).await
}

/// Who is there, as `name role`.
async fn people(by: &Persona, artist: &Value) -> Vec<String> {
    let all = by.get(&place(artist)).await.ok();
    let each =
        |one: &Value| format!("{} {}", one["username"].as_str().unwrap(), one["role"].as_str().unwrap());
    all["items"].as_array().unwrap().iter().map(each).collect()
}

on_both! {
    async fn an_owner_lets_others_in_and_they_hear_of_it(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        assert_eq!(omar.get(&place(&made)).await.code(404), "not_found");
        app.ctx.clock.advance(Duration::from_secs(1));
        let added = add(&nina, &made, "OMAR", "editor").await;
        assert_eq!(added.status, 201);
        assert_eq!((&added.ok()["user_id"], &added.ok()["role"]), (&json!(omar.id), &json!("editor")));
        assert_eq!(people(&omar, &made).await, ["nina owner", "omar editor"]);
        omar.patch(&at(&made), &json!({ "bio": "By Omar" })).await.ok();
        app.run_jobs().await;
        let letters = app.mails();
        assert!(letters.iter().any(|letter| letter.contains("To: omar@example.org") && letter.contains("/artist/nina")), "{letters:?}");
    }

    async fn what_cannot_be_is_refused_with_its_reason(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        add(&nina, &made, "omar", "viewer").await.ok();
        for name in ["", "nobody", "omar@example.org", "no\0body", "a name with spaces", &"x".repeat(10_000)] {
            assert_eq!(add(&nina, &made, name, "viewer").await.fields(422), ["username"], "{name:?}");
        }
        assert_eq!(add(&nina, &made, "omar", "editor").await.code(409), "already_member");
        assert_eq!(add(&nina, &made, "omar", "king").await.status, 422);
        assert_eq!(nina.post(&place(&made), &json!({ "username": "omar", "role": "viewer", "since": 1 })).await.fields(422), ["since"]);
        let nobody = format!("{}/{}", place(&made), made["id"].as_str().unwrap());
        assert_eq!(nina.patch(&nobody, &json!({ "role": "viewer" })).await.code(404), "not_found");
        assert_eq!(nina.delete(&nobody).await.code(404), "not_found");
        assert_eq!(nina.delete(&format!("{}/xyz", place(&made))).await.code(400), "malformed_id");
        assert_eq!(omar.delete(&member(&made, &omar)).await.status, 204);
        assert_eq!(omar.delete(&member(&made, &omar)).await.code(404), "not_found");
    }

    async fn managers_look_after_those_below_them_alone(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        let (mara, emil, vera) = (app.artist("mara").await, app.artist("emil").await, app.artist("vera").await);
        app.artist("zoe").await;
        for (name, role) in [("mara", "manager"), ("emil", "editor"), ("vera", "viewer")] {
            add(&nina, &made, name, role).await.ok();
        }
        for member in [&emil, &vera] {
            assert_eq!(add(member, &made, "zoe", "viewer").await.code(403), "forbidden");
        }
        for role in ["owner", "manager"] {
            assert_eq!(add(&mara, &made, "zoe", role).await.code(403), "forbidden", "{role}");
            assert_eq!(mara.patch(&member(&made, &emil), &json!({ "role": role })).await.code(403), "forbidden");
        }
        assert_eq!(mara.patch(&member(&made, &nina), &json!({ "role": "viewer" })).await.code(403), "forbidden");
        assert_eq!(mara.delete(&member(&made, &nina)).await.code(403), "forbidden");
        assert_eq!(mara.patch(&member(&made, &mara), &json!({ "role": "owner" })).await.code(403), "forbidden");
        mara.patch(&member(&made, &vera), &json!({ "role": "editor" })).await.ok();
        add(&mara, &made, "zoe", "viewer").await.ok();
        assert_eq!(mara.delete(&member(&made, &emil)).await.status, 204);
        assert_eq!(vera.delete(&member(&made, &vera)).await.status, 204, "everybody may leave");
        let mut there = people(&mara, &made).await;
        there.sort_unstable();
        assert_eq!(there, ["mara manager", "nina owner", "zoe viewer"]);
        assert_eq!(emil.patch(&at(&made), &json!({ "bio": "mine" })).await.code(404), "not_found");
    }

    async fn an_artist_keeps_one_owner_however_many_leave_at_once(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        assert_eq!(nina.delete(&member(&made, &nina)).await.code(409), "last_owner");
        assert_eq!(nina.patch(&member(&made, &nina), &json!({ "role": "editor" })).await.code(409), "last_owner");
        let mut owners = vec![nina];
        for n in 0..7 {
            let name = format!("owner{n}");
            let owner = app.artist(&name).await;
            add(&owners[0], &made, &name, "owner").await.ok();
            owners.push(owner);
        }
        let made = &made;
        let leave = async |(n, owner): (usize, &Persona)| {
            if n % 2 == 0 {
                owner.delete(&member(made, owner)).await.status.as_u16()
            } else {
                owner.patch(&member(made, owner), &json!({ "role": "viewer" })).await.status.as_u16()
            }
        };
        let mut left = join_all(owners.iter().enumerate().map(leave)).await;
        left.sort_unstable();
        assert_eq!(left[7], 409, "{left:?}");
        assert!(left[..7].iter().all(|status| matches!(status, 200 | 204)), "{left:?}");
        let keeper = app.settle("keeper", Role::Admin).await;
        let there = people(&keeper, made).await;
        assert_eq!(there.iter().filter(|one| one.ends_with(" owner")).count(), 1, "{there:?}");
    }

    async fn of_eight_who_add_the_same_person_one_does(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        app.artist("omar").await;
        let made = &artist(&nina, "Nina").await;
        let nina = &nina;
        let mut added = join_all((0..8).map(async |_| add(nina, made, "omar", "editor").await.status.as_u16())).await;
        added.sort_unstable();
        assert_eq!(added, [201, 409, 409, 409, 409, 409, 409, 409]);
    }

    async fn an_artist_has_so_many_people_and_no_more(db: TestDb) {
        let app = open(db).await;
        let nina = app.artist("nina").await;
        let made = artist(&nina, "Nina").await;
        for n in 1..100 {
            app.settle(&format!("fan{n}"), Role::User).await;
            add(&nina, &made, &format!("fan{n}"), "viewer").await.ok();
        }
        app.settle("late", Role::User).await;
        assert_eq!(add(&nina, &made, "late", "viewer").await.code(409), "limit_reached");
        assert_eq!(people(&nina, &made).await.len(), 100);
    }

    async fn who_was_let_in_is_in_the_trail(db: TestDb) {
        let app = open(db).await;
        let (nina, omar) = (app.artist("nina").await, app.artist("omar").await);
        let made = artist(&nina, "Nina").await;
        add(&nina, &made, "omar", "editor").await.ok();
        nina.patch(&member(&made, &omar), &json!({ "role": "manager" })).await.ok();
        nina.patch(&member(&made, &omar), &json!({ "role": "manager" })).await.ok();
        omar.delete(&member(&made, &omar)).await;
        let rows = app.ctx.db.all(TRAIL, args![id(&made)]).await.unwrap();
        let actions: Vec<&str> = rows.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(actions, ["member.added", "member.changed", "member.removed"], "the same role again is no change");
    }
}
