//! From what taggers write to what it means. Whatever does not make sense is `None`.

use lofty::id3::v1::GENRES;

use super::Of;

/// Characters of a line.
const NAME_LEN: usize = 300;
/// Characters of lyrics and comments.
const LONG_LEN: usize = 20_000;

/// A line of text.
pub fn name(text: &str) -> Option<String> {
    let line: String =
        text.chars().map(|each| if each.is_control() { ' ' } else { each }).take(NAME_LEN).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// Text of several lines.
pub fn long(text: &str) -> Option<String> {
    let kept = |each: &char| !each.is_control() || matches!(each, '\n' | '\t');
    let text: String =
        text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(kept).take(LONG_LEN).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A genre; old taggers write its number in a table: `17`, `(17)`, `(17)Rock`.
pub fn genre(text: &str) -> Option<String> {
    let (number, rest) = match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((number, rest)) => (number, rest.trim()),
        None => (text, ""),
    };
    let Ok(number) = number.parse::<usize>() else { return Some(text.to_owned()) };
    if rest.is_empty() { GENRES.get(number).map(|&genre| genre.to_owned()) } else { Some(rest.to_owned()) }
}

/// The year that a date starts with.
pub fn year(text: &str) -> Option<i32> {
    let digits = text.trim().get(..4)?;
    digits.parse().ok().filter(|year| (1000..3000).contains(year))
}

/// As much of a date as makes sense: `2014-03-21T10:00` is a day, `2014-03` and `2014-03-00` are a month.
pub fn date(text: &str) -> Option<String> {
    let year = year(text)?;
    let mut parts = text.trim().get(4..).unwrap_or_default().split('-');
    let begins_so = parts.next() == Some("");
    let digits = |part: &&str| begins_so && part.bytes().all(|each| each.is_ascii_digit());
    let part = |part: Option<&str>| part?.get(..2).filter(digits)?.parse::<u32>().ok();
    let Some(month @ 1..=12) = part(parts.next()) else { return Some(format!("{year:04}")) };
    match part(parts.next()) {
        Some(day) if (1..=days(year, month)).contains(&day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => Some(format!("{year:04}-{month:02}")),
    }
}

const fn days(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `3` or `3/12`.
pub fn place(text: &str) -> Option<Of> {
    let (number, total) = text.split_once('/').unwrap_or((text, ""));
    let of = Of { number: count(number), total: count(total) };
    (of != Of::default()).then_some(of)
}

/// A whole number from 1.
pub fn count(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|&number| number > 0)
}

/// A number above 0, as peaks and tempi are.
pub fn positive(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

/// A gain, with or without its unit.
pub fn decibels(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let gain: f64 = text.trim_end_matches("db").trim().parse().ok()?;
    (gain.abs() <= 100.0).then_some(gain)
}

/// The gain of Opus files (RFC 7845): 256ths of a decibel towards −23 LUFS, five below ReplayGain's.
pub fn r128(text: &str) -> Option<f64> {
    let steps: i16 = text.trim().parse().ok()?;
    Some(f64::from(steps) / 256.0 + 5.0)
}

/// Twelve letters and digits; some write hyphens between them.
pub fn isrc(text: &str) -> Option<String> {
    let code: String = text.trim().chars().filter(|&each| each != '-').take(13).collect();
    let fits = code.len() == 12 && code.chars().all(|each| each.is_ascii_alphanumeric());
    fits.then(|| code.to_ascii_uppercase())
}

/// iTunes' advisory: 1 or 4 is explicit, 2 is cleaned, 0 is neither.
pub fn advisory(text: &str) -> Option<bool> {
    match text.trim() {
        "1" | "4" => Some(true),
        "0" | "2" => Some(false),
        _ => None,
    }
}

/// A UUID with hyphens, in lower case.
pub fn uuid(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = |(at, each): (usize, u8)| match at {
        8 | 13 | 18 | 23 => each == b'-',
        _ => each.is_ascii_hexdigit(),
    };
    (text.len() == 36 && text.bytes().enumerate().all(fits)).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_in_one_or_two_parts_and_zero_is_none() {
        let of = |number, total| Some(Of { number, total });
        assert_eq!(place("3/12"), of(Some(3), Some(12)));
        assert_eq!(place(" 07 "), of(Some(7), None));
        assert_eq!(place("0/9"), of(None, Some(9)));
        for nothing in ["", "0", "A1", "-3", "99999999999"] {
            assert_eq!(place(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_date_gives_its_year() {
        assert_eq!(year("2010-05-01T12:00"), Some(2010));
        assert_eq!(year("1999"), Some(1999));
        for nothing in ["", "99", "0000", "9999", "MMXX", "20é"] {
            assert_eq!(year(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_date_keeps_as_much_as_makes_sense() {
        for (written, kept) in [
            ("2014-03-21", "2014-03-21"),
            (" 2014-03-21T10:00:00Z ", "2014-03-21"),
            ("2024-02-29", "2024-02-29"),
            ("2014-02-29", "2014-02"),
            ("2014-03-00", "2014-03"),
            ("2014-03", "2014-03"),
            ("2014-3-21", "2014"),
            ("2014-13-01", "2014"),
            ("2014-00-00", "2014"),
            ("2014/03/21", "2014"),
            ("20140321", "2014"),
            ("2014-+3-21", "2014"),
            ("2014-é", "2014"),
            ("2014", "2014"),
        ] {
            assert_eq!(date(written).as_deref(), Some(kept), "{written}");
        }
        for nothing in ["", "21.3.2014", "0000-03-21", "MMXIV"] {
            assert_eq!(date(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn gains_are_read_with_and_without_a_unit_and_opus_counts_in_its_own_way() {
        assert_eq!(decibels("-6.20 dB"), Some(-6.2));
        assert_eq!(decibels("+1.5DB"), Some(1.5));
        assert_eq!(decibels("loud"), None);
        assert_eq!(decibels("nan"), None);
        assert_eq!(r128("-1280"), Some(0.0));
        assert_eq!(r128("40000"), None);
    }

    #[test]
    fn genres_by_number_get_their_name() {
        assert_eq!(genre("(17)").as_deref(), Some("Rock"));
        assert_eq!(genre("17").as_deref(), Some("Rock"));
        assert_eq!(genre("(17)Hard Rock").as_deref(), Some("Hard Rock"));
        assert_eq!(genre("(nearly) Jazz").as_deref(), Some("(nearly) Jazz"));
        assert_eq!(genre("9999"), None);
    }

    #[test]
    fn control_characters_leave_and_long_texts_end() {
        assert_eq!(name(" a\0b\u{7}c \n").as_deref(), Some("a b c"));
        assert_eq!(name("\0 \t"), None);
        assert_eq!(name(&"ü".repeat(1000)).map(|line| line.chars().count()), Some(NAME_LEN));
        assert_eq!(long("one\r\ntwo\rthree\u{1b}[31m").as_deref(), Some("one\ntwo\nthree[31m"));
    }

    #[test]
    fn identities_keep_their_form() {
        assert_eq!(isrc("de-a12-34-56789").as_deref(), Some("DEA123456789"));
        assert_eq!(isrc("DEA1234567890"), None);
        let id = "F6BEAC20-5DFE-4D1F-AE02-0B0A740AAFD6";
        assert_eq!(uuid(id), Some(id.to_ascii_lowercase()));
        assert_eq!(uuid(&id.replace('-', "x")), None);
    }
}
