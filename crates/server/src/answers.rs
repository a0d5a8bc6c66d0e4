//! Answers that any route may give, added to the document in one place instead of at each route.

use utoipa::openapi::{
    ContentBuilder, OpenApi, Ref, RefOr, ResponseBuilder, path::Operation, security::SecurityRequirement,
};

use crate::aliases::operations;

/// What every problem is sent as.
const PROBLEM: &str = "application/problem+json";

/// Whoever calls the API may be told these.
const ALWAYS: &[(&str, &str)] = &[
    ("429", "too many requests; `Retry-After` says when to come back"),
    ("503", "a part the server needs does not answer, or it has too much to do; nothing was lost"),
];
/// Whoever names something in the address.
const NAMING: &[(&str, &str)] = &[("400", "what stands in the address cannot be read")];
/// Whoever sends a body.
const SENDING: &[(&str, &str)] = &[
    ("400", "the body cannot be read"),
    ("408", "the body came too slowly"),
    ("413", "the body is larger than this route takes"),
    ("415", "the body is of another type than this route takes"),
    ("422", "some fields need another value; `errors` names them"),
];
/// Whoever brings a token.
const SIGNED_IN: &[(&str, &str)] = &[
    ("401", "there is no token, or it is no good any more"),
    ("403", "this is not yours to do, or not with this key"),
];

/// Adds to each operation of the API what it may answer beside what it says itself, and calls problems what they are.
pub fn document(mut document: OpenApi) -> OpenApi {
    let routes = document.paths.paths.iter_mut().filter(|(path, _)| is_ours(path));
    for operation in routes.flat_map(|(_, item)| operations(item)) {
        complete(operation);
    }
    document
}

/// Health and the like answer in words of their own.
fn is_ours(path: &str) -> bool {
    path.starts_with("/api/") && path != "/api/health"
}

fn complete(operation: &mut Operation) {
    add(operation, ALWAYS);
    if operation.parameters.as_ref().is_some_and(|parameters| !parameters.is_empty()) {
        add(operation, NAMING);
    }
    if operation.request_body.is_some() {
        add(operation, SENDING);
    }
    let knows_people =
        |all: &Vec<SecurityRequirement>| all.iter().any(|one| *one != SecurityRequirement::default());
    if operation.security.as_ref().is_some_and(knows_people) {
        add(operation, SIGNED_IN);
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && status.starts_with(['4', '5'])
            && let Some(content) = response.content.swap_remove("application/json")
        {
            response.content.insert(PROBLEM.to_owned(), content);
        }
    }
}

fn add(operation: &mut Operation, answers: &[(&str, &str)]) {
    for (status, why) in answers {
        let problem = || {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
            ResponseBuilder::new().description(*why).content(PROBLEM, content).build()
        };
        let known = operation.responses.responses.entry((*status).to_owned());
        let response = known.or_insert_with(|| problem().into());
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            (*why).clone_into(&mut response.description);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::features::openapi;

    #[test]
    fn every_route_says_that_it_may_be_busy_and_that_there_are_limits() {
        let document = serde_json::to_value(openapi()).unwrap();
        for (path, item) in document["paths"].as_object().unwrap() {
            if !path.starts_with("/api/") || path == "/api/health" {
                continue;
            }
            for (method, operation) in item.as_object().unwrap() {
                let answers = &operation["responses"];
                for status in ["429", "503"] {
                    assert!(answers[status].is_object(), "{method} {path} {status}");
                }
                if operation["requestBody"].is_object() {
                    assert!(answers["413"].is_object(), "{method} {path} 413");
                }
                for (status, answer) in answers.as_object().unwrap() {
                    let told = answer["content"].as_object().into_iter().flatten();
                    let kinds: Vec<_> = told.map(|(kind, _)| kind.as_str()).collect();
                    if status.starts_with(['4', '5']) {
                        assert!(
                            kinds.iter().all(|kind| *kind == "application/problem+json"),
                            "{method} {path} {status}"
                        );
                    }
                }
            }
        }
    }
}
