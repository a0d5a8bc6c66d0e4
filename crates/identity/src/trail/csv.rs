//! Rows of the trail as lines of a file that tables open (RFC 4180).

use super::model::Row;

/// The first line.
pub(super) const HEAD: &str =
    "seq,at,actor_id,actor,action,subject_kind,subject_id,subject,ip,agent,changes,erased\r\n";

/// One line.
pub(super) fn line(row: &Row) -> String {
    let actor = row.actor.as_ref();
    let cells = [
        row.seq.to_string(),
        row.at.to_string(),
        actor.map(|actor| actor.id.to_string()).unwrap_or_default(),
        actor.and_then(|actor| actor.username.clone()).unwrap_or_default(),
        row.action.clone(),
        row.subject.kind.clone(),
        row.subject.id.clone(),
        row.subject.name.clone().unwrap_or_default(),
        row.ip.map(|ip| ip.to_string()).unwrap_or_default(),
        row.agent.clone().unwrap_or_default(),
        row.changes.as_ref().map(ToString::to_string).unwrap_or_default(),
        row.erased.to_string(),
    ];
    cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A table takes a cell that begins like this for a formula and runs it, wherever the words came from.
const FORMULA: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

fn cell(text: &str) -> String {
    let guard = if text.trim_start().starts_with(FORMULA) || text.starts_with(FORMULA) { "'" } else { "" };
    if guard.is_empty() && !text.contains(['"', ',', '\r', '\n', ';', '\'']) {
        return text.to_owned();
    }
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two() {
        for (text, expected) in [
            ("", ""),
            ("session.opened", "session.opened"),
            ("Mozilla/5.0 (X11; Linux)", "\"Mozilla/5.0 (X11; Linux)\""),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("  +1", "\"'  +1\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\tx", "\"'\tx\""),
            ("a\"b,c\r\n=d", "\"a\"\"b,c\r\n=d\""),
            ("\u{ff1d}1", "\"'\u{ff1d}1\""),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }
}
