//! The workspace, as `cargo metadata` tells it.

use std::process::Command;

use serde_json::Value;

use crate::tracked;

/// One package of the dependency tree: ours, or somebody else's.
pub struct Package(Value);

/// One line of a manifest that names another package.
pub struct Dependency {
    pub name: String,
    /// The version requirement, `*` where there is none.
    pub requirement: String,
    pub is_dev: bool,
    /// Whether it is a folder of this repository.
    pub is_path: bool,
}

/// Every package that is built here: those of other systems may never have come to this machine.
pub fn packages() -> Vec<Package> {
    let here = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform", &here])
        .current_dir(tracked::root())
        .output()
        .expect("cargo is there");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let tree: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    tree["packages"].as_array().unwrap().iter().cloned().map(Package).collect()
}

/// The packages of this repository.
pub fn members() -> Vec<Package> {
    let members: Vec<Package> = packages().into_iter().filter(|package| package.source().is_none()).collect();
    assert!(members.len() > 10, "only {} packages are ours: the rules would hold for nothing", members.len());
    members
}

impl Package {
    pub fn name(&self) -> &str {
        self.text("name").unwrap()
    }

    pub fn version(&self) -> &str {
        self.text("version").unwrap()
    }

    pub fn licence(&self) -> Option<&str> {
        self.text("license")
    }

    /// Where it is fetched from; nothing for a folder.
    pub fn source(&self) -> Option<&str> {
        self.text("source")
    }

    /// The floor its manifest claims.
    pub fn floor(&self) -> Option<u64> {
        self.0["metadata"]["hathor"]["floor"].as_u64()
    }

    /// The manifest's path from the root of the repository.
    pub fn manifest(&self) -> String {
        let path = self.text("manifest_path").unwrap();
        let root = format!("{}/", tracked::root().display());
        path.strip_prefix(&root).unwrap_or(path).to_owned()
    }

    pub fn dependencies(&self) -> Vec<Dependency> {
        self.0["dependencies"].as_array().unwrap().iter().map(dependency).collect()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.0[key].as_str()
    }
}

fn dependency(value: &Value) -> Dependency {
    Dependency {
        name: value["name"].as_str().unwrap().to_owned(),
        requirement: value["req"].as_str().unwrap().to_owned(),
        is_dev: value["kind"] == "dev",
        is_path: value["path"].is_string(),
    }
}

/// `path:line` of the first line of a manifest that starts with the name.
pub fn line_of(manifest: &str, name: &str) -> String {
    let line = tracked::read(manifest).lines().position(|line| line.starts_with(name)).unwrap_or(0);
    format!("{manifest}:{}", line + 1)
}
