//! Everybody.

use std::sync::atomic::{AtomicU32, Ordering};

use hathor_core::{AppKeyId, UserId};
use hathor_db::{args, sql};
use hathor_kit::{policy::MemberRole, testing::TestApp, viewer::Role};
use sha2::{Digest as _, Sha256};

hathor_core::text_enum! {
    /// Who asks. Whoever has no tie to the subject has none to anything.
    pub enum Person {
        Anon = "anon",
        /// Somebody with a token that nobody made.
        Bad = "bad",
        Stranger = "stranger",
        /// A stranger whose address nobody has proved.
        Unproved = "unproved",
        Viewer = "viewer",
        Editor = "editor",
        Manager = "manager",
        Owner = "owner",
        Moderator = "moderator",
        Admin = "admin",
        /// The owner, on a device where nobody has proved for long who they are.
        Stale = "stale",
        /// A program with an app key of the owner's that has every scope.
        Key = "key",
    }
}

sql! {
    STALE: () = "update session set proved_at = 0 where account_id = $1";
    PROVED: () = "update account set email_verified_at = 1 where id = $1";
    KEY: () = "insert into app_key (id, account_id, name, scopes, secret_hash, secret_sealed, created_at)
        values ($1, $2, 'player', 'read stream write subsonic', $3, $4, 0)";
}

impl Person {
    /// What they are to the subject.
    pub const fn member(self) -> Option<MemberRole> {
        match self {
            Self::Viewer => Some(MemberRole::Viewer),
            Self::Editor => Some(MemberRole::Editor),
            Self::Manager => Some(MemberRole::Manager),
            Self::Owner | Self::Stale | Self::Key => Some(MemberRole::Owner),
            Self::Anon | Self::Bad | Self::Stranger | Self::Unproved | Self::Moderator | Self::Admin => None,
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Moderator => Role::Moderator,
            Self::Admin => Role::Admin,
            _ => Role::User,
        }
    }
}

/// Somebody with an account, new each time: whatever they do spoils nothing for the next.
pub struct Somebody {
    pub id: UserId,
    pub username: String,
    /// What they bring.
    pub bearer: String,
}

/// A new account of that role.
pub async fn somebody(app: &TestApp, role: Role) -> Somebody {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let username = format!("person{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let persona = app.settle(&username, role).await;
    Somebody { id: persona.id.unwrap(), username, bearer: persona.token.unwrap() }
}

/// The one who asks; nobody for those without an account.
pub async fn asker(app: &TestApp, person: Person) -> Option<Somebody> {
    match person {
        Person::Anon | Person::Bad => return None,
        _ => {}
    }
    let mut somebody = somebody(app, person.role()).await;
    if person != Person::Unproved {
        app.ctx.db.write(async |tx| tx.run(PROVED, args![somebody.id]).await).await.unwrap();
    }
    if person == Person::Stale {
        app.ctx.db.write(async |tx| tx.run(STALE, args![somebody.id]).await).await.unwrap();
    }
    if person == Person::Key {
        let id: AppKeyId = app.ctx.new_id();
        somebody.bearer = format!("hk_{id}");
        let hash: [u8; 32] = Sha256::digest(somebody.bearer.as_bytes()).into();
        app.ctx
            .db
            .write(async |tx| tx.run(KEY, args![id, somebody.id, hash, vec![0_u8]]).await)
            .await
            .unwrap();
    }
    Some(somebody)
}

#[tokio::test]
async fn the_statements_of_people_and_subjects_prepare() {
    hathor_db::testing::check_statements(&[STATEMENTS, super::subjects::STATEMENTS]).await;
}
