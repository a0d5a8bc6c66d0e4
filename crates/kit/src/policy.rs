//! The one place that says who may do what to whom.
//!
//! A feature says what its thing is to the viewer ([`Subject`]) and what they want to do to it ([`Deed`]); [`may`] answers.
//! A thing that somebody may not see does not exist for them, whatever they want to do to it. What a list shows is said in
//! its SQL, and must agree. Each route of the API declares who gets in ([`Door`], the extension `x-policy` of the
//! document); a test of the server asks every route as everybody and holds both against one table.

use hathor_core::{Code, UserId};

use crate::{Error, MaybeViewer, Result, viewer::Role};

hathor_core::text_enum! {
    /// What a person may do for an artist, the most first.
    pub enum MemberRole {
        /// Everything, deleting included.
        Owner = "owner",
        /// Edits, and says who else may.
        Manager = "manager",
        /// Edits the profile and puts the name on works.
        Editor = "editor",
        /// Sees what is not out yet.
        Viewer = "viewer",
    }
}
hathor_db::text_cell!(MemberRole);

impl MemberRole {
    /// Whether whoever has this role may do what `needed` may.
    pub fn covers(self, needed: Self) -> bool {
        self <= needed
    }

    /// Whether whoever has this role may give, change or take away the role `other`.
    pub const fn appoints(self, other: Self) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => matches!(other, Self::Editor | Self::Viewer),
            Self::Editor | Self::Viewer => false,
        }
    }
}

hathor_core::text_enum! {
    /// Who gets in at a route: the extension `x-policy` of the OpenAPI document.
    pub enum Door {
        /// Anyone; who asks makes no difference.
        Public = "public",
        /// Anyone; some see more than others. A bad token is refused all the same.
        Anyone = "anyone",
        /// Whoever is signed in.
        SignedIn = "signed_in",
        /// Whoever is signed in and has proved their address, where the instance asks for that.
        Verified = "verified",
        /// Whoever owns the subject.
        Owner = "owner",
        /// Whoever is a member of the subject.
        MemberViewer = "member:viewer",
        /// Whoever may edit for the subject.
        MemberEditor = "member:editor",
        /// Whoever says who else may act for the subject.
        MemberManager = "member:manager",
        /// Whoever has the last word about the subject.
        MemberOwner = "member:owner",
        /// Whoever has proved a moment ago who they are.
        Fresh = "fresh",
        /// Moderators and administrators.
        Moderator = "moderator",
        /// Administrators.
        Admin = "admin",
        /// Whoever holds the link, the code or the cookie.
        Link = "link",
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Know that it is there, and read it.
    See,
    /// Read what only those who act for it are told.
    Know,
    /// Play it. Administrators keep the house, but private music is its owner's.
    Hear,
    /// Put it on a work of their own.
    Use,
    /// Change it.
    Edit,
    /// Say who else may act for it.
    Manage,
    /// Remove it.
    Delete,
}

impl Deed {
    /// The least that one must be to the thing.
    const fn needs(self) -> MemberRole {
        match self {
            Self::See | Self::Know | Self::Hear => MemberRole::Viewer,
            Self::Edit => MemberRole::Editor,
            Self::Manage => MemberRole::Manager,
            Self::Use | Self::Delete => MemberRole::Owner,
        }
    }

    /// Whether an administrator may do it to what is not theirs.
    const fn is_upkeep(self) -> bool {
        match self {
            Self::See | Self::Know | Self::Edit | Self::Manage | Self::Delete => true,
            Self::Hear | Self::Use => false,
        }
    }

    /// Whether everyone may do it to what everyone may see.
    const fn is_harmless(self) -> bool {
        matches!(self, Self::See | Self::Hear)
    }
}

/// A thing, as far as the question goes who may do something to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    owner: Option<UserId>,
    member: Option<MemberRole>,
    shown: bool,
}

impl Subject {
    /// A thing that is an account's: `shown` if everyone may see it.
    pub const fn owned(owner: UserId, shown: bool) -> Self {
        Self { owner: Some(owner), member: None, shown }
    }

    /// A thing that people act for: `member` is what the viewer is to it.
    pub const fn shared(member: Option<MemberRole>, shown: bool) -> Self {
        Self { owner: None, member, shown }
    }

    /// The viewer is `member` to it, whoever owns it.
    #[must_use]
    pub const fn with(mut self, member: Option<MemberRole>) -> Self {
        self.member = member;
        self
    }

    /// Whether `viewer` owns it or is a member of it.
    pub fn is_close_to(&self, viewer: MaybeViewer) -> bool {
        self.tie(viewer.user()).is_some()
    }

    /// What `viewer` is to it.
    fn tie(&self, viewer: Option<UserId>) -> Option<MemberRole> {
        match viewer {
            None => None,
            Some(viewer) if self.owner == Some(viewer) => Some(MemberRole::Owner),
            Some(_) => self.member,
        }
    }
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allowed,
    /// There is no such thing.
    Hidden,
    /// It is there, but this is not theirs to do.
    Forbidden,
    /// Somebody who is signed in might.
    SignIn,
}

impl Verdict {
    /// Whether it may be done.
    pub fn is_allowed(self) -> bool {
        self == Self::Allowed
    }

    /// The refusal, if it is one.
    pub fn enforce(self) -> Result<()> {
        Err(Error::from(match self {
            Self::Allowed => return Ok(()),
            Self::Hidden => Code::NotFound,
            Self::Forbidden => Code::Forbidden,
            Self::SignIn => Code::Unauthenticated,
        }))
    }
}

/// May `viewer` do that to it?
pub fn may(viewer: MaybeViewer, deed: Deed, subject: &Subject) -> Verdict {
    let tie = subject.tie(viewer.user());
    let keeper = viewer.0.is_some_and(|viewer| viewer.role == Role::Admin);
    let open = subject.shown && deed.is_harmless();
    if open || tie.is_some_and(|tie| tie.covers(deed.needs())) || (keeper && deed.is_upkeep()) {
        return Verdict::Allowed;
    }
    match viewer.0 {
        _ if !subject.shown && tie.is_none() && !keeper => Verdict::Hidden,
        // it would be told otherwise that private music is there
        Some(_) if !subject.shown && deed == Deed::Hear => Verdict::Hidden,
        Some(_) => Verdict::Forbidden,
        None => Verdict::SignIn,
    }
}

/// May `viewer` give somebody the role `other` for it, change it or take it away?
pub fn may_appoint(viewer: MaybeViewer, subject: &Subject, other: MemberRole) -> Verdict {
    let verdict = may(viewer, Deed::Manage, subject);
    let tie = subject.tie(viewer.user());
    let keeper = viewer.0.is_some_and(|viewer| viewer.role == Role::Admin);
    match verdict {
        Verdict::Allowed if keeper || tie.is_some_and(|tie| tie.appoints(other)) => Verdict::Allowed,
        Verdict::Allowed => Verdict::Forbidden,
        refused => refused,
    }
}

#[cfg(test)]
mod tests;
