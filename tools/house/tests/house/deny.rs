//! deny.toml, held without a network: licences, bans, wildcards, sources.

use semver::{Version, VersionReq};
use toml::Value;

use crate::workspace::{Package, line_of, members, packages};
use crate::{hold, licence, tracked};

#[test]
fn every_dependency_comes_under_a_licence_we_may_combine() {
    let allowed = texts(&rules()["licenses"]["allow"]);
    let breaches: Vec<String> = foreign()
        .iter()
        .filter(|package| !licence::is_met(package.licence().unwrap_or_default(), &allowed))
        .map(|package| format!("{} is under {:?}", named(package), package.licence()))
        .collect();
    hold("deny.toml [licenses] does not allow", &breaches);
}

#[test]
fn no_banned_crate_is_in_the_tree() {
    let rules = rules();
    let bans: Vec<Ban> = rules["bans"]["deny"].as_array().unwrap().iter().map(Ban::read).collect();
    let breaches: Vec<String> = packages()
        .iter()
        .flat_map(|package| {
            bans.iter()
                .filter(|ban| ban.hits(package.name(), package.version()))
                .map(|ban| format!("{}: {}", named(package), ban.reason))
        })
        .collect();
    hold("deny.toml [bans] keeps out", &breaches);
}

#[test]
fn no_dependency_takes_any_version() {
    assert_eq!(rules()["bans"]["wildcards"].as_str(), Some("deny"));
    let breaches: Vec<String> = members().iter().flat_map(wildcards).collect();
    hold("name a version", &breaches);
}

fn wildcards(member: &Package) -> Vec<String> {
    let open = |requirement: &str| requirement == "*";
    let dependencies = member.dependencies();
    let wild = dependencies.iter().filter(|dependency| !dependency.is_path && open(&dependency.requirement));
    wild.map(|dependency| line_of(&member.manifest(), &dependency.name)).collect()
}

#[test]
fn every_dependency_comes_from_a_known_source() {
    let allowed = texts(&rules()["sources"]["allow-registry"]);
    let known =
        |source: &str| source.strip_prefix("registry+").is_some_and(|url| allowed.iter().any(|a| a == url));
    let breaches: Vec<String> =
        foreign().iter().filter(|package| !known(package.source().unwrap_or_default())).map(named).collect();
    hold("deny.toml [sources] does not know where these come from", &breaches);
}

#[test]
fn a_ban_may_name_versions() {
    let ban = |text: &str| Ban::read(&toml::Table::from_iter([("crate".into(), text.into())]).into());
    assert!(ban("left-pad").hits("left-pad", "9.9.9"));
    assert!(!ban("left-pad").hits("right-pad", "9.9.9"));
    assert!(ban("left-pad@<2.1.0").hits("left-pad", "2.0.7"));
    assert!(!ban("left-pad@<2.1.0").hits("left-pad", "2.1.0"));
}

/// An entry of `[bans] deny`: a crate, perhaps only some of its versions.
struct Ban {
    name: String,
    versions: VersionReq,
    reason: String,
}

impl Ban {
    fn read(entry: &Value) -> Self {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, versions) = text("crate").split_once('@').unwrap_or((text("crate"), "*"));
        assert!(!name.is_empty(), "a ban without a crate: {entry}");
        Self { name: name.to_owned(), versions: versions.parse().unwrap(), reason: text("reason").to_owned() }
    }

    fn hits(&self, name: &str, version: &str) -> bool {
        self.name == name && self.versions.matches(&Version::parse(version).unwrap())
    }
}

fn rules() -> toml::Table {
    tracked::read("deny.toml").parse().unwrap()
}

fn foreign() -> Vec<Package> {
    packages().into_iter().filter(|package| package.source().is_some()).collect()
}

fn named(package: &Package) -> String {
    format!("{} {}", package.name(), package.version())
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}
