//! Both engines are migrated by the same steps, forwards and backwards.

use std::collections::BTreeSet;

use crate::hold;
use crate::tracked::root;

#[test]
fn both_engines_have_the_same_migrations() {
    let (sqlite, postgres) = (migrations("sqlite"), migrations("postgres"));
    let breaches: Vec<String> = sqlite.symmetric_difference(&postgres).cloned().collect();
    hold("on one engine only", &breaches);
}

#[test]
fn every_migration_can_be_undone() {
    let breaches: Vec<String> = ["sqlite", "postgres"].iter().flat_map(|engine| one_way(engine)).collect();
    hold("a migration has an .up.sql and a .down.sql", &breaches);
}

fn one_way(engine: &str) -> Vec<String> {
    let names = migrations(engine);
    let stem = |name: &str| name.trim_end_matches(".up.sql").trim_end_matches(".down.sql").to_owned();
    let both =
        |name: &str| ["up", "down"].iter().all(|way| names.contains(&format!("{}.{way}.sql", stem(name))));
    names.iter().filter(|name| !both(name)).map(|name| format!("migrations/{engine}/{name}")).collect()
}

#[test]
fn migrations_are_numbered_without_gap_or_double() {
    let numbers: Vec<usize> = migrations("sqlite")
        .iter()
        .filter(|name| name.ends_with(".up.sql"))
        .map(|name| {
            name.split('_').next().unwrap().parse().unwrap_or_else(|_| panic!("{name} has no number"))
        })
        .collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
}

fn migrations(engine: &str) -> BTreeSet<String> {
    let folder = root().join("migrations").join(engine);
    let names: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!names.is_empty(), "no migrations in {}", folder.display());
    names
}
