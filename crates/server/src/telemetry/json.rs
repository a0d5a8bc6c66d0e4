//! One log line as one JSON object, written straight into the line's buffer.

use std::fmt::{self, Debug};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormatEvent, FormatFields,
        format::Writer,
        time::{FormatTime, SystemTime},
    },
    registry::LookupSpan,
};

/// `{"timestamp", "level", "target", …the event's fields}`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut line: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let about = event.metadata();
        line.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut line)?;
        write!(line, "\",\"level\":\"{}\",\"target\":", about.level())?;
        write_text(&mut line, about.target())?;
        let mut fields = Fields { line: &mut line, outcome: Ok(()) };
        event.record(&mut fields);
        fields.outcome?;
        line.write_str("}\n")
    }
}

/// Writes each field it is shown, until the line takes no more.
struct Fields<'a, 'b> {
    line: &'a mut Writer<'b>,
    outcome: fmt::Result,
}

impl Fields<'_, '_> {
    fn put(&mut self, field: &Field, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) {
        if self.outcome.is_ok() {
            self.outcome = put(self.line, field.name(), value);
        }
    }
}

fn put(line: &mut Writer<'_>, name: &str, value: impl FnOnce(&mut Writer<'_>) -> fmt::Result) -> fmt::Result {
    line.write_char(',')?;
    write_text(line, name)?;
    line.write_char(':')?;
    value(line)
}

impl Visit for Fields<'_, '_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, |line| write_text(line, value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, |line| write!(line, "{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, |line| write!(line, "{value}"));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, |line| write!(line, "{value}"));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // JSON has no word for what is not a number
        self.put(
            field,
            |line| if value.is_finite() { write!(line, "{value}") } else { line.write_str("null") },
        );
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field, |line| write_text(line, &format!("{value:?}")));
    }
}

/// `text` in quotes, with what JSON does not take as it is written as it takes it.
fn write_text(line: &mut Writer<'_>, text: &str) -> fmt::Result {
    line.write_char('"')?;
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        // all of these are one byte long, so both cuts fall between characters
        line.write_str(&text[plain_from..at])?;
        plain_from = at + 1;
        match byte {
            b'"' | b'\\' => write!(line, "\\{}", char::from(byte))?,
            b'\n' => line.write_str("\\n")?,
            _ => write!(line, "\\u{byte:04x}")?,
        }
    }
    line.write_str(&text[plain_from..])?;
    line.write_char('"')
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Seek as _},
        sync::Arc,
    };

    use serde_json::Value;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// The lines that `tell` leaves in the log.
    fn told(tell: impl FnOnce()) -> Vec<Value> {
        let mut file = tempfile::tempfile().unwrap();
        let writer = Arc::new(file.try_clone().unwrap());
        let layer = tracing_subscriber::fmt::layer().event_format(Json).with_writer(writer);
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), tell);
        let mut text = String::new();
        file.rewind().unwrap();
        file.read_to_string(&mut text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn a_line_is_one_object_with_every_field_in_its_own_type() {
        let lines = told(|| {
            tracing::info!(
                target: "hathor::access",
                {
                    http.route = "/api/tracks/{id}",
                    http.status = 200_u16,
                    duration_ms = 1.5,
                    left = -3,
                    fine = true,
                    never = f64::NAN,
                    shown = ?Some(1)
                },
                "answered"
            );
        });
        let [line] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(line["message"], "answered");
        assert_eq!(line["level"], "INFO");
        assert_eq!(line["target"], "hathor::access");
        assert_eq!(line["http.route"], "/api/tracks/{id}");
        assert_eq!(line["http.status"], 200);
        assert_eq!(line["duration_ms"], 1.5);
        assert_eq!(line["left"], -3);
        assert_eq!(line["fine"], true);
        assert_eq!(line["never"], Value::Null);
        assert_eq!(line["shown"], "Some(1)");
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
    }

    #[test]
    fn nothing_a_client_sends_begins_a_line_of_its_own() {
        let agent = "evil\"}\n{\"level\":\"ERROR\"\\\u{7}\u{1b}[31m ünïcode 🎵";
        let lines = told(|| tracing::warn!(user_agent = agent, "answered"));
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["user_agent"], agent);
    }
}
