//! What providers tell of people, and where people go afterwards.

use hathor_core::Code;
use hathor_kit::Error;
use url::Url;

use crate::accounts::model::{DisplayName, Email, Username};

/// The longest subject, in bytes: OpenID Connect allows 255.
const LONGEST_SUBJECT: usize = 255;
/// The longest way back into the page.
const LONGEST_NEXT: usize = 512;

/// What a provider said of somebody. Its own word for them is proved; their names and address are hearsay unless
/// `vouched`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Introduction {
    /// Who says so.
    pub(super) issuer: String,
    /// Who they are there, for ever.
    pub(super) subject: String,
    /// Their address, if it could be one.
    pub(super) email: Option<Email>,
    /// Whether the provider has verified the address, and the operator trusts it in that.
    pub(super) vouched: bool,
    /// What they might be called here.
    pub(super) username: String,
    /// What others might see.
    pub(super) display_name: Option<DisplayName>,
}

/// The same before it was looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) subject: String,
    pub(super) email: Option<String>,
    pub(super) verified: bool,
    pub(super) login: Option<String>,
    pub(super) name: Option<String>,
}

impl Said {
    /// What of it can be used. `None` if it names nobody.
    pub(super) fn by(self, issuer: &str, trusted: bool) -> Option<Introduction> {
        let subject = self.subject;
        if subject.is_empty() || subject.len() > LONGEST_SUBJECT || subject.contains(char::is_control) {
            return None;
        }
        let email = self.email.as_deref().and_then(|email| Email::parse(email).ok());
        let local = email.as_ref().and_then(|email| email.as_str().split('@').next());
        Some(Introduction {
            issuer: issuer.to_owned(),
            subject,
            vouched: trusted && self.verified && email.is_some(),
            username: suggested([self.login.as_deref(), local, self.name.as_deref()]),
            display_name: self.name.as_deref().and_then(|name| DisplayName::parse(name).ok()),
            email,
        })
    }
}

/// The first of `names` that can be made a username; empty if none can.
fn suggested<const N: usize>(names: [Option<&str>; N]) -> String {
    let plain = |name: &str| -> String {
        let spaced = name.chars().map(|c| if c == ' ' { '_' } else { c });
        let kept = spaced.filter(|c| c.is_ascii_alphanumeric() || "_.-".contains(*c));
        kept.take(50).collect()
    };
    names.into_iter().flatten().map(plain).find(|name| Username::parse(name).is_ok()).unwrap_or_default()
}

/// A place in our own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Next(String);

impl Next {
    /// Only what a browser takes for a path of ours: no other site, however it is written.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|b| b.is_ascii_graphic()) && !text.contains('\\');
        let local = text.starts_with('/') && !text.starts_with("//") && text.len() <= LONGEST_NEXT;
        let base = Url::parse("http://here.invalid/").ok()?;
        let there = base.join(text).ok().filter(|there| there.origin() == base.origin())?;
        let ours = !there.path().starts_with("//") && !there.path().starts_with("/api/");
        (plain && local && ours).then(|| Self(text.to_owned()))
    }

    /// The first page, unless `text` is a place.
    pub(super) fn or_home(text: Option<&str>) -> Self {
        text.and_then(Self::parse).unwrap_or_else(|| Self("/".to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// This place, told one thing more.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let (path, fragment) = self.0.split_once('#').map_or((self.0.as_str(), None), |(p, f)| (p, Some(f)));
        let mark = if path.contains('?') { '&' } else { '?' };
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        format!("{path}{mark}{name}={value}{fragment}")
    }
}

/// A provider that did not do its part; `cause` is for our log.
pub(super) fn failed(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(Code::ProviderFailed).caused_by(cause)
}

/// A provider that does not answer.
pub(super) fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::new(Code::ProviderUnavailable).caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_our_own_page_are_gone_to() {
        for place in [
            "/",
            "/welcome",
            "/tracks/1?x=y#z",
            "/a//b",
            "/settings/linked?tab=1",
            "/%2F/evil.example",
            "/@x",
        ] {
            assert_eq!(Next::parse(place).unwrap().as_str(), place);
        }
        for other in [
            "",
            "welcome",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " /evil",
            "https://evil.example",
            "https:evil.example",
            "javascript:alert(1)",
            "data:text/html,x",
            "/.//evil.example",
            "/..//evil.example",
            "/%2e//evil.example",
            "/x/..//evil.example",
            "/api/auth/logout",
            "/a/../api/me",
            "/\u{202e}",
            &format!("/{}", "x".repeat(512)),
        ] {
            assert_eq!(Next::parse(other), None, "{other:?}");
        }
        assert_eq!(Next::or_home(Some("//evil.example")).as_str(), "/");
        assert_eq!(Next::parse("/a?b=c#d").unwrap().with("problem", "x"), "/a?b=c&problem=x#d");
    }

    fn said(subject: &str) -> Said {
        Said { subject: subject.to_owned(), ..Said::default() }
    }

    #[test]
    fn what_names_nobody_is_no_introduction() {
        assert!(said("248289761001").by("https://id.example", true).is_some());
        for subject in ["", "a\0b", "a\nb", &"x".repeat(256)] {
            assert!(said(subject).by("https://id.example", true).is_none(), "{subject:?}");
        }
    }

    #[test]
    fn an_address_is_vouched_for_only_if_verified_there_and_trusted_here() {
        for (verified, trusted, email, vouched) in [
            (true, true, "nina@example.org", true),
            (true, false, "nina@example.org", false),
            (false, true, "nina@example.org", false),
            (true, true, "nonsense", false),
        ] {
            let said = Said { email: Some(email.to_owned()), verified, ..said("1") };
            assert_eq!(said.by("https://id.example", trusted).unwrap().vouched, vouched, "{email}");
        }
    }

    #[test]
    fn a_username_is_suggested_that_could_be_one() {
        for (login, email, name, expected) in [
            (Some("nina"), None, None, "nina"),
            (Some("nina k"), None, None, "nina_k"),
            (Some("ni"), Some("nina@example.org"), None, "nina"),
            (None, None, Some("Ñina K"), "ina_K"),
            (None, None, Some("尼娜"), ""),
        ] {
            let own = |text: Option<&str>| text.map(str::to_owned);
            let said = Said { login: own(login), email: own(email), name: own(name), ..said("1") };
            assert_eq!(said.by("https://id.example", false).unwrap().username, expected);
        }
    }
}
