//! The app's one page, with a nonce of its own and a head that fits its address.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use hathor_kit::middleware::Nonce;

use super::{Dist, head::Head};

/// Where the page wants its nonce.
const NONCE: &str = "__CSP_NONCE__";

/// The page as it was built.
pub fn plain() -> Response {
    answer(StatusCode::OK, None)
}

/// The page about something.
pub fn about(head: &Head) -> Response {
    answer(StatusCode::OK, Some(head))
}

/// The page at an address of nothing that everyone may see. Whoever is signed in may see more, and the app asks for it.
pub fn about_nothing() -> Response {
    answer(StatusCode::NOT_FOUND, None)
}

fn answer(status: StatusCode, head: Option<&Head>) -> Response {
    let Some(index) = Dist::get("index.html") else {
        return (StatusCode::NOT_FOUND, "the web app is not in this binary; build it with: make build\n")
            .into_response();
    };
    let nonce = Nonce::draw();
    // first the nonce: no name of anything may ask for it
    let page = String::from_utf8_lossy(&index.data).replace(NONCE, &nonce.0);
    let markup = match head {
        Some(head) => with_head(&page, &head.to_markup()),
        None => page,
    };
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, markup).into_response();
    response.extensions_mut().insert(nonce);
    response
}

/// Puts `head` where the page has its own title, and takes its own description out.
fn with_head(page: &str, head: &str) -> String {
    let page = without(page, "<meta name=\"description\"", ">").unwrap_or_else(|| page.to_owned());
    match (page.find("<title>"), page.find("</title>")) {
        (Some(from), Some(to)) if from < to => {
            format!("{}{head}{}", &page[..from], &page[to + "</title>".len()..])
        }
        _ => page,
    }
}

fn without(page: &str, from: &str, to: &str) -> Option<String> {
    let start = page.find(from)?;
    let end = start + page[start..].find(to)? + to.len();
    Some(format!("{}{}", &page[..start], page[end..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_takes_the_place_of_what_the_page_said_of_itself() {
        let page = "<head><meta name=\"description\" content=\"app\" />\n<title>Hathor</title><link></head>";
        assert_eq!(with_head(page, "<title>Ode</title>"), "<head><title>Ode</title><link></head>");
        assert_eq!(with_head("<p>", "<title>Ode</title>"), "<p>");
    }
}
