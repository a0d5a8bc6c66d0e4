//! What a row of the trail says, and which rows are asked for.

use std::net::IpAddr;

use hathor_audit::{ACTIONS, Opened};
use hathor_core::{Id, Timestamp, UserId};
use hathor_kit::{Error, Result, error::FieldProblem};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which rows are asked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// Id of the one who did it.
    pub(super) actor: Option<String>,
    /// What was done: a word such as `session.opened`.
    pub(super) action: Option<String>,
    /// Id of the one to whom it was done.
    pub(super) subject: Option<String>,
    /// Not before this moment (RFC 3339).
    pub(super) from: Option<String>,
    /// Before this moment (RFC 3339).
    pub(super) to: Option<String>,
}

/// Which rows are asked for, in words that make sense.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) actor: Option<Uuid>,
    pub(super) action: Option<&'static str>,
    pub(super) subject: Option<Uuid>,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

/// A person in a row.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditActor)]
pub(super) struct Actor {
    pub(super) id: UserId,
    /// Absent once the account is gone.
    pub(super) username: Option<String>,
}

/// To whom or what something was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditSubject)]
pub(super) struct Subject {
    /// `account`, `artist`, `invite`, `instance` or `nobody`.
    pub(super) kind: String,
    #[schema(pattern = "^[0-9a-f]{32}$")]
    pub(super) id: String,
    /// What it is called today, where it still is.
    pub(super) name: Option<String>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditRow)]
pub(super) struct Row {
    /// Counts from 1 without a gap.
    pub(super) seq: i64,
    pub(super) at: Timestamp,
    /// Null for somebody unknown, and for the operator at the command line.
    pub(super) actor: Option<Actor>,
    /// What was done.
    #[schema(example = "session.opened")]
    pub(super) action: String,
    pub(super) subject: Subject,
    /// Where from.
    #[schema(value_type = Option<String>)]
    pub(super) ip: Option<IpAddr>,
    /// What the device calls itself.
    pub(super) agent: Option<String>,
    /// What is different since.
    #[schema(value_type = Option<Object>)]
    pub(super) changes: Option<serde_json::Value>,
    /// Whether something of this row was erased, because it was old or its owner is gone.
    pub(super) erased: bool,
}

impl Row {
    /// Puts in what could be read of the two parts that are about people.
    pub(super) fn tell(mut self, origin: Opened, changes: Opened) -> Self {
        self.erased = origin == Opened::Erased || changes == Opened::Erased;
        let origin = origin.origin();
        self.ip = origin.ip;
        self.agent = origin.agent;
        self.changes = match changes {
            Opened::Told(value) => Some(value),
            Opened::Nothing | Opened::Erased => None,
        };
        self
    }
}

impl Wanted {
    /// Judges every parameter at once.
    pub(super) fn read(&self) -> Result<Filter> {
        let mut fields = Vec::new();
        let actor = self.actor.as_deref().map(|text| id(text, "actor", &mut fields));
        let subject = self.subject.as_deref().map(|text| id(text, "subject", &mut fields));
        let action = self.action.as_deref().map(|text| word(text, &mut fields));
        let from = self.from.as_deref().map(|text| moment(text, "from", &mut fields));
        let to = self.to.as_deref().map(|text| moment(text, "to", &mut fields));
        if !fields.is_empty() {
            return Err(Error::invalid_fields(fields));
        }
        Ok(Filter {
            actor: actor.flatten(),
            action: action.flatten(),
            subject: subject.flatten(),
            from: from.flatten().unwrap_or(Timestamp::from_micros(i64::MIN)),
            to: to.flatten().unwrap_or(Timestamp::from_micros(i64::MAX)),
        })
    }
}

fn problem<T>(field: &str, message: &str, fields: &mut Vec<FieldProblem>) -> Option<T> {
    fields.push(FieldProblem { field: field.to_owned(), message: message.to_owned() });
    None
}

fn id(text: &str, field: &str, fields: &mut Vec<FieldProblem>) -> Option<Uuid> {
    match text.parse::<Id<Row>>() {
        Ok(id) => Some(id.uuid()),
        Err(_) => problem(field, "an id of 32 hex digits", fields),
    }
}

fn word(text: &str, fields: &mut Vec<FieldProblem>) -> Option<&'static str> {
    let known = ACTIONS.iter().copied().find(|action| *action == text);
    known.or_else(|| problem("action", "none of the words of the trail, such as session.opened", fields))
}

fn moment(text: &str, field: &str, fields: &mut Vec<FieldProblem>) -> Option<Timestamp> {
    let read = serde_json::from_value(serde_json::Value::String(text.to_owned()));
    read.ok().or_else(|| problem(field, "a moment such as 2026-11-21T00:00:00Z", fields))
}
