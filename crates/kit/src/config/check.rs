//! Judges a configuration: every problem at once, each a sentence that names its key.

use std::collections::HashMap;

use hathor_core::Secret;
use hathor_mail::{Place, Sender, Server};

use super::{Config, Mode, providers, sections::CageChoice};

/// The shortest secret that is taken.
const SHORTEST_SECRET: usize = 32;
/// The fewest different characters that a secret of that length holds when it was drawn and not typed.
const FEWEST_CHARACTERS: usize = 10;
const PLACEHOLDERS: &[&str] =
    &["change", "secret", "example", "password", "default", "your-", "your_", "12345678", "placeholder"];

/// What is wrong with `config`; empty when nothing is.
pub fn problems(config: &Config) -> Vec<String> {
    let mut problems = Vec::new();
    urls(config, &mut problems);
    mail(config, &mut problems);
    numbers(config, &mut problems);
    secrets(config, &mut problems);
    providers::problems(config, &mut problems);
    if config.mode == Mode::Production {
        production(config, &mut problems);
    }
    problems
}

fn urls(config: &Config, problems: &mut Vec<String>) {
    let mut scheme = |key: &str, url: Option<&str>, known: &[&str]| {
        if let Some(url) = url.filter(|url| !known.iter().any(|scheme| url.starts_with(scheme))) {
            let shown = url.split(':').next().unwrap_or_default();
            problems.push(format!("{key}: starts with {}, not with {shown:?}", known.join(" or ")));
        }
    };
    scheme(
        "database.url",
        config.database.url.as_ref().map(Secret::reveal),
        &["sqlite:", "postgres://", "postgresql://"],
    );
    scheme("blobs.url", config.blobs.url.as_deref(), &["file:", "s3://"]);
    scheme("bus.url", config.bus.url.as_ref().map(Secret::reveal), &["memory:", "redis://"]);
    let on_s3 = config.blobs.url.as_deref().is_some_and(|url| url.starts_with("s3://"));
    if on_s3 && (config.blobs.s3_access_key.is_none() || config.blobs.s3_secret_key.is_none()) {
        problems.push("blobs.s3_access_key, blobs.s3_secret_key: an s3: store needs both".to_owned());
    }
    for origin in &config.http.cors_origins {
        let exact = url::Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
        if !exact {
            problems
                .push(format!("http.cors_origins: {origin:?} is not an origin such as https://app.example"));
        }
    }
}

fn mail(config: &Config, problems: &mut Vec<String>) {
    let place = config.mail.url.as_deref().map(Place::parse).transpose();
    let from = config.mail.from.parse::<Sender>();
    if let Ok(Some(Place::Server(Server { user, .. }))) = &place {
        if user.is_some() && config.mail.password.is_none() {
            problems.push("mail.password: the user in mail.url needs one".to_owned());
        }
        if from.as_ref().is_ok_and(Sender::is_local) {
            problems.push(
                "mail.from: set the address that letters come from, such as Hathor <music@example.org>"
                    .to_owned(),
            );
        }
    }
    problems.extend(place.err().map(|wrong| format!("mail.url: {wrong}")));
    problems.extend(from.err().map(|wrong| format!("mail.from: {wrong}")));
}

fn numbers(config: &Config, problems: &mut Vec<String>) {
    let mut within = |key: &str, value: u64, from: u64, to: u64| {
        if !(from..=to).contains(&value) {
            problems.push(format!("{key}: between {from} and {to}, not {value}"));
        }
    };
    within("auth.access_ttl_s", config.auth.access_ttl_s.into(), 10, 900);
    within("auth.refresh_idle_s", config.auth.refresh_idle_s.into(), 60, 366 * 86_400);
    within("auth.refresh_absolute_s", config.auth.refresh_absolute_s.into(), 60, 366 * 86_400);
    within("auth.refresh_grace_s", config.auth.refresh_grace_s.into(), 0, 60);
    within("auth.fresh_s", config.auth.fresh_s.into(), 30, 3_600);
    within("auth.minimum_age", config.auth.minimum_age.into(), 0, 25);
    within("auth.argon2_memory_kib", config.auth.argon2_memory_kib.into(), 8, 1 << 20);
    within("auth.argon2_iterations", config.auth.argon2_iterations.into(), 1, 20);
    within("media.link_ttl_s", config.media.link_ttl_s.into(), 10, 600);
    within("uploads.max_file_bytes", config.uploads.max_file_bytes, 1 << 20, 1 << 40);
    within("uploads.max_files", config.uploads.max_files as u64, 1, 1_000);
    within("audit.keep_days", config.audit.keep_days.into(), 0, 36_500);
    within("jobs.lease_s", config.jobs.lease_s.into(), 1, 3_600);
    within("jobs.slots", config.jobs.slots as u64, 0, 256);
    within("database.max_connections", config.database.max_connections as u64, 2, 1_000);
    within("http.max_connections", config.http.max_connections as u64, 16, 1_000_000);
    within("http.max_connections_per_ip", config.http.max_connections_per_ip as u64, 1, 1_000_000);
    let limits = &config.limits;
    for (key, rate) in [
        ("api_anonymous", limits.api_anonymous),
        ("api_user", limits.api_user),
        ("login", limits.login),
        ("login_account", limits.login_account),
        ("register", limits.register),
        ("account", limits.account),
        ("reset", limits.reset),
        ("reset_address", limits.reset_address),
        ("code", limits.code),
        ("reset", limits.reset),
        ("refresh", limits.refresh),
        ("upload", limits.upload),
        ("play", limits.play),
        ("search", limits.search),
    ] {
        within(&format!("limits.{key}.count"), rate.count.into(), 1, 1_000_000);
        within(&format!("limits.{key}.seconds"), rate.seconds.into(), 1, 86_400);
        within(&format!("limits.{key}.burst"), rate.burst.into(), 0, 1_000_000);
    }
}

