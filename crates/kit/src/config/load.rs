//! Reads the configuration: defaults, then a TOML file, then the environment; `KEY_FILE` beside every `KEY`.

use std::{collections::BTreeMap, path::PathBuf};

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::{Config, providers::ProviderConfig};

/// Names that deployments use already, and the key each stands for. Our own name wins where both are set.
const ALIASES: &[(&str, &str)] = &[
    ("JWT_SECRET", "auth.secret"),
    ("CLIENT_URL", "http.public_url"),
    ("LOG_LEVEL", "log.level"),
    ("DATABASE_URL", "database.url"),
    ("REDIS_URL", "bus.url"),
];

/// Keys whose value may lie in a file of its own, named by `KEY_file` or `…KEY_FILE`.
const SECRETS: &[&str] = &[
    "auth.secret",
    "auth.previous_secret",
    "media.secret",
    "media.previous_secret",
    "database.url",
    "bus.url",
    "blobs.s3_access_key",
    "blobs.s3_secret_key",
    "mail.password",
];

/// Where the configuration is read from.
#[derive(Debug, Default)]
pub struct Sources {
    /// A TOML file, which must exist when named.
    pub file: Option<PathBuf>,
    /// The environment.
    pub env: BTreeMap<String, String>,
}

impl Sources {
    /// The environment of this process, and `file`.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub fn of_this_process(file: Option<PathBuf>) -> Self {
        Self { file, env: std::env::vars().collect() }
    }
}

/// Everything that kept the configuration from being read, in the order it was found.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct LoadError(pub Vec<String>);

/// Reads the configuration from `sources`. It still has to be judged by [`super::check`].
pub fn load(sources: &Sources) -> Result<Config, LoadError> {
    let mut problems = Vec::new();
    let defaults = Table::try_from(Config::default()).map_err(|e| LoadError(vec![e.to_string()]))?;
    let mut table = read_file(sources, &mut problems);
    overlay_environment(&mut table, &defaults, &sources.env, &mut problems);
    read_secret_files(&mut table, &mut problems);
    let config = sections(table, &mut problems);
    if problems.is_empty() { Ok(config) } else { Err(LoadError(problems)) }
}

fn read_file(sources: &Sources, problems: &mut Vec<String>) -> Table {
    let Some(path) = &sources.file else { return Table::new() };
    let parsed = std::fs::read_to_string(path)
        .map_err(|e| format!("{}: {e}", path.display()))
        .and_then(|text| text.parse::<Table>().map_err(|e| format!("{}: {e}", path.display())));
    parsed.unwrap_or_else(|problem| {
        problems.push(problem);
        Table::new()
    })
}

fn overlay_environment(
    table: &mut Table,
    defaults: &Table,
    env: &BTreeMap<String, String>,
    problems: &mut Vec<String>,
) {
    for (name, key) in ALIASES {
        for (suffix, twin) in [("", ""), ("_FILE", "_file")] {
            let may_be_a_file = twin.is_empty() || SECRETS.contains(key);
            if let Some(value) = env.get(&format!("{name}{suffix}")).filter(|_| may_be_a_file) {
                put(table, &format!("{key}{twin}"), Value::String(value.clone()), problems);
            }
        }
    }
    if let Some(port) = env.get("PORT") {
        put(table, "http.listen", Value::String(format!("0.0.0.0:{port}")), problems);
    }
    if let (Some(host), false) = (env.get("REDIS_HOST"), env.contains_key("REDIS_URL")) {
        let port = env.get("REDIS_PORT").map_or("6379", String::as_str);
        put(table, "bus.url", Value::String(format!("redis://{host}:{port}")), problems);
    }
    let provider = Table::try_from(ProviderConfig::default()).unwrap_or_default();
    for (name, value) in env {
        if let Some(path) = name.strip_prefix("HATHOR_").filter(|path| path.contains("__") || *path == "MODE")
        {
            let key = path.to_ascii_lowercase().replace("__", ".");
            let default =
                provider_field(&key).map_or_else(|| find(defaults, &key), |field| provider.get(field));
            put(table, &key, typed(default, value), problems);
        }
    }
}

/// The environment knows only text: the default tells which type the text stands for.
fn typed(default: Option<&Value>, text: &str) -> Value {
    let string = || Value::String(text.to_owned());
    match default {
        Some(Value::Integer(_)) => text.parse().map_or_else(|_| string(), Value::Integer),
        Some(Value::Float(_)) => text.parse().map_or_else(|_| string(), Value::Float),
        Some(Value::Boolean(_)) => text.parse().map_or_else(|_| string(), Value::Boolean),
        Some(Value::Array(_)) => Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|s| !s.is_empty())
                .map(|s| Value::String(s.to_owned()))
                .collect(),
        ),
        Some(Value::Table(_)) => rate(text).map_or_else(string, Value::Table),
        _ => string(),
    }
}

