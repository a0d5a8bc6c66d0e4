//! Who else may say who somebody is: `[auth.providers.<id>]`, as many as one likes.

use hathor_core::Secret;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{Config, Mode};

/// One provider. With `issuer` it speaks OpenID Connect and tells the rest itself; without, it is an OAuth 2 server such
/// as GitHub, whose addresses and fields are told here.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProviderConfig {
    /// What its button says; its id when empty.
    pub name: String,
    /// OpenID Connect: `ISSUER/.well-known/openid-configuration` is its document. Kept letter by letter, since tokens
    /// repeat it so.
    pub issuer: Option<String>,
    /// OAuth 2: where people are sent.
    pub authorize_url: Option<Url>,
    /// OAuth 2: where a code becomes a token.
    pub token_url: Option<Url>,
    /// OAuth 2: where the token buys a JSON object about the person.
    pub userinfo_url: Option<Url>,
    /// OAuth 2: a list of `{email, primary, verified}`, where the object does not say which address is verified.
    pub emails_url: Option<Url>,
    /// What the provider calls us.
    pub client_id: String,
    /// What proves it.
    #[serde(skip_serializing)]
    pub client_secret: Option<Secret>,
    /// What we ask to see; with `issuer` and nothing set: `email` and `profile`.
    pub scopes: Vec<String>,
    /// Whether an address that the provider calls verified counts as verified here.
    pub trust_email: bool,
    /// Whether it stands in the operator's own network: its address may be private, and plain HTTP outside production.
    pub own_network: bool,
    /// OAuth 2: the field of the object that never changes and names one person. Dots lead into inner objects.
    pub id_field: String,
    /// OAuth 2: the field with the username.
    pub login_field: String,
    /// OAuth 2: the field with the name that others see.
    pub name_field: String,
    /// OAuth 2: the field with the address.
    pub email_field: String,
    /// OAuth 2: the field that says whether the address is verified.
    pub verified_field: String,
}

impl Default for ProviderConfig {
    fn default() -> Self {
        Self {
            name: String::new(),
            issuer: None,
            authorize_url: None,
            token_url: None,
            userinfo_url: None,
            emails_url: None,
            client_id: String::new(),
            client_secret: None,
            scopes: Vec::new(),
            trust_email: false,
            own_network: false,
            id_field: "id".to_owned(),
            login_field: "login".to_owned(),
            name_field: "name".to_owned(),
            email_field: "email".to_owned(),
            verified_field: "email_verified".to_owned(),
        }
    }
}

impl ProviderConfig {
    /// What its button says.
    pub fn shown<'a>(&'a self, id: &'a str) -> &'a str {
        if self.name.is_empty() { id } else { &self.name }
    }
}

/// What is wrong with the providers of `config`.
pub(super) fn problems(config: &Config, problems: &mut Vec<String>) {
    for (id, provider) in &config.auth.providers {
        let mut say = |key: &str, what: &str| {
            let dot = if key.is_empty() { "" } else { "." };
            problems.push(format!("auth.providers.{id}{dot}{key}: {what}"));
        };
        if !is_id(id) {
            say("", "an id is 1 to 32 small letters, digits, - or _");
        }
        if provider.client_id.trim().is_empty() {
            say("client_id", "what the provider calls this server; it tells you when you register there");
        }
        if provider.name.chars().count() > 50 || provider.name.chars().any(char::is_control) {
            say("name", "at most 50 characters");
        }
        if provider.scopes.iter().any(|scope| scope.is_empty() || scope.contains(char::is_whitespace)) {
            say("scopes", "a list of words without spaces");
        }
        kind(provider, &mut say);
        addresses(config.mode, provider, &mut say);
    }
}

fn is_id(id: &str) -> bool {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    (1..=32).contains(&id.len()) && id.bytes().all(letter)
}

/// Either OpenID Connect or OAuth 2, and all of it.
fn kind(provider: &ProviderConfig, say: &mut impl FnMut(&str, &str)) {
    let named = [
        ("authorize_url", &provider.authorize_url),
        ("token_url", &provider.token_url),
        ("userinfo_url", &provider.userinfo_url),
    ];
    if provider.issuer.is_some() {
        for (key, _) in
            named.iter().chain(&[("emails_url", &provider.emails_url)]).filter(|(_, url)| url.is_some())
        {
            say(key, "the issuer's document tells this; set either issuer or the addresses");
        }
        return;
    }
    if named.iter().all(|(_, url)| url.is_none()) {
        return say("issuer", "set it, or authorize_url, token_url and userinfo_url");
    }
    for (key, _) in named.iter().filter(|(_, url)| url.is_none()) {
        say(key, "an OAuth 2 provider needs it (one with OpenID Connect needs only issuer)");
    }
    if provider.id_field.is_empty() {
        say("id_field", "the field that names one person for ever");
    }
}

