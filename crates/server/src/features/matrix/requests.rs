//! A request for each operation, good enough to get past what it says.

use std::fmt;

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use hathor_db::testing::sqlite;
use hathor_edge::Peer;
use hathor_kit::{
    NodeRole,
    config::{
        limits::Rate,
        sections::{Inviters, VerifyEmail},
    },
    middleware::App,
    policy::{Door, MemberRole},
    testing::TestApp,
    viewer::Role,
};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{
    people::{self, Person, Somebody},
    subjects::{Exposure, Kind},
};
use crate::features;

/// One operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub door: Door,
    pub takes_json: bool,
}

impl Operation {
    /// What it is about.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(&self.path)
    }

    /// A body that is no reason for a refusal, where the subject's owner must have their way; elsewhere it need not be.
    fn body(&self, other: &Somebody) -> Value {
        match (self.method.as_str(), self.path.as_str()) {
            ("POST", "/api/artists/{id}/members") => json!({ "username": other.username, "role": "viewer" }),
            ("PATCH", "/api/artists/{id}/members/{user_id}") => json!({ "role": "viewer" }),
            _ => json!({}),
        }
    }
}

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done, or shown.
    Done,
    /// 401
    SignIn,
    /// 403
    Forbidden,
    /// 404
    Hidden,
    /// They got in, but what they said or the state of things was wrong.
    Wrong,
    /// The server made a mistake.
    Broken,
}

impl Outcome {
    fn of(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::SignIn,
            403 => Self::Forbidden,
            404 => Self::Hidden,
            200..=399 => Self::Done,
            400..=499 => Self::Wrong,
            _ => Self::Broken,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Done => "ok",
            Self::SignIn => "401",
            Self::Forbidden => "403",
            Self::Hidden => "404",
            Self::Wrong => "bad",
            Self::Broken => "500",
        })
    }
}

/// A house whose budgets nobody meets.
pub struct House {
    app: TestApp,
    site: App,
}

impl House {
    pub async fn open() -> Self {
        const ENDLESS: Rate = Rate::new(1_000_000, 1);
        let app = TestApp::with(sqlite().await, features::all, |config| {
            config.auth.invites = Inviters::Everyone;
            config.auth.verify_email = VerifyEmail::Always;
            let mut limits = serde_json::to_value(&config.limits).unwrap();
            limits.as_object_mut().unwrap().values_mut().for_each(|rate| *rate = json!(ENDLESS));
            config.limits = serde_json::from_value(limits).unwrap();
        });
        let app = app.await;
        let site = features::app(&app.ctx, NodeRole::ALL);
        Self { app, site }
    }

    /// Asks as `person`, of a new subject that is new to everyone.
    pub async fn ask(&self, operation: &Operation, exposure: Option<Exposure>, person: Person) -> Outcome {
        let app = &self.app;
        let asker = people::asker(app, person).await;
        let other = people::somebody(app, Role::User).await;
        let mut path = operation.path.clone();
        if let Some((kind, exposure)) = operation.kind().zip(exposure) {
            let subject = self.subject(kind, exposure, person, asker.as_ref(), &path).await;
            path = path.replace("{id}", &subject.0).replace("{user_id}", &subject.1);
        }
        let request = Request::builder().method(operation.method.as_str()).uri(filled(&path, &other));
        let request = request.header("host", "localhost").extension(Peer(([127, 0, 0, 1], 1).into()));
        let request = match (&asker, person) {
            (Some(asker), _) => request.header("authorization", format!("Bearer {}", asker.bearer)),
            (None, Person::Bad) => request.header("authorization", "Bearer nobody.made.this"),
            (None, _) => request,
        };
        let request = if operation.takes_json {
            let body = operation.body(&other).to_string();
            request.header("content-type", "application/json").body(Body::from(body))
        } else {
            request.body(Body::empty())
        };
        Outcome::of(self.site.clone().oneshot(request.unwrap()).await.unwrap().status())
    }

    /// Its id, and that of an editor of it.
    async fn subject(
        &self,
        kind: Kind,
        exposure: Exposure,
        person: Person,
        asker: Option<&Somebody>,
        path: &str,
    ) -> (String, String) {
        let keeper = people::somebody(&self.app, Role::User).await;
        let mut members = vec![(keeper.id, MemberRole::Owner)];
        let mut owner = keeper.id;
        let editor = if path.contains("{user_id}") {
            let editor = people::somebody(&self.app, Role::User).await.id;
            members.push((editor, MemberRole::Editor));
            editor
        } else {
            keeper.id
        };
        if let Some((asker, role)) = asker.zip(person.member()) {
            members.push((asker.id, role));
            if role == MemberRole::Owner {
                owner = asker.id;
            }
        }
        (kind.make(&self.app, exposure, owner, &members).await, editor.to_string())
    }
}

/// A path of which nothing is open any more: whatever it names does not exist, but for people.
fn filled(path: &str, other: &Somebody) -> String {
    let parts = path.split('/').map(|part| match part {
        "{provider}" | "{code}" | "{username}" => "nobody".to_owned(),
        part if part.starts_with('{') => other.id.to_string(),
        part => part.to_owned(),
    });
    let path = parts.collect::<Vec<_>>().join("/");
    if path == "/api/search" { path + "?q=ode" } else { path }
}
