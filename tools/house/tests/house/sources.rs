//! What no source may hold, and how long it may grow.

use crate::hold;
use crate::tracked::{File, files};

const MOST_LINES: usize = 500;
const SOURCES: &[&str] =
    &["rs", "ts", "tsx", "js", "mjs", "cjs", "css", "html", "sql", "sh", "py", "toml", "yml", "yaml", "conf"];

#[test]
fn no_source_is_longer_than_500_lines() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| file.has_extension(SOURCES) && !is_generated(&file.path))
        .filter(|file| file.text.lines().count() > MOST_LINES)
        .map(|file| format!("{} has {} lines", file.path, file.text.lines().count()))
        .collect();
    hold("past 500 lines there are two subjects in a file", &breaches);
}

/// The client is made from the OpenAPI document; nobody reads it from top to bottom.
fn is_generated(path: &str) -> bool {
    path.starts_with("web/src/api/generated/")
}

#[test]
fn rust_lints_are_expected_with_a_reason_and_never_allowed() {
    let breaches: Vec<String> =
        files().iter().filter(|file| file.has_extension(&["rs"])).flat_map(silenced_lints).collect();
    hold("write #[expect(lint, reason = \"…\")]", &breaches);
}

fn silenced_lints(file: &File) -> Vec<String> {
    let in_macros = file.text.contains("macro_rules!");
    let attributes = attributes(&file.text);
    let bad = attributes.iter().filter(|(_, text)| is_silent(text, in_macros));
    bad.map(|(line, text)| format!("{}: {text}", file.at(*line))).collect()
}

/// A macro cannot know which lints its callers break, so there an `allow` with a reason stands.
fn is_silent(attribute: &str, in_macros: bool) -> bool {
    let name = attribute.trim_start_matches(['#', '!', '[']);
    let reasoned = attribute.contains("reason =");
    (name.starts_with("allow(") && !(in_macros && reasoned)) || (name.starts_with("expect(") && !reasoned)
}

#[test]
fn no_test_is_switched_off() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| file.has_extension(&["rs"]))
        .flat_map(|file| {
            let attributes = attributes(&file.text);
            let off = attributes.into_iter().filter(|(_, text)| text.starts_with("#[ignore"));
            off.map(|(line, text)| format!("{}: {text}", file.at(line))).collect::<Vec<_>>()
        })
        .collect();
    hold("a test that does not run is a comment", &breaches);
}

/// Every attribute with its first line, put on one line where it spans several.
fn attributes(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let starts = (0..lines.len()).filter(|&n| lines[n].starts_with("#[") || lines[n].starts_with("#!["));
    starts.map(|n| (n, attribute_from(&lines[n..]))).collect()
}

fn attribute_from(lines: &[&str]) -> String {
    let end = lines.iter().position(|line| line.contains(']')).unwrap_or(0);
    lines[..=end].join(" ")
}

#[test]
fn attributes_are_found_on_one_line_and_on_several() {
    let text = "#[expect(\n    clippy::x,\n    reason = \"so\"\n)]\nfn a() {}\n    #[expect(clippy::y)]\n";
    let found = attributes(text);
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [0, 5]);
    assert!(!is_silent(&found[0].1, false));
    assert!(is_silent(&found[1].1, false));
    assert!(is_silent("#![allow(dead_code, reason = \"no\")]", false));
    assert!(is_silent("#[allow(dead_code)]", true));
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let marks = machine_marks();
    let breaches: Vec<String> = files().iter().flat_map(|file| lines_with(file, &marks)).collect();
    hold("machine paths and registry hosts stay out of the repository", &breaches);
}

/// Put together from halves, so that this file does not break its own rule.
fn machine_marks() -> Vec<String> {
    [
        ("/ro", "ot/"),
        ("/wo", "rk/main"),
        ("/wo", "rk/shared"),
        ("/tm", "p/w/"),
        ("/Us", "ers/"),
        ("\"resol", "ved\": \"http"),
        ("_auth", "Token"),
        ("registry.np", "mjs.org"),
        ("registry.yarn", "pkg.com"),
        ("file", "s.pythonhosted.org"),
    ]
    .map(|(first, second)| format!("{first}{second}"))
    .to_vec()
}

fn lines_with(file: &File, marks: &[String]) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    let marked = lines.filter(|(_, line)| marks.iter().any(|mark| line.contains(mark.as_str())));
    marked.map(|(number, line)| format!("{}: {}", file.at(number), line.trim())).collect()
}

#[test]
fn no_package_manager_is_told_of_another_registry() {
    let breaches: Vec<String> = files()
        .iter()
        .filter(|file| file.path.split('/').next_back() == Some(".npmrc") || file.path.contains(".cargo/"))
        .flat_map(|file| {
            lines_with(file, &["registry=".to_owned(), "registry =".to_owned(), "[source".to_owned()])
        })
        .collect();
    hold("registries are the machine's business", &breaches);
}