fn addresses(mode: Mode, provider: &ProviderConfig, say: &mut impl FnMut(&str, &str)) {
    let issuer = provider.issuer.as_deref().map(Url::parse);
    if let Some(Err(_)) = &issuer {
        say("issuer", "an address such as https://accounts.example");
    }
    let issuer = issuer.and_then(Result::ok);
    for (key, url) in [
        ("issuer", &issuer),
        ("authorize_url", &provider.authorize_url),
        ("token_url", &provider.token_url),
        ("userinfo_url", &provider.userinfo_url),
        ("emails_url", &provider.emails_url),
    ] {
        let Some(url) = url else { continue };
        match url.scheme() {
            "https" => {}
            "http" if mode == Mode::Production => say(key, "starts with https:// in production"),
            "http" if provider.own_network => {}
            _ => say(key, "starts with https:// (or http:// where own_network is true)"),
        }
        if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
            say(key, "holds no user, password or # part");
        }
        if key == "issuer" && url.query().is_some() {
            say(key, "holds no ? part");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(change: impl FnOnce(&mut ProviderConfig), mode: Mode) -> Vec<String> {
        let mut provider = ProviderConfig {
            issuer: Some("https://id.example".to_owned()),
            client_id: "hathor".to_owned(),
            ..ProviderConfig::default()
        };
        change(&mut provider);
        let mut config = Config { mode, ..Config::default() };
        config.auth.providers.insert("corp".to_owned(), provider);
        let mut found = Vec::new();
        problems(&config, &mut found);
        found
    }

    #[test]
    fn a_provider_is_one_kind_or_the_other_and_complete() {
        let url = |text: &str| Some(text.parse().unwrap());
        assert_eq!(found(|_| {}, Mode::Production), Vec::<String>::new());
        let github = |p: &mut ProviderConfig| {
            p.issuer = None;
            p.authorize_url = url("https://github.example/login/oauth/authorize");
            p.token_url = url("https://github.example/login/oauth/access_token");
            p.userinfo_url = url("https://api.github.example/user");
        };
        assert_eq!(found(github, Mode::Production), Vec::<String>::new());
        let both = found(|p| p.token_url = url("https://id.example/token"), Mode::Standard);
        assert!(both[0].starts_with("auth.providers.corp.token_url: the issuer's document"), "{both:?}");
        let none = found(|p| p.issuer = None, Mode::Standard);
        assert!(none[0].starts_with("auth.providers.corp.issuer: set it, or"), "{none:?}");
        let half = found(
            |p| {
                p.issuer = None;
                p.token_url = url("https://id.example/token");
            },
            Mode::Standard,
        );
        assert_eq!(half.len(), 2, "{half:?}");
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let all = found(
            |p| {
                p.issuer = Some("http://nina:hunter2@id.example?x=1#y".to_owned());
                p.client_id = " ".to_owned();
                p.scopes = vec!["openid email".to_owned()];
                p.name = "x".repeat(51);
            },
            Mode::Standard,
        );
        assert_eq!(all.len(), 6, "{all:#?}");
        assert!(!all.join(" ").contains("hunter2"));
        assert_eq!(found(|p| p.issuer = Some("nowhere".to_owned()), Mode::Standard).len(), 1);
        let mut config = Config::default();
        config.auth.providers.insert("Corp Inc".to_owned(), ProviderConfig::default());
        let mut found = Vec::new();
        problems(&config, &mut found);
        assert_eq!(found.len(), 3, "{found:#?}");
    }

    #[test]
    fn plain_http_stays_in_the_own_network_and_out_of_production() {
        let http = |own: bool| {
            move |p: &mut ProviderConfig| {
                p.issuer = Some("http://localhost:9400".to_owned());
                p.own_network = own;
            }
        };
        assert_eq!(found(http(false), Mode::Standard).len(), 1);
        assert_eq!(found(http(true), Mode::Standard).len(), 0);
        assert_eq!(found(http(true), Mode::Production).len(), 1);
    }
}
