//! What the documents promise is there.

use std::path::Path;

use crate::hold;
use crate::tracked::{File, files, read, root};

const ADR_SECTIONS: [&str; 3] = ["## Context", "## Decision", "## Consequences"];
const ADR_MOST_LINES: usize = 80;
const ARCHITECTURE_MOST_LINES: usize = 200;

#[test]
fn every_decision_tells_context_decision_and_consequences() {
    let decisions = decisions();
    assert!(decisions.len() >= 6, "only {} decisions are written down", decisions.len());
    let breaches: Vec<String> = decisions
        .iter()
        .flat_map(|file| {
            missing_sections(&file.text).into_iter().map(|section| format!("{}: {section}", file.path))
        })
        .collect();
    hold("a decision record lacks a section", &breaches);
}

#[test]
fn a_decision_fits_on_one_page() {
    let breaches: Vec<String> = decisions()
        .into_iter()
        .filter(|file| file.text.lines().count() > ADR_MOST_LINES)
        .map(|file| file.path)
        .collect();
    hold("one page is 80 lines", &breaches);
}

#[test]
fn the_map_of_the_house_stays_short_enough_to_be_read() {
    assert!(read("ARCHITECTURE.md").lines().count() <= ARCHITECTURE_MOST_LINES);
}

#[test]
fn a_record_without_its_decision_is_found_out() {
    assert_eq!(missing_sections("# 1. x\n## Context\n## Consequences\n"), ["## Decision"]);
}

fn decisions() -> Vec<File> {
    let is_decision = |file: &File| file.path.starts_with("docs/adr/") && file.has_extension(&["md"]);
    files().into_iter().filter(is_decision).collect()
}

fn missing_sections(text: &str) -> Vec<&'static str> {
    ADR_SECTIONS.into_iter().filter(|section| !text.lines().any(|line| line == *section)).collect()
}

#[test]
fn every_make_command_of_the_documents_exists() {
    let makefile = read("Makefile");
    let is_target = |name: &str| makefile.lines().any(|line| line.starts_with(&format!("{name}:")));
    let breaches: Vec<String> = documents()
        .iter()
        .flat_map(|file| {
            make_commands(file)
                .into_iter()
                .filter(|(_, name)| !is_target(name))
                .map(|(at, name)| format!("{at}: make {name}"))
        })
        .collect();
    hold("the Makefile has no such target", &breaches);
}

/// Every `make name` that stands in code, with its place.
fn make_commands(file: &File) -> Vec<(String, String)> {
    let lines = file.text.lines().enumerate();
    lines
        .flat_map(|(number, line)| {
            named_after_make(line).into_iter().map(move |name| (file.at(number), name))
        })
        .collect()
}

fn named_after_make(line: &str) -> Vec<String> {
    let starts = line.split_inclusive(['`', ' ', '\n']);
    let words: Vec<&str> =
        starts.map(|word| word.trim_matches(['`', ' ', ',', '.', ':', ';', ')'])).collect();
    let in_code = line.contains("`make ") || line.starts_with("make ") || line.starts_with("    make ");
    let pairs = words.windows(2).filter(|pair| in_code && pair[0] == "make" && is_name(pair[1]));
    pairs.map(|pair| pair[1].to_owned()).collect()
}

fn is_name(word: &str) -> bool {
    !word.is_empty()
        && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

#[test]
fn make_commands_are_found_in_code_and_not_in_prose() {
    assert_eq!(named_after_make("Type `make run`, then `make test-rust`."), ["run", "test-rust"]);
    assert_eq!(named_after_make("make test"), ["test"]);
    assert!(named_after_make("We make music.").is_empty());
}

#[test]
fn every_link_inside_the_documents_leads_somewhere() {
    let breaches: Vec<String> = documents().iter().flat_map(broken_links).collect();
    hold("no such file", &breaches);
}

fn broken_links(file: &File) -> Vec<String> {
    let folder = root().join(&file.path).parent().unwrap().to_owned();
    let lines = file.text.lines().enumerate();
    let found = lines.flat_map(|(number, line)| links(line).into_iter().map(move |link| (number, link)));
    found
        .filter(|(_, link)| !leads_somewhere(&folder, link))
        .map(|(number, link)| format!("{}: {link}", file.at(number)))
        .collect()
}

fn links(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

fn leads_somewhere(folder: &Path, link: &str) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    path.is_empty() || link.contains("://") || link.starts_with("mailto:") || folder.join(path).exists()
}

fn documents() -> Vec<File> {
    files().into_iter().filter(|file| file.has_extension(&["md"])).collect()
}

#[test]
fn every_setting_is_told_to_operators() {
    let told = read("docs/configuration.md");
    let settings = settings();
    assert!(settings.len() > 30, "only {} settings were found in the code", settings.len());
    let untold = settings.into_iter().filter(|key| !told.contains(&format!("| `{key}` |")));
    hold("docs/configuration.md has no line for", &untold.collect::<Vec<_>>());
}

/// `section.key` of every field of every section, as the code declares them.
fn settings() -> Vec<String> {
    let sections = read("crates/kit/src/config/sections.rs") + &read("crates/kit/src/config/limits.rs");
    let fields = fields_of(&read("crates/kit/src/config/mod.rs"), "Config");
    let keys = |(section, kind): (String, String)| {
        let kind = kind.rsplit("::").next().unwrap_or_default().to_owned();
        fields_of(&sections, &kind).into_iter().map(move |(key, _)| format!("{section}.{key}"))
    };
    fields.into_iter().filter(|(_, kind)| kind.contains("::")).flat_map(keys).collect()
}

/// Names and types of a struct's public fields.
fn fields_of(code: &str, name: &str) -> Vec<(String, String)> {
    let body = code.lines().skip_while(|line| *line != format!("pub struct {name} {{")).skip(1);
    let fields = body.take_while(|line| *line != "}").filter_map(|line| line.trim().strip_prefix("pub "));
    let parts = fields.filter_map(|field| field.trim_end_matches(',').split_once(": "));
    parts.map(|(key, kind)| (key.to_owned(), kind.to_owned())).collect()
}
