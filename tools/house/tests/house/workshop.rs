//! The commands, their scripts and their budgets agree with each other.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::hold;
use crate::tracked::{files, read, root};

const COMMANDS: [&str; 15] = [
    "help",
    "run",
    "build",
    "dev",
    "test",
    "test-rust",
    "test-web",
    "e2e",
    "lint",
    "fmt",
    "bench",
    "soak",
    "gen",
    "coverage",
    "clean",
];

#[test]
fn every_command_exists_and_tells_what_it_does() {
    let makefile = read("Makefile");
    let told = |name: &str| makefile.lines().any(|line| line.starts_with(&format!("{name}: ##")));
    let breaches: Vec<String> =
        COMMANDS.iter().filter(|name| !told(name)).map(|name| format!("make {name}")).collect();
    hold("missing, or not told by make help", &breaches);
}

#[test]
fn scripts_that_are_run_may_be_run_and_the_others_are_sourced() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| file.path.starts_with("scripts/") && file.has_extension(&["sh"]))
        .filter(|file| is_executable(&file.path) != file.text.starts_with("#!"))
        .map(|file| file.path.clone())
        .collect();
    hold("a first line `#!` and the right to be run go together", &breaches);
}

fn is_executable(path: &str) -> bool {
    std::fs::metadata(root().join(path)).unwrap().permissions().mode() & 0o100 != 0
}

#[test]
fn every_stage_has_a_budget_and_the_total_is_what_we_promise() {
    let budgets = budgets();
    let names: Vec<&str> = budgets.iter().map(|(name, ..)| name.as_str()).collect();
    let stages = stages();
    assert_eq!(names[..names.len() - 1], stages.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(budgets.last(), Some(&("total".to_owned(), 60.0, 30.0)));
}

#[test]
fn the_budgets_of_the_stages_fit_into_the_total() {
    let budgets = budgets();
    let (total, stages) = budgets.split_last().unwrap();
    assert!(stages.iter().map(|(_, cold, _)| cold).sum::<f64>() <= total.1);
    assert!(stages.iter().map(|(_, _, warm)| warm).sum::<f64>() <= total.2);
}

/// Name, cold and warm minutes, in the order of the file.
fn budgets() -> Vec<(String, f64, f64)> {
    let text = read("scripts/budgets");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.map(|row| (row[0].to_owned(), row[1].parse().unwrap(), row[2].parse().unwrap())).collect()
}

fn stages() -> Vec<String> {
    let script = read("scripts/test.sh");
    let list = script.lines().find_map(|line| line.strip_prefix("ALL_STAGES=(")).unwrap();
    list.trim_end_matches(')').split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_forge_runs_what_everyone_runs() {
    assert!(read(".ci/run").lines().any(|line| line.starts_with("make test ")));
    assert!(read(".github/workflows/ci.yml").contains("run: .ci/run"));
}

#[test]
fn npm_lock_files_hold_the_packages_of_every_platform() {
    let locks: Vec<_> = files().into_iter().filter(|file| file.path.ends_with("package-lock.json")).collect();
    let breaches: Vec<String> = locks
        .iter()
        .flat_map(|file| {
            let lock: Value = serde_json::from_str(&file.text).unwrap();
            unlocked(&lock).into_iter().map(|name| format!("{}: {name}", file.path)).collect::<Vec<_>>()
        })
        .collect();
    hold("npm ci refuses a lock file without them", &breaches);
}

/// Optional packages that are named but not locked.
fn unlocked(lock: &Value) -> Vec<String> {
    let packages = lock["packages"].as_object().unwrap();
    let optional = packages.values().filter_map(|entry| entry["optionalDependencies"].as_object());
    let names = optional.flat_map(serde_json::Map::keys);
    let locked = |name: &str| packages.keys().any(|path| path.ends_with(&format!("node_modules/{name}")));
    names.filter(|name| !locked(name)).cloned().collect()
}

#[test]
fn an_unlocked_platform_is_found_out() {
    let lock = serde_json::json!({ "packages": {
        "node_modules/a": { "optionalDependencies": { "a-linux": "1.0.0", "a-darwin": "1.0.0" } },
        "node_modules/a-linux": {},
    }});
    assert_eq!(unlocked(&lock), ["a-darwin"]);
}

#[test]
fn changes_wait_under_unreleased() {
    assert!(read("CHANGELOG.md").lines().any(|line| line == "## [Unreleased]"));
}
