//! Who gets in where: every operation of the document, asked as everybody by real requests.
//!
//! The golden table (a snapshot beside this file) holds what came of it, a line each: the operation, who should get in (`x-policy`), whether its subject is
//! open to everyone or closed, and a word for each person. The words must be those of the file, and must be what the policy
//! promises. A route without a policy fails, and so does one that is not in the file. After a change of purpose:
//!
//! ```text
//! INSTA_UPDATE=always cargo test -p hathor-server everybody_gets_in
//! ```

mod expected;
mod people;
mod requests;
mod subjects;

use std::fmt::Write as _;

use hathor_kit::policy::Door;
use serde_json::Value;

use self::{
    people::Person,
    requests::{Operation, Outcome},
    subjects::{Exposure, Kind},
};
use super::openapi;

/// One operation, asked as everybody.
struct Row {
    operation: Operation,
    exposure: Option<Exposure>,
    cells: Vec<(Person, Outcome)>,
}

impl Row {
    fn line(&self) -> String {
        let Operation { method, path, door, .. } = &self.operation;
        let (door, exposure) = (door.as_str(), self.exposure.map_or("-", Exposure::as_str));
        let mut line = format!("{method:<6} {path:<42} {door:<14} {exposure:<6} |");
        for (person, outcome) in &self.cells {
            let _ = write!(line, " {person}={outcome}");
        }
        line
    }

    /// What is not as the policy promises.
    fn complaints(&self) -> Vec<String> {
        let kind = self.operation.kind();
        let wrong = self.cells.iter().filter_map(|(person, outcome)| {
            let want = expected::want(self.operation.door, kind.zip(self.exposure), *person);
            (!want.is_met_by(*outcome)).then(|| format!("{}\n    {person} should get {want:?}", self.line()))
        });
        wrong.collect()
    }
}

/// Every operation of the document.
fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(_, value)| value.is_object()) {
            all.push(read(method, path, operation));
        }
    }
    all
}

fn read(method: &str, path: &str, operation: &Value) -> Operation {
    let word = operation["x-policy"].as_str();
    let word = word.unwrap_or_else(|| panic!("{method} {path} has no x-policy: who may call it?"));
    let door: Door = word.parse().unwrap_or_else(|_| panic!("{method} {path}: {word} is no policy"));
    let body = &operation["requestBody"]["content"];
    let operation = Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        door,
        takes_json: body["application/json"].is_object(),
    };
    let of_subject = matches!(
        door,
        Door::Owner | Door::MemberViewer | Door::MemberEditor | Door::MemberManager | Door::MemberOwner
    );
    let known = operation.kind().is_some();
    assert!(known || !of_subject, "{method} {path} is about something that subjects.rs cannot make");
    operation
}

async fn ask_everybody() -> Vec<Row> {
    let house = requests::House::open().await;
    let mut rows = Vec::new();
    for operation in operations() {
        let exposures = operation.kind().map_or(&[None][..], Kind::exposures);
        for exposure in exposures {
            let mut cells = Vec::new();
            for person in Person::ALL {
                cells.push((*person, house.ask(&operation, *exposure, *person).await));
            }
            rows.push(Row { operation: operation.clone(), exposure: *exposure, cells });
        }
    }
    rows
}

fn text(rows: &[Row]) -> String {
    let mut lines: Vec<String> = rows.iter().map(Row::line).collect();
    lines.sort();
    lines.join("\n") + "\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_in_where_the_document_says_and_nowhere_else() {
    let rows = ask_everybody().await;
    let complaints: Vec<String> = rows.iter().flat_map(Row::complaints).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "." }, {
        insta::assert_snapshot!("golden", text(&rows));
    });
}

/// What a bad token is told where none is needed is asked of every such operation by the matrix; this is what it looks like.
#[tokio::test(flavor = "multi_thread")]
async fn a_missing_token_is_nobody_and_a_bad_one_is_refused() {
    let house = requests::House::open().await;
    let mut asked = 0;
    for operation in operations().into_iter().filter(|operation| operation.door == Door::Anyone) {
        let exposure = operation.kind().map(|_: Kind| Exposure::Open);
        let (nobody, bad) = tokio::join!(
            house.ask(&operation, exposure, Person::Anon),
            house.ask(&operation, exposure, Person::Bad)
        );
        assert_ne!(nobody, Outcome::SignIn, "{} {}", operation.method, operation.path);
        assert_eq!(bad, Outcome::SignIn, "{} {}", operation.method, operation.path);
        asked += 1;
    }
    assert!(asked >= 10, "{asked}");
}
