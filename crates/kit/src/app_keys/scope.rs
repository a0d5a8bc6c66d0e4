//! What an app key may be good for, and what each request asks of it.

use axum::http::Method;
use hathor_core::Code;

use crate::{Error, viewer::Scopes};

hathor_core::text_enum! {
    /// What an app key is good for.
    pub enum Scope {
        /// Read what the person sees.
        Read = "read",
        /// Get links that play, and note what was heard.
        Stream = "stream",
        /// Change what is the person's: upload, edit, delete.
        Write = "write",
        /// Speak the protocol of Subsonic apps.
        Subsonic = "subsonic",
    }
}

impl Scope {
    /// It alone.
    pub const fn alone(self) -> Scopes {
        match self {
            Self::Read => Scopes::READ,
            Self::Stream => Scopes::STREAM,
            Self::Write => Scopes::WRITE,
            Self::Subsonic => Scopes::SUBSONIC,
        }
    }
}

/// What a request asks of the key it comes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// A key with this scope.
    Scope(Scope),
    /// A signed-in device: no key is enough.
    Device,
}

/// Below `/api/me/`, what is no matter of the account's safety. All else there needs a device.
const OWN_THINGS: [&str; 3] = ["avatar", "banner", "recently-played"];
/// What looks after accounts and after the house.
const FOR_DEVICES: [&str; 5] = ["/api/auth", "/auth", "/api/admin", "/admin", "/api/invites"];

impl Need {
    /// Of a request for `path`.
    pub(crate) fn of(method: &Method, path: &str) -> Self {
        let device = FOR_DEVICES.iter().any(|place| is_below(path, place))
            || path.strip_prefix("/api/me/").is_some_and(|thing| !OWN_THINGS.contains(&thing));
        let plays = method == Method::POST && (path.ends_with("/play") || path.ends_with("/played"));
        match *method {
            _ if device => Self::Device,
            Method::GET | Method::HEAD => Self::Scope(Scope::Read),
            _ if plays => Self::Scope(Scope::Stream),
            _ => Self::Scope(Scope::Write),
        }
    }

    /// Whether `scopes` are enough.
    pub(crate) const fn is_met_by(self, scopes: Scopes) -> bool {
        match self {
            Self::Scope(scope) => scopes.contains(scope.alone()),
            Self::Device => scopes.contains(Scopes::ACCOUNT),
        }
    }

    /// The answer to whoever lacks it.
    pub(crate) fn refusal(self) -> Error {
        Error::new(Code::ScopeMissing).with_detail(self.sentence())
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Scope(Scope::Read) => "this app key lacks the scope read; make one that has it",
            Self::Scope(Scope::Stream) => "this app key lacks the scope stream; make one that has it",
            Self::Scope(Scope::Write) => "this app key lacks the scope write; make one that has it",
            Self::Scope(Scope::Subsonic) => "this app key lacks the scope subsonic; make one that has it",
            Self::Device => "no scope of an app key opens this; sign in",
        }
    }
}

fn is_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_asks_for_the_least_that_is_enough() {
        let scope = Need::Scope;
        for (method, path, need) in [
            (Method::GET, "/api/tracks", scope(Scope::Read)),
            (Method::HEAD, "/api/me", scope(Scope::Read)),
            (Method::GET, "/api/me/recently-played", scope(Scope::Read)),
            (Method::POST, "/api/tracks/x/play", scope(Scope::Stream)),
            (Method::POST, "/api/songs/x/play", scope(Scope::Stream)),
            (Method::POST, "/api/tracks/x/played", scope(Scope::Stream)),
            (Method::GET, "/api/tracks/x/play", scope(Scope::Read)),
            (Method::POST, "/api/uploads", scope(Scope::Write)),
            (Method::PATCH, "/api/me", scope(Scope::Write)),
            (Method::PUT, "/api/users/profile", scope(Scope::Write)),
            (Method::PUT, "/api/me/avatar", scope(Scope::Write)),
            (Method::DELETE, "/api/artists/x/members/y", scope(Scope::Write)),
            (Method::GET, "/api/me/app-keys", Need::Device),
            (Method::DELETE, "/api/me/sessions/x", Need::Device),
            (Method::PUT, "/api/me/password", Need::Device),
            (Method::GET, "/api/me/anything-new", Need::Device),
            (Method::GET, "/api/admin/users", Need::Device),
            (Method::POST, "/api/auth/logout", Need::Device),
            (Method::POST, "/auth/logout", Need::Device),
            (Method::GET, "/api/invites", Need::Device),
            (Method::GET, "/api/authors", scope(Scope::Read)),
        ] {
            assert_eq!(Need::of(&method, path), need, "{method} {path}");
        }
    }

    #[test]
    fn no_set_of_scopes_is_a_device() {
        let all = Scope::ALL.iter().fold(Scopes::NONE, |all, scope| all.union(scope.alone()));
        assert!(!Need::Device.is_met_by(all) && Need::Device.is_met_by(Scopes::ALL));
        for scope in Scope::ALL {
            assert!(Need::Scope(*scope).is_met_by(scope.alone()));
            assert!(!Need::Scope(*scope).is_met_by(Scopes::NONE));
            assert!(Need::Scope(*scope).sentence().contains(scope.as_str()));
        }
    }
}
