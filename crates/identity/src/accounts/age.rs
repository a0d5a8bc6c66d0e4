//! How old somebody is who signs up, where the house asks. The date of birth is judged and dropped.

use hathor_core::{Code, Timestamp};
use hathor_kit::{Error, Result};
use time::{Date, Duration, Month, OffsetDateTime};

/// Nobody is older.
const OLDEST: i32 = 130;
/// A birthday has come once its day has begun everywhere on earth: the last place is so far behind UTC.
const LAST_PLACE: Duration = Duration::hours(12);

/// A day somebody may have been born on. It does not show itself.
#[derive(Clone, Copy)]
pub(crate) struct BirthDate(Date);

impl std::fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[a day]")
    }
}

impl BirthDate {
    /// A day of the calendar as `YYYY-MM-DD`, not after today and not before people can remember.
    pub(crate) fn parse(text: &str, now: Timestamp) -> Result<Self, String> {
        let born = read(text).ok_or_else(|| "a day as YYYY-MM-DD, such as 2001-09-30".to_owned())?;
        // somewhere it is tomorrow already
        let today = day(now, LAST_PLACE + Duration::hours(2));
        if born > today || years(born, today) > OLDEST {
            return Err(format!("a day of the last {OLDEST} years"));
        }
        Ok(Self(born))
    }

    /// Refuses whoever is younger than `least` years, wherever they are.
    pub(crate) fn at_least(self, least: u32, now: Timestamp) -> Result<()> {
        let age = years(self.0, day(now, -LAST_PLACE));
        if u32::try_from(age).is_ok_and(|age| age >= least) {
            return Ok(());
        }
        Err(Error::new(Code::TooYoung)
            .with_detail(format!("one must be {least} to sign up here; nothing you typed was kept")))
    }
}

fn read(text: &str) -> Option<Date> {
    let digits = |part: &str, count: usize| {
        let plain = part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| plain)
    };
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let month = Month::try_from(u8::try_from(digits(month, 2)?).ok()?).ok()?;
    Date::from_calendar_date(digits(year, 4)?.into(), month, u8::try_from(digits(day, 2)?).ok()?).ok()
}

fn day(now: Timestamp, shift: Duration) -> Date {
    let now = OffsetDateTime::from_unix_timestamp(now.unix_seconds()).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    (now + shift).date()
}

/// Whole years; who was born on 29 February has their birthday on 1 March where there is none.
fn years(born: Date, today: Date) -> i32 {
    let had_birthday = (today.month() as u8, today.day()) >= (born.month() as u8, born.day());
    today.year() - born.year() - i32::from(!had_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-03-01, three in the afternoon in UTC.
    const NOW: Timestamp = Timestamp::from_micros(1_772_377_200_000_000);

    fn may(born: &str) -> bool {
        BirthDate::parse(born, NOW).unwrap().at_least(16, NOW).is_ok()
    }

    #[test]
    fn the_gate_opens_on_the_birthday() {
        assert!(may("2010-02-28") && may("2010-03-01") && may("1980-12-31"));
        assert!(!may("2010-03-02") && !may("2010-12-31") && !may("2026-03-01"));
    }

    #[test]
    fn it_opens_where_the_day_has_begun_everywhere() {
        let morning = NOW - std::time::Duration::from_hours(9);
        assert!(BirthDate::parse("2010-03-01", morning).unwrap().at_least(16, morning).is_err());
    }

    #[test]
    fn a_leap_day_counts_from_the_first_of_march() {
        let (leap, today) = (read("2008-02-29").unwrap(), |text| read(text).unwrap());
        assert_eq!((years(leap, today("2024-02-28")), years(leap, today("2024-02-29"))), (15, 16));
        assert_eq!((years(leap, today("2025-02-28")), years(leap, today("2025-03-01"))), (16, 17));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for wrong in [
            "",
            "2010",
            "2010-2-1",
            "2010-02-30",
            "2011-02-29",
            "2010-13-01",
            "2010-00-10",
            "01.02.2010",
            "2010-02-01T00:00",
            "+010-02-01",
            "20100201",
            "2010-02-01-",
            "-2010-02-01",
            "2010-02-0١",
            "1890-01-01",
            "2027-01-01",
            "2010-02-1\0",
        ] {
            assert!(BirthDate::parse(wrong, NOW).is_err(), "{wrong:?}");
        }
    }
}
