//! Names, addresses and passwords that keep the promised limits: what exists as one of these types is right.

use hathor_core::Secret;
use hathor_kit::{Error, Result, error::FieldProblem, viewer::Role};
use unicode_normalization::UnicodeNormalization;
use url::Host;

use super::names;
use crate::passwords::Password;

/// The longest address that mail can be sent to, in bytes (RFC 5321).
const LONGEST_EMAIL: usize = 254;
/// The longest part before the `@`, in bytes (RFC 5321).
const LONGEST_LOCAL: usize = 64;

/// What a person signs in with: unique whatever the case of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username {
    shown: String,
    key: String,
}

impl Username {
    /// 3 to 50 of `A-Z a-z 0-9 _ . -`; otherwise what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        if !plain || !(3..=50).contains(&text.len()) {
            return Err("3 to 50 letters (A-Z), digits, or any of _ . -".to_owned());
        }
        Ok(Self { shown: text.to_owned(), key: text.to_ascii_lowercase() })
    }

    /// As [`Username::parse`], for people who choose their own: none that speaks for the house, and none that could be
    /// read as something else.
    pub(crate) fn choose(text: &str) -> Result<Self, String> {
        let name = Self::parse(text)?;
        if names::is_reserved(text) {
            return Err("this name is reserved; choose another".to_owned());
        }
        if names::is_an_id(text) || !text.bytes().any(|b| b.is_ascii_alphanumeric()) {
            return Err("this cannot be told from something else; choose another".to_owned());
        }
        Ok(name)
    }

    /// As the person wrote it.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The form that is unique as well, so that nobody's name can be taken for another's.
    pub(crate) fn look(&self) -> String {
        names::look(&self.shown)
    }

    /// The form that is unique: lower case.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// Where a person gets mail: unique whatever the case of its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    shown: String,
    key: String,
}

