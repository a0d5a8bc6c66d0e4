//! Embeds the migrations: writes a list of `include_str!`, and runs again when a file comes, goes or changes.

use std::{collections::BTreeSet, env, fmt::Write as _, fs, io, path::Path};

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folders by the environment")]
fn folder(name: &str) -> io::Result<String> {
    env::var(name).map_err(io::Error::other)
}

fn main() -> io::Result<()> {
    let root = Path::new(&folder("CARGO_MANIFEST_DIR")?).join("../../migrations").canonicalize()?;
    println!("cargo::rerun-if-changed={}", root.display());
    let mut list = String::from("&[\n");
    for name in names(&root)? {
        let file = |engine: &str, way: &str| {
            format!("include_str!(r#\"{}\"#)", root.join(engine).join(format!("{name}.{way}.sql")).display())
        };
        let script =
            |engine: &str| format!("Script {{ up: {}, down: {} }}", file(engine, "up"), file(engine, "down"));
        let (sqlite, postgres) = (script("sqlite"), script("postgres"));
        writeln!(list, "Migration {{ name: {name:?}, sqlite: {sqlite}, postgres: {postgres} }},")
            .map_err(io::Error::other)?;
    }
    list.push(']');
    fs::write(Path::new(&folder("OUT_DIR")?).join("migrations.rs"), list)
}

/// The names of both engines' files, in order: a file that one engine lacks then fails to compile.
fn names(root: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for engine in ["sqlite", "postgres"] {
        for entry in fs::read_dir(root.join(engine))? {
            let file = entry?.file_name();
            let stem = file.to_str().and_then(|f| f.strip_suffix(".up.sql").or(f.strip_suffix(".down.sql")));
            names.extend(stem.map(str::to_owned));
        }
    }
    Ok(names)
}