/// `count/seconds`, or `count/seconds/burst`.
fn rate(text: &str) -> Option<Table> {
    let words: Vec<&str> = text.split('/').map(str::trim).collect();
    let keys = ["count", "seconds", "burst"];
    if !(2..=keys.len()).contains(&words.len()) {
        return None;
    }
    let number = |(key, word): (&str, &str)| Some((key.to_owned(), Value::Integer(word.parse().ok()?)));
    keys.into_iter().zip(words).map(number).collect()
}

/// The field of a provider that `auth.providers.<id>.<field>` names.
fn provider_field(key: &str) -> Option<&str> {
    key.strip_prefix("auth.providers.")?.split_once('.').map(|(_, field)| field)
}

fn find<'t>(table: &'t Table, key: &str) -> Option<&'t Value> {
    let (section, rest) = key.split_once('.')?;
    table.get(section)?.as_table()?.get(rest)
}

fn put(table: &mut Table, key: &str, value: Value, problems: &mut Vec<String>) {
    let Some((section, name)) = key.split_once('.') else {
        table.insert(key.to_owned(), value);
        return;
    };
    match table.entry(section).or_insert_with(|| Value::Table(Table::new())) {
        Value::Table(section) => put(section, name, value, problems),
        _ => problems.push(format!("{section}: is a section, not a value")),
    }
}

/// Replaces each `KEY_file` by the file's text as `KEY`.
fn read_secret_files(table: &mut Table, problems: &mut Vec<String>) {
    for key in SECRETS {
        let Some((section, name)) = key.split_once('.') else { continue };
        let Some(section_table) = table.get_mut(section).and_then(Value::as_table_mut) else { continue };
        read_secret_file(section_table, name, key, problems);
    }
    let auth = table.get_mut("auth").and_then(Value::as_table_mut);
    let providers = auth.and_then(|auth| auth.get_mut("providers")).and_then(Value::as_table_mut);
    for (id, provider) in providers.into_iter().flatten() {
        if let Some(provider) = provider.as_table_mut() {
            let key = format!("auth.providers.{id}.client_secret");
            read_secret_file(provider, "client_secret", &key, problems);
        }
    }
}

fn read_secret_file(section: &mut Table, name: &str, key: &str, problems: &mut Vec<String>) {
    let Some(path) = section.remove(&format!("{name}_file")) else { return };
    let text = path
        .as_str()
        .ok_or_else(|| "is the path of a file".to_owned())
        .and_then(|path| std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}")));
    match text {
        Ok(text) => {
            section.insert(name.to_owned(), Value::String(text.trim().to_owned()));
        }
        Err(problem) => problems.push(format!("{key}_file: {problem}")),
    }
}

/// Reads each section by itself, so that one problem does not hide the next.
fn sections(mut table: Table, problems: &mut Vec<String>) -> Config {
    let mut config = Config::default();
    read(&mut table, "mode", &mut config.mode, problems);
    read(&mut table, "http", &mut config.http, problems);
    read(&mut table, "database", &mut config.database, problems);
    read(&mut table, "blobs", &mut config.blobs, problems);
    read(&mut table, "bus", &mut config.bus, problems);
    read(&mut table, "mail", &mut config.mail, problems);
    read(&mut table, "auth", &mut config.auth, problems);
    read(&mut table, "limits", &mut config.limits, problems);
    read(&mut table, "uploads", &mut config.uploads, problems);
    read(&mut table, "media", &mut config.media, problems);
    read(&mut table, "jobs", &mut config.jobs, problems);
    read(&mut table, "audit", &mut config.audit, problems);
    read(&mut table, "log", &mut config.log, problems);
    problems.extend(table.keys().map(|key| format!("{key}: there is no such section")));
    config
}