/// Secrets too short to be any are refused everywhere.
fn secrets(config: &Config, problems: &mut Vec<String>) {
    for (key, secret) in signing_secrets(config) {
        if secret.reveal().len() < SHORTEST_SECRET {
            problems.push(format!(
                "{key}: at least {SHORTEST_SECRET} characters; make one with: openssl rand -base64 32"
            ));
        }
    }
}

fn production(config: &Config, problems: &mut Vec<String>) {
    let mut seen = HashMap::new();
    for (key, secret) in signing_secrets(config) {
        if looks_typed(secret.reveal()) {
            problems.push(format!(
                "{key}: looks like a placeholder or was typed by hand; draw it with: openssl rand -base64 32"
            ));
        }
        if let Some(other) = seen.insert(secret.reveal(), key) {
            problems.push(format!("{key}: is the same as {other}; every secret needs its own"));
        }
    }
    if config.media.cage == CageChoice::None {
        problems.push(
            "media.cage: none is refused in production, since a hostile file could read the machine"
                .to_owned(),
        );
    }
    match &config.http.public_url {
        None => problems.push(
            "http.public_url: set the address people type; links and origins are judged by it".to_owned(),
        ),
        Some(url) if url.scheme() != "https" && !config.auth.allow_plain_http => {
            problems.push(
                "http.public_url: starts with https:// in production (or set auth.allow_plain_http)"
                    .to_owned(),
            );
        }
        Some(_) => {}
    }
}

fn signing_secrets(config: &Config) -> Vec<(&'static str, &Secret)> {
    [
        ("auth.secret", &config.auth.secret),
        ("auth.previous_secret", &config.auth.previous_secret),
        ("media.secret", &config.media.secret),
        ("media.previous_secret", &config.media.previous_secret),
    ]
    .into_iter()
    .filter_map(|(key, secret)| secret.as_ref().map(|secret| (key, secret)))
    .collect()
}

fn looks_typed(secret: &str) -> bool {
    let lower = secret.to_ascii_lowercase();
    let different: std::collections::HashSet<char> = secret.chars().collect();
    different.len() < FEWEST_CHARACTERS || PLACEHOLDERS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWN: &str = "kZ3vQ0m8yX1nB7tR5wL2pH9dG4sJ6fKc";

    fn production_config() -> Config {
        let mut config = Config { mode: Mode::Production, ..Config::default() };
        config.http.public_url = Some("https://music.example".parse().unwrap());
        config.auth.secret = Some(Secret::new(DRAWN));
        config.media.secret = Some(Secret::new(DRAWN.to_lowercase()));
        config
    }

    #[test]
    fn the_defaults_have_no_problem() {
        assert_eq!(problems(&Config::default()), Vec::<String>::new());
        assert_eq!(problems(&production_config()), Vec::<String>::new());
    }

    #[test]
    fn production_refuses_weak_default_and_repeated_secrets() {
        for weak in
            ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "change-me-to-something-long-kZ3vQ0m8", "short"]
        {
            let mut config = production_config();
            config.auth.secret = Some(Secret::new(weak));
            let found = problems(&config);
            assert!(found.iter().any(|p| p.starts_with("auth.secret:")), "{weak}: {found:?}");
            assert!(!found.join(" ").contains(weak), "a problem shows the secret");
        }
        let mut config = production_config();
        config.media.secret = Some(Secret::new(DRAWN));
        assert!(problems(&config)[0].contains("the same as auth.secret"));
    }

    #[test]
    fn mail_through_a_server_needs_a_sender_and_a_users_password() {
        let mut config = Config::default();
        config.mail.url = Some("smtp://nina@relay.example".to_owned());
        let found = problems(&config);
        assert!(found[0].starts_with("mail.password:") && found[1].starts_with("mail.from:"), "{found:?}");
        config.mail.password = Some(Secret::new("open sesame"));
        config.mail.from = "music@example.org".to_owned();
        assert_eq!(problems(&config), Vec::<String>::new());
        for (url, from) in [("smtp://nina:hunter2@relay.example", "nobody"), ("pigeon:hunter2", "@")] {
            config.mail.url = Some(url.to_owned());
            config.mail.from = from.to_owned();
            let found = problems(&config);
            assert!(found[0].starts_with("mail.url:") && found[1].starts_with("mail.from:"), "{found:?}");
            assert!(!found.join(" ").contains("hunter2"), "a problem shows a password: {found:?}");
        }
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let mut config = production_config();
        config.database.url = Some(Secret::new("mysql://u:hunter2@db"));
        config.media.link_ttl_s = 3_600;
        config.media.cage = CageChoice::None;
        config.http.cors_origins = vec!["*".to_owned()];
        config.http.public_url = None;
        let found = problems(&config);
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(!found.join(" ").contains("hunter2"));
    }
}
