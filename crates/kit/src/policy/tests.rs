//! The rule as a table.

use hathor_core::{Ids, SessionId, Timestamp};

use super::*;
use crate::{Viewer, viewer::Scopes};

fn id<K>() -> hathor_core::Id<K> {
    Ids::Random.next(Timestamp::from_micros(1_700_000_000_000_000))
}

fn viewer(user: UserId, role: Role) -> MaybeViewer {
    let session: SessionId = id();
    MaybeViewer(Some(Viewer { user, session, role, verified: true, scopes: Scopes::ALL }))
}

const NOBODY: MaybeViewer = MaybeViewer(None);
const DEEDS: [Deed; 7] =
    [Deed::See, Deed::Know, Deed::Hear, Deed::Use, Deed::Edit, Deed::Manage, Deed::Delete];

/// What comes of each deed, a letter each: allowed, hidden, forbidden, sign in.
fn all(who: MaybeViewer, subject: Subject) -> String {
    let letter = |deed| match may(who, deed, &subject) {
        Verdict::Allowed => 'a',
        Verdict::Hidden => 'h',
        Verdict::Forbidden => 'f',
        Verdict::SignIn => 's',
    };
    DEEDS.into_iter().map(letter).collect()
}

#[test]
fn what_is_an_accounts_is_its_owners() {
    let (nina, omar): (UserId, UserId) = (id(), id());
    let (open, closed) = (Subject::owned(nina, true), Subject::owned(nina, false));
    for (who, of_open, of_closed) in [
        (NOBODY, "asassss", "hhhhhhh"),
        (viewer(omar, Role::User), "afaffff", "hhhhhhh"),
        (viewer(omar, Role::Artist), "afaffff", "hhhhhhh"),
        (viewer(omar, Role::Moderator), "afaffff", "hhhhhhh"),
        (viewer(omar, Role::Admin), "aaafaaa", "aahfaaa"),
        (viewer(nina, Role::User), "aaaaaaa", "aaaaaaa"),
    ] {
        assert_eq!((all(who, open).as_str(), all(who, closed).as_str()), (of_open, of_closed), "{who:?}");
    }
}

#[test]
fn members_may_do_what_their_role_covers() {
    let omar = viewer(id(), Role::User);
    for (role, deeds) in [
        (MemberRole::Viewer, "aaaffff"),
        (MemberRole::Editor, "aaafaff"),
        (MemberRole::Manager, "aaafaaf"),
        (MemberRole::Owner, "aaaaaaa"),
    ] {
        for shown in [true, false] {
            assert_eq!(all(omar, Subject::shared(Some(role), shown)), deeds, "{role}");
            assert_eq!(all(omar, Subject::owned(id(), shown).with(Some(role))), deeds, "{role}");
        }
        assert_eq!(all(NOBODY, Subject::shared(Some(role), false)), "hhhhhhh", "nobody is no member");
    }
}

#[test]
fn owners_appoint_all_and_managers_those_below_them() {
    use MemberRole::{Editor, Manager, Owner, Viewer};
    let may_give = |who, mine| -> Vec<MemberRole> {
        let given = MemberRole::ALL.iter().copied();
        given.filter(|role| may_appoint(who, &Subject::shared(mine, false), *role).is_allowed()).collect()
    };
    let omar = viewer(id(), Role::User);
    assert_eq!(may_give(omar, Some(Owner)), [Owner, Manager, Editor, Viewer]);
    assert_eq!(may_give(omar, Some(Manager)), [Editor, Viewer]);
    assert_eq!(may_give(omar, Some(Editor)), []);
    assert_eq!(may_give(omar, None), []);
    assert_eq!(may_give(viewer(id(), Role::Admin), None).len(), 4);
    assert_eq!(may_appoint(omar, &Subject::shared(None, false), Viewer), Verdict::Hidden);
}

#[test]
fn a_refusal_is_one_of_three_problems() {
    let code = |verdict: Verdict| verdict.enforce().map_err(|error| error.code);
    assert_eq!(code(Verdict::Allowed), Ok(()));
    assert_eq!(code(Verdict::Hidden), Err(Code::NotFound));
    assert_eq!(code(Verdict::Forbidden), Err(Code::Forbidden));
    assert_eq!(code(Verdict::SignIn), Err(Code::Unauthenticated));
}