fn read<T: DeserializeOwned>(table: &mut Table, name: &str, into: &mut T, problems: &mut Vec<String>) {
    match table.remove(name).map(Value::try_into) {
        None => {}
        Some(Ok(value)) => *into = value,
        Some(Err(e)) => problems.push(format!("{name}: {}", e.to_string().trim().replace('\n', " "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Sources {
        let env = pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Sources { file: None, env }
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("hathor.toml");
        std::fs::write(&file, "[auth]\naccess_ttl_s = 60\nrefresh_grace_s = 5\n").unwrap();
        let mut sources = env(&[
            ("HATHOR_AUTH__ACCESS_TTL_S", "90"),
            ("HATHOR_LIMITS__LOGIN", "5/60"),
            ("HATHOR_LIMITS__CODE", "9/60/3"),
        ]);
        sources.file = Some(file);
        let config = load(&sources).unwrap();
        assert_eq!((config.auth.access_ttl_s, config.auth.refresh_grace_s), (90, 5));
        assert_eq!(config.auth.refresh_idle_s, 30 * 86_400);
        assert_eq!(config.limits.login, super::super::limits::Rate::new(5, 60));
        assert_eq!(config.limits.code, super::super::limits::Rate { count: 9, seconds: 60, burst: 3 });
    }

    #[test]
    fn names_that_deployments_use_are_understood_and_ours_win() {
        let config = load(&env(&[
            ("PORT", "3000"),
            ("JWT_SECRET", "12345678901234567890123456789012"),
            ("CLIENT_URL", "https://music.example"),
            ("REDIS_HOST", "cache"),
            ("DATABASE_URL", "postgres://theirs"),
            ("HATHOR_DATABASE__URL", "postgres://ours"),
        ]))
        .unwrap();
        assert_eq!(config.http.listen.to_string(), "0.0.0.0:3000");
        assert_eq!(config.auth.secret.unwrap().reveal(), "12345678901234567890123456789012");
        assert_eq!(config.http.public_url.unwrap().as_str(), "https://music.example/");
        assert_eq!(config.bus.url.unwrap().reveal(), "redis://cache:6379");
        assert_eq!(config.database.url.unwrap().reveal(), "postgres://ours");
    }

    #[test]
    fn a_secret_may_lie_in_a_file_of_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("jwt");
        std::fs::write(&path, "a secret with a line end\n").unwrap();
        let config = load(&env(&[("JWT_SECRET_FILE", path.to_str().unwrap())])).unwrap();
        assert_eq!(config.auth.secret.unwrap().reveal(), "a secret with a line end");
        let LoadError(problems) = load(&env(&[("HATHOR_AUTH__SECRET_FILE", "/nowhere/at/all")])).unwrap_err();
        assert!(problems[0].starts_with("auth.secret_file: /nowhere/at/all"), "{problems:?}");
    }

    #[test]
    fn providers_come_from_the_file_and_from_the_environment() {
        let dir = tempfile::tempdir().unwrap();
        let (file, secret) = (dir.path().join("hathor.toml"), dir.path().join("secret"));
        std::fs::write(
            &file,
            "[auth.providers.corp]\nissuer = \"https://id.example\"\nclient_id = \"ours\"\n",
        )
        .unwrap();
        std::fs::write(&secret, "hunter2\n").unwrap();
        let mut sources = env(&[
            ("HATHOR_AUTH__PROVIDERS__CORP__CLIENT_ID", "theirs"),
            ("HATHOR_AUTH__PROVIDERS__CORP__CLIENT_SECRET_FILE", secret.to_str().unwrap()),
            ("HATHOR_AUTH__PROVIDERS__GIT_HUB__TRUST_EMAIL", "true"),
            ("HATHOR_AUTH__PROVIDERS__GIT_HUB__SCOPES", "read:user, user:email"),
            ("HATHOR_AUTH__PROVIDERS__GIT_HUB__TOKEN_URL", "https://git.example/token"),
        ]);
        sources.file = Some(file);
        let config = load(&sources).unwrap();
        let (corp, git) = (&config.auth.providers["corp"], &config.auth.providers["git_hub"]);
        assert_eq!((corp.issuer.as_deref(), corp.client_id.as_str()), (Some("https://id.example"), "theirs"));
        assert_eq!(corp.client_secret.as_ref().unwrap().reveal(), "hunter2");
        assert!(git.trust_email && git.scopes == ["read:user", "user:email"]);
        assert!(!format!("{config:?}{}", toml::to_string(&config).unwrap()).contains("hunter2"));
        let wrong = load(&env(&[("HATHOR_AUTH__PROVIDERS__CORP__COLOUR", "red")])).unwrap_err().0;
        assert!(wrong[0].contains("colour"), "{wrong:?}");
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let LoadError(problems) = load(&env(&[
            ("HATHOR_AUTH__ACCESS_TTL_S", "soon"),
            ("HATHOR_HTTP__LISTEN", "nowhere"),
            ("HATHOR_KITCHEN__SINK", "1"),
            ("HATHOR_MEDIA__CAGE", "paper"),
        ]))
        .unwrap_err();
        assert_eq!(problems.len(), 4, "{problems:#?}");
    }

    #[test]
    fn nothing_shown_of_a_configuration_is_secret() {
        let config = load(&env(&[
            ("JWT_SECRET", "hunter2hunter2"),
            ("DATABASE_URL", "postgres://u:hunter2@db"),
            ("HATHOR_MAIL__PASSWORD", "hunter2"),
        ]))
        .unwrap();
        assert_eq!(config.mail.password.as_ref().unwrap().reveal(), "hunter2");
        assert!(!format!("{config:?}").contains("hunter2"));
        assert!(!toml::to_string(&config).unwrap().contains("hunter2"));
    }
}