impl Email {
    /// An address with a domain that has a dot; otherwise what is wrong. International domains become ASCII.
    pub fn parse(text: &str) -> Result<Self, String> {
        Self::read(text).ok_or_else(|| "an e-mail address such as nina@example.org".to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        let (local, domain) = text.trim().rsplit_once('@')?;
        if text.len() > 2 * LONGEST_EMAIL
            || !domain.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-')
        {
            return None;
        }
        let local: String = local.nfc().collect();
        let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
        let shown = format!("{local}@{domain}");
        let right = is_local_part(&local) && is_domain(&domain) && shown.len() <= LONGEST_EMAIL;
        right.then(|| Self { key: shown.to_lowercase(), shown })
    }

    /// The address of the account that the first start makes: it can get no mail.
    pub(super) fn of_first_admin() -> Self {
        let shown = "admin@localhost".to_owned();
        Self { key: shown.clone(), shown }
    }

    /// As the person wrote it, with its domain in lower-case ASCII.
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The form that is unique: lower case.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether letters can be sent there: not to the account that the first start makes.
    pub(crate) fn gets_mail(shown: &str) -> bool {
        shown != Self::of_first_admin().as_str()
    }

    fn local(&self) -> &str {
        Self::local_of(&self.key)
    }

    /// What stands before the `@`.
    pub(super) fn local_of(address: &str) -> &str {
        address.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

fn is_local_part(local: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    !local.is_empty() && local.len() <= LONGEST_LOCAL && !dots && local.chars().all(letter)
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

/// What others see a person called: any words, up to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// 1 to 100 characters without control characters, spaces at the ends cut off; otherwise what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let name: String = text.trim().nfc().collect();
        let count = name.chars().count();
        if count == 0 || count > 100 {
            return Err("1 to 100 characters".to_owned());
        }
        if name.chars().any(|c| c.is_control() || turns_text(c)) {
            return Err("no control characters".to_owned());
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that turn the direction of the text that follows, even outside the name.
const fn turns_text(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What somebody signs in with, if any account could have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// A canonical username.
    Username(String),
    /// A canonical address.
    Email(String),
}

impl Login {
    /// Reads a username or an address; `None` if no account can be called that.
    pub fn parse(text: &str) -> Option<Self> {
        if text == Email::of_first_admin().as_str() {
            return Some(Self::Email(text.to_owned()));
        }
        if text.contains('@') {
            return Email::parse(text).ok().map(|email| Self::Email(email.key));
        }
        Username::parse(text.trim()).ok().map(|name| Self::Username(name.key))
    }
}

/// An account that somebody asks for, as it was typed.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// See [`Username`].
    pub username: String,
    /// See [`Email`].
    pub email: String,
    /// See [`Password`].
    pub password: Secret,
    /// See [`DisplayName`]; the username when it is absent or blank.
    pub display_name: Option<String>,
    /// What the account may do.
    pub role: Role,
}

/// What an account is called, unless somebody else is.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(super) username: Username,
    pub(super) email: Email,
    pub(super) display_name: DisplayName,
}

/// An account that may exist, unless its names are taken.
#[derive(Clone, Debug)]
pub(super) struct Checked {
    pub(super) names: Names,
    pub(super) password: Password,
    pub(super) role: Role,
}

impl NewAccount {
    /// Judges every field at once. An operator may use any name.
    pub(super) fn check(&self) -> Result<Checked> {
        let mut fields = Fields::default();
        let typed = Typed {
            username: &self.username,
            email: &self.email,
            password: Some(&self.password),
            display_name: self.display_name.as_deref(),
        };
        let judged = typed.judge(Username::parse, &mut fields);
        match judged {
            Some((names, Some(password))) if fields.0.is_empty() => {
                Ok(Checked { names, password, role: self.role })
            }
            _ => Err(Error::invalid_fields(fields.0)),
        }
    }
}

/// The names of an account as somebody typed them, and the password if there is to be one.
pub(super) struct Typed<'a> {
    pub(super) username: &'a str,
    pub(super) email: &'a str,
    pub(super) password: Option<&'a Secret>,
    pub(super) display_name: Option<&'a str>,
}

impl Typed<'_> {
    /// Judges every field; what is wrong is in `fields`.
    pub(super) fn judge(
        &self,
        username: impl Fn(&str) -> Result<Username, String>,
        fields: &mut Fields,
    ) -> Option<(Names, Option<Password>)> {
        let username = fields.take("username", username(self.username));
        let email = fields.take("email", Email::parse(self.email));
        let own = [self.username, email.as_ref().map_or("", Email::local)];
        let password = self.password.map(|text| fields.take("password", Password::parse(text, &own)));
        let shown = self.display_name.filter(|name| !name.trim().is_empty());
        let display_name = match shown {
            None => username.as_ref().map(|name| DisplayName(name.shown.clone())),
            Some(name) => fields.take("display_name", DisplayName::parse(name)),
        };
        let names = Names { username: username?, email: email?, display_name: display_name? };
        Some((names, password.flatten()))
    }
}

/// Gathers what is wrong, field by field.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<FieldProblem>);

impl Fields {
    pub(super) fn take<T>(&mut self, field: &str, parsed: Result<T, String>) -> Option<T> {
        parsed.map_err(|message| self.0.push(FieldProblem { field: field.to_owned(), message })).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_keep_their_case_and_are_unique_without_it() {
        let name = Username::parse("Nina.K_1-x").unwrap();
        assert_eq!((name.as_str(), name.key()), ("Nina.K_1-x", "nina.k_1-x"));
        for wrong in ["", "ab", "n ina", "nina@home", "nına", "ni\0na", &"x".repeat(51)] {
            assert!(Username::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(Username::parse(&"x".repeat(50)).is_ok());
    }

    #[test]
    fn people_cannot_choose_what_an_operator_can() {
        for wrong in ["admin", "Supp0rt", "018bcfe5680070008000000000000000", "---", "._."] {
            assert!(Username::parse(wrong).is_ok() && Username::choose(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Username::choose("Nina.K").unwrap().look(), "nina_k");
    }

    #[test]
    fn an_address_has_one_canonical_form() {
        let email = Email::parse(" Nina@MÜNCHEN.example ").unwrap();
        assert_eq!(email.as_str(), "Nina@xn--mnchen-3ya.example");
        assert_eq!(email.key(), "nina@xn--mnchen-3ya.example");
        let (composed, decomposed) =
            (Email::parse("zo\u{eb}@a.example"), Email::parse("zoe\u{308}@a.example"));
        assert_eq!(composed.unwrap(), decomposed.unwrap());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.org", "x".repeat(65));
        for wrong in [
            "",
            "nina",
            "@example.org",
            "nina@",
            "nina@localhost",
            "nina@127.0.0.1",
            "nina@[::1]",
            "ni na@example.org",
            "nina@exa mple.org",
            "nina@ex%61mple.org",
            "nina@-a.example",
            "nina@a..example",
            ".nina@a.example",
            "ni..na@a.example",
            "nina\0@a.example",
            "a@b@c.example",
            "<nina@a.example>",
            &long,
        ] {
            assert!(Email::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_display_name_is_any_words_that_stay_in_their_place() {
        assert_eq!(DisplayName::parse("  Ništa \u{1f3b5} ").unwrap().as_str(), "Ništa \u{1f3b5}");
        assert!(DisplayName::parse(&"é".repeat(100)).is_ok());
        for wrong in ["", "   ", "a\nb", "a\0b", "a\u{202e}b", &"é".repeat(101)] {
            assert!(DisplayName::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_login_is_a_username_or_an_address_in_any_case() {
        assert_eq!(Login::parse("NINA"), Some(Login::Username("nina".to_owned())));
        assert_eq!(Login::parse("Nina@A.example"), Some(Login::Email("nina@a.example".to_owned())));
        assert_eq!(Login::parse("admin@localhost"), Some(Login::Email("admin@localhost".to_owned())));
        assert_eq!(Login::parse("no\0body"), None);
    }
}
