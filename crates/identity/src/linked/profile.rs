//! What a JSON object of a provider says of somebody.

use hathor_kit::{Result, config::providers::ProviderConfig};
use serde_json::Value;

use super::model::{Said, failed};

/// Completes what a token said by the object of the same person (OpenID Connect Core 1.0, 5.3).
pub(super) fn complete(said: &mut Said, object: &Value) -> Result<()> {
    // an object about somebody else may be a substituted token's
    if text(object, "sub").as_ref() != Some(&said.subject) {
        return Err(failed("the object at userinfo_endpoint is about somebody else"));
    }
    said.email = text(object, "email");
    said.verified = truth(object, "email_verified");
    said.login = said.login.take().or_else(|| text(object, "preferred_username"));
    said.name = said.name.take().or_else(|| text(object, "name"));
    Ok(())
}

/// Reads the fields that the configuration names.
pub(super) fn read(object: &Value, config: &ProviderConfig) -> Result<Said> {
    let subject = text(object, &config.id_field)
        .ok_or_else(|| failed(format!("the object at userinfo_url has no {:?}", config.id_field)))?;
    Ok(Said {
        subject,
        email: text(object, &config.email_field),
        verified: truth(object, &config.verified_field),
        login: text(object, &config.login_field),
        name: text(object, &config.name_field),
    })
}

/// Takes the best of `[{email, primary, verified}]`: verified before primary.
pub(super) fn best_email(said: &mut Said, list: &Value) {
    let entries = list.as_array().into_iter().flatten().filter(|entry| text(entry, "email").is_some());
    let worth = |entry: &&Value| (truth(entry, "verified"), truth(entry, "primary"));
    if let Some(best) = entries.rev().max_by_key(worth) {
        said.email = text(best, "email");
        said.verified = truth(best, "verified");
    }
}

/// A text, or a whole number as one; dots lead into inner objects.
fn text(object: &Value, path: &str) -> Option<String> {
    match field(object, path)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
        _ => None,
    }
}

/// `true`, or the text `"true"`, as some providers write it.
fn truth(object: &Value, path: &str) -> bool {
    field(object, path).is_some_and(|value| value.as_bool().unwrap_or(value == "true"))
}

fn field<'v>(object: &'v Value, path: &str) -> Option<&'v Value> {
    if path.is_empty() {
        return None;
    }
    path.split('.').try_fold(object, |inner, name| inner.get(name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_lie_where_the_configuration_says() {
        let config = ProviderConfig {
            id_field: "data.id".to_owned(),
            email_field: "mail".to_owned(),
            ..ProviderConfig::default()
        };
        let object = json!({ "data": { "id": 42 }, "login": "nina", "mail": "nina@example.org", "email_verified": "true" });
        let said = read(&object, &config).unwrap();
        assert_eq!((said.subject.as_str(), said.login.as_deref(), said.verified), ("42", Some("nina"), true));
        assert_eq!(said.email.as_deref(), Some("nina@example.org"));
        for nobody in [
            json!({}),
            json!([]),
            json!(null),
            json!({ "data": { "id": 1.5 } }),
            json!({ "data": { "id": "" } }),
        ] {
            assert!(read(&nobody, &config).is_err(), "{nobody}");
        }
    }

    #[test]
    fn the_best_address_is_verified_and_then_primary() {
        let entry = |email: &str, primary: bool, verified: bool| json!({ "email": email, "primary": primary, "verified": verified });
        for (list, expected) in [
            (json!([entry("a", true, false), entry("b", false, true)]), Some(("b", true))),
            (
                json!([entry("a", false, true), entry("b", true, true), entry("c", false, true)]),
                Some(("b", true)),
            ),
            (json!([entry("a", false, true), entry("b", false, true)]), Some(("a", true))),
            (json!([entry("a", true, false)]), Some(("a", false))),
            (json!([]), None),
            (json!({ "message": "Not Found" }), None),
        ] {
            let mut said = Said::default();
            best_email(&mut said, &list);
            assert_eq!(said.email.as_deref().map(|email| (email, said.verified)), expected, "{list}");
        }
    }

    #[test]
    fn an_object_about_somebody_else_completes_nothing() {
        let mut said = Said { subject: "1".to_owned(), ..Said::default() };
        assert!(complete(&mut said, &json!({ "sub": "2", "email": "victim@example.org" })).is_err());
        assert!(complete(&mut said, &json!({ "email": "victim@example.org" })).is_err());
        assert_eq!(said.email, None);
        complete(&mut said, &json!({ "sub": "1", "email": "nina@example.org", "email_verified": true }))
            .unwrap();
        assert!(said.verified && said.email.is_some());
    }
}
