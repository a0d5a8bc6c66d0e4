//! When a release came out: as much of a date as is known.

/// Whether `text` is a year, a month or a day: `1999`, `1999-04`, `1999-04-30`.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(number);
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    if parts.next().is_some() || !text.split('-').zip([4, 2, 2]).all(|(part, length)| part.len() == length) {
        return false;
    }
    match (year, month, day) {
        (Some(Some(1000..)), None | Some(Some(1..=12)), None) => true,
        (Some(Some(year @ 1000..)), Some(Some(month @ 1..=12)), Some(Some(day))) => {
            (1..=days(year, month)).contains(&day)
        }
        _ => false,
    }
}

/// The year of a date.
pub fn year(date: &str) -> Option<i64> {
    date.get(..4)?.parse().ok()
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|each| each.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

const fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_year_a_month_or_a_day_of_the_calendar() {
        for right in ["1999", "1999-04", "1999-04-30", "2000-02-29", "2024-02-29"] {
            assert!(is_date(right), "{right}");
        }
        for wrong in [
            "",
            "99",
            "0999",
            "19999",
            "1999-13",
            "1999-00",
            "1999-4",
            "1999-04-31",
            "1900-02-29",
            "1999-04-30-1",
            "+999",
            "199a",
            "1999-",
            "1999-04-",
            "-1999",
            "1999-04-30T00:00:00Z",
        ] {
            assert!(!is_date(wrong), "{wrong}");
        }
        assert_eq!((year("1999-04-30"), year("")), (Some(1999), None));
    }
}
