//! The architecture: who may lean on whom.

use std::collections::HashMap;

use crate::hold;
use crate::tracked;
use crate::workspace::{Dependency, Package, line_of, members};

#[test]
fn every_crate_says_on_which_floor_it_stands() {
    let breaches: Vec<String> =
        members().iter().filter(|member| member.floor().is_none()).map(Package::manifest).collect();
    hold("say `[package.metadata.hathor] floor = N`", &breaches);
}

#[test]
fn a_crate_leans_only_on_lower_floors() {
    let members = members();
    let floors: HashMap<&str, u64> =
        members.iter().filter_map(|member| Some((member.name(), member.floor()?))).collect();
    let breaches: Vec<String> = members.iter().flat_map(|member| reaches_too_high(member, &floors)).collect();
    hold("a crate leans on lower floors only; its tests may also lean sideways", &breaches);
}

fn reaches_too_high(member: &Package, floors: &HashMap<&str, u64>) -> Vec<String> {
    let own = member.floor().unwrap_or(0);
    let below = |dependency: &Dependency| floors.get(dependency.name.as_str()).copied();
    member
        .dependencies()
        .iter()
        .filter(|dependency| below(dependency).is_some_and(|floor| !may_lean(own, floor, dependency.is_dev)))
        .map(|dependency| format!("{}: {}", line_of(&member.manifest(), &dependency.name), dependency.name))
        .collect()
}

/// Product code goes down, test code also sideways, nobody up.
fn may_lean(from: u64, to: u64, in_tests: bool) -> bool {
    to < from || (in_tests && to == from)
}

#[test]
fn leaning_goes_down_and_in_tests_also_sideways() {
    assert!(may_lean(4, 3, false));
    assert!(!may_lean(3, 3, false));
    assert!(may_lean(3, 3, true));
    assert!(!may_lean(3, 4, true));
}

#[test]
fn every_crate_takes_the_lints_of_the_house() {
    let breaches: Vec<String> =
        members().iter().map(Package::manifest).filter(|manifest| !inherits_lints(manifest)).collect();
    hold("say `[lints] workspace = true`", &breaches);
}

fn inherits_lints(manifest: &str) -> bool {
    let manifest: toml::Table = tracked::read(manifest).parse().unwrap();
    manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool)
        == Some(true)
}

#[test]
fn unsafe_code_is_forbidden_to_everyone() {
    let workspace: toml::Table = tracked::read("Cargo.toml").parse().unwrap();
    assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}
