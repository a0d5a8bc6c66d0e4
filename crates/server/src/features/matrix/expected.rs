//! What a policy promises to whom.

use hathor_kit::policy::{Door, MemberRole};

use super::{
    people::Person,
    requests::Outcome,
    subjects::{Exposure, Kind},
};

/// What somebody should get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// In, whatever comes of it then.
    In,
    /// To what there is.
    There,
    /// Exactly that.
    Just(Outcome),
    /// Anything but a mistake of ours: the file alone says what.
    Any,
}

impl Want {
    pub fn is_met_by(self, outcome: Outcome) -> bool {
        let refused = matches!(outcome, Outcome::SignIn | Outcome::Forbidden);
        outcome != Outcome::Broken
            && match self {
                Self::In => !refused,
                Self::There => !refused && outcome != Outcome::Hidden,
                Self::Just(wanted) => outcome == wanted,
                Self::Any => true,
            }
    }
}

/// What `person` should get at an operation of that policy.
#[expect(clippy::match_same_arms, reason = "a table: each line is a rule of its own")]
pub fn want(door: Door, subject: Option<(Kind, Exposure)>, person: Person) -> Want {
    match (door, person) {
        (Door::Link, _) | (Door::Public, Person::Bad) => Want::Any,
        (Door::Public, _) => Want::In,
        (_, Person::Bad) => Want::Just(Outcome::SignIn),
        // what signs in and out is not for keys
        (Door::Anyone, Person::Key) if subject.is_none() => Want::Any,
        (Door::Anyone, _) => visitor(subject, person),
        (_, Person::Anon) => Want::Just(Outcome::SignIn),
        (Door::Verified, Person::Unproved) => Want::Just(Outcome::Forbidden),
        (Door::SignedIn | Door::Verified, Person::Key) => Want::Any,
        (Door::SignedIn | Door::Verified, _) => visitor(subject, person),
        (Door::Fresh, Person::Stale | Person::Key) => Want::Just(Outcome::Forbidden),
        (Door::Fresh, _) => Want::In,
        (Door::Moderator, Person::Moderator | Person::Admin) | (Door::Admin, Person::Admin) => Want::In,
        (Door::Moderator | Door::Admin, _) => Want::Just(Outcome::Forbidden),
        (Door::Owner, _) => holder(subject, person, MemberRole::Owner),
        (Door::MemberViewer, _) => holder(subject, person, MemberRole::Viewer),
        (Door::MemberEditor, _) => holder(subject, person, MemberRole::Editor),
        (Door::MemberManager, _) => holder(subject, person, MemberRole::Manager),
        (Door::MemberOwner, _) => holder(subject, person, MemberRole::Owner),
    }
}

/// What the person is to the subject. Membership is of artists and of what they release; a track is its owner's alone.
#[expect(clippy::match_same_arms, reason = "a table: each line is a rule of its own")]
fn tie(kind: Kind, person: Person) -> Option<MemberRole> {
    let role = person.member();
    match (kind, role) {
        (Kind::Artist, _) | (_, Some(MemberRole::Owner) | None) => role,
        // whoever may put the artist on works edits its releases, and no more
        (Kind::Release, Some(MemberRole::Manager)) => Some(MemberRole::Editor),
        (Kind::Release, _) => role,
        (Kind::Track | Kind::Invite, _) => None,
    }
}

/// Somebody who wants to see.
fn visitor(subject: Option<(Kind, Exposure)>, person: Person) -> Want {
    match subject {
        None => Want::In,
        Some((_, Exposure::Open)) => Want::There,
        // administrators see what is private, and do not hear it
        Some((_, Exposure::Closed)) if person == Person::Admin => Want::In,
        Some((kind, Exposure::Closed)) if tie(kind, person).is_some() => Want::There,
        Some((_, Exposure::Closed)) => Want::Just(Outcome::Hidden),
    }
}

/// Somebody who wants to do what takes the role `needed`.
fn holder(subject: Option<(Kind, Exposure)>, person: Person, needed: MemberRole) -> Want {
    let Some((kind, exposure)) = subject else { return Want::Any };
    match (tie(kind, person), exposure) {
        // no key invites anybody
        _ if person == Person::Key && kind == Kind::Invite => Want::Just(Outcome::Forbidden),
        _ if person == Person::Admin => Want::There,
        (Some(role), _) if role.covers(needed) => Want::There,
        (None, Exposure::Closed) => Want::Just(Outcome::Hidden),
        (None, Exposure::Open) | (Some(_), _) => Want::Just(Outcome::Forbidden),
    }
}
