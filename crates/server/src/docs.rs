//! The API's documents: the OpenAPI document, a page to read it, and a page of all problem codes. Plain HTML without scripts.

use std::{fmt::Write, sync::LazyLock};

use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use hathor_core::Code;
use hathor_kit::{Ctx, middleware::Nonce};
use serde_json::Value;
use utoipa::openapi::{
    ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder,
    security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

use crate::features;

static DOCUMENT: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(features::openapi()).unwrap_or_default());
const STYLE: &str = include_str!("docs.css");

/// The routes of the documents.
pub fn routes() -> Router<Ctx> {
    Router::new()
        .route("/api/openapi.json", get(document))
        .route("/api/docs", get(reference))
        .route("/api/docs/problems", get(problems))
}

/// What the document says before any path.
pub fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Hathor")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "JSON in snake_case, times in RFC 3339 (UTC), durations in milliseconds, ids of 32 hex digits, lists by cursor. \
             Every error is application/problem+json with a code.",
        ))
        .license(Some(LicenseBuilder::new().name("AGPL-3.0-or-later").build()))
        .contact(Some(ContactBuilder::new().name(Some("Hathor")).build()))
        .build();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = utoipa::openapi::ComponentsBuilder::new()
        .security_scheme("bearer", SecurityScheme::Http(bearer))
        .schema("Code", <Code as utoipa::PartialSchema>::schema())
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], DOCUMENT.to_string())
        .into_response()
}

async fn problems() -> Response {
    let mut rows = String::new();
    for code in Code::ALL {
        let (word, status, title) = (code.as_str(), code.status(), prose(code.title()));
        let _ = write!(rows, "<tr id=\"{word}\"><td><code>{word}</code><td>{status}<td>{title}");
    }
    page("Problems", &format!("<table><thead><tr><th>code<th>status<th>what it means<tbody>{rows}</table>"))
}

async fn reference() -> Response {
    let mut body = String::from(
        "<p><a href=\"/api/openapi.json\">openapi.json</a> · <a href=\"/api/docs/problems\">problem codes</a></p>",
    );
    for (path, item) in DOCUMENT["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten().filter(|(_, op)| op.is_object()) {
            write_operation(&mut body, method, path, operation);
        }
    }
    body.push_str("<h2>Schemas</h2>");
    for (name, schema) in DOCUMENT["components"]["schemas"].as_object().into_iter().flatten() {
        write_schema(&mut body, name, schema);
    }
    page("API", &body)
}

fn write_operation(body: &mut String, method: &str, path: &str, operation: &Value) {
    let summary = prose(operation["summary"].as_str().unwrap_or_default());
    let _ = write!(
        body,
        "<section><h2><b>{}</b> <code>{}</code></h2><p>{summary}</p>",
        method.to_uppercase(),
        escape(path)
    );
    if let Some(text) = operation["description"].as_str() {
        let _ = write!(body, "<p>{}</p>", prose(text));
    }
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let (name, place) =
            (parameter["name"].as_str().unwrap_or_default(), parameter["in"].as_str().unwrap_or_default());
        let text = parameter["description"].as_str().unwrap_or_default();
        let _ =
            write!(body, "<p class=\"field\"><code>{}</code> in {place}: {}</p>", escape(name), prose(text));
    }
    if let Some(content) = operation["requestBody"]["content"].as_object() {
        for (kind, media) in content {
            let _ = write!(
                body,
                "<p class=\"field\">body <code>{}</code>: {}</p>",
                escape(kind),
                shape(&media["schema"])
            );
        }
    }
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let schema = response["content"]
            .as_object()
            .and_then(|content| content.values().next())
            .map(|media| shape(&media["schema"]));
        let text = prose(response["description"].as_str().unwrap_or_default());
        let _ = write!(
            body,
            "<p class=\"field\"><code>{status}</code> {} {text}</p>",
            schema.unwrap_or_default()
        );
    }
    body.push_str("</section>");
}

fn write_schema(body: &mut String, name: &str, schema: &Value) {
    let text = prose(schema["description"].as_str().unwrap_or_default());
    let _ = write!(body, "<section id=\"{0}\"><h3>{0}</h3><p>{text}</p>", escape(name));
    for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
        let text = prose(inner["description"].as_str().unwrap_or_default());
        let _ =
            write!(body, "<p class=\"field\"><code>{}</code> {}: {text}</p>", escape(field), shape(inner));
    }
    let words: Vec<&str> =
        schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !words.is_empty() {
        let _ = write!(body, "<p><code>{}</code></p>", escape(&words.join(" | ")));
    }
    body.push_str("</section>");
}

/// A schema in one line: a link to a named one, else its type.
fn shape(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|link| link.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escape(name));
    }
    if schema["type"] == "array" {
        return format!("list of {}", shape(&schema["items"]));
    }
    let variants = ["oneOf", "anyOf"].iter().find_map(|key| schema[key].as_array());
    if let Some(variants) = variants {
        return variants.iter().map(shape).collect::<Vec<_>>().join(" or ");
    }
    match &schema["type"] {
        Value::String(kind) => escape(kind),
        Value::Array(kinds) => {
            escape(&kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "))
        }
        _ => String::new(),
    }
}

fn page(title: &str, body: &str) -> Response {
    let nonce = Nonce::draw();
    let markup = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Hathor · {title}</title><style nonce=\"{}\">{STYLE}</style><main><h1>Hathor · {title}</h1>{body}</main></html>",
        nonce.0
    );
    let mut response = Html(markup).into_response();
    response.extensions_mut().insert(nonce);
    response
}

/// Prose of the document: words in backticks are code.
fn prose(text: &str) -> String {
    let pieces = escape(text);
    let pieces = pieces.split('`').enumerate();
    pieces
        .map(|(n, piece)| if n % 2 == 1 { format!("<code>{piece}</code>") } else { piece.to_owned() })
        .collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
