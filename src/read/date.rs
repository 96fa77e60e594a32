//! Dates as metadata writes them, with the precision they were written in.
//!
//! Understood are `YYYY`, `YYYY-MM`, `YYYY-MM-DD` (also with `/` or `.` between), RFC 3339, ISO
//! 8601 in its compact form, RFC 9557, RFC 2822, the same with a space for the `T`, English dates
//! with the month in words (`September 12, 2018`), and Unix time in seconds or milliseconds.
//! `03/04/2018` is not: nobody can tell its day from its month.
//!
//! A time without zone is taken as UTC. A time of exactly midnight is taken as a day: programs
//! write `2018-09-12 00:00:00` for a date whose time they do not know, and to believe it would put
//! such an article before every other of its day.

use jiff::civil;
use jiff::fmt::{rfc2822, strtime::BrokenDownTime, temporal};
use jiff::tz::{Offset, TimeZone};

use crate::error::{Error, Result};
use crate::model::{Date, DatePrecision};

/// Why a date could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It has the form of a date but is not in the calendar, or lies before the printed press.
    #[error("is impossible")]
    Impossible,
    /// It has no known form.
    #[error("is not understood")]
    Unknown,
}

/// No newspaper is older; an earlier year is a placeholder such as `0001-01-01`.
const FIRST_YEAR: i16 = 1400;

/// How far behind `now` a date may lie before it is called a date in the future, in seconds: the
/// clocks and time zones of the world differ by less than a day.
const FUTURE_TOLERANCE: i64 = 86_400;

/// Reads a date as metadata writes it. White space around it does not matter.
pub fn parse_date(text: &str) -> Result<Date, DateError> {
    let text = text.trim();
    if text.is_empty() || text.len() > 100 {
        return Err(DateError::Unknown);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    if let Some(result) = year_and_month(text).or_else(|| iso(text)) {
        return result;
    }
    rfc_2822(text).or_else(|| month_in_words(text)).unwrap_or(Err(DateError::Unknown))
}

/// Reads a number as JSON metadata gives it: a year, a day as `YYYYMMDD`, or Unix time in seconds,
/// milliseconds or microseconds, told apart by their size.
pub(super) fn date_of_number(number: i64) -> Result<Date, DateError> {
    match number {
        1400..=2999 => digits(&number.to_string()),
        14_000_101..=29_991_231 => {
            digits(&number.to_string()).or_else(|_| unix_time(number, DatePrecision::Second))
        }
        _ => {
            let size = number.unsigned_abs();
            let seconds = if size < 100_000_000_000 {
                number
            } else if size < 100_000_000_000_000 {
                number.div_euclid(1000)
            } else {
                number.div_euclid(1_000_000)
            };
            unix_time(seconds, DatePrecision::Second)
        }
    }
}

/// Whether a date lies after `now` (Unix seconds) by more than the clocks of the world differ.
pub(super) fn is_future(date: &Date, now: i64) -> bool {
    date.earliest > now.saturating_add(FUTURE_TOLERANCE)
}

/// Reads the date of a `--since` flag.
pub fn parse_since(text: &str) -> Result<Date> {
    parse_date(text).map_err(|error| {
        Error::usage(
            format!("the date \"{text}\" {error}"),
            "write it as YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ",
        )
    })
}

/// Digits alone: a year, a compact date or time, or Unix time.
fn digits(text: &str) -> Result<Date, DateError> {
    let number: i64 = text.parse().map_err(|_| DateError::Unknown)?;
    let part = |from: usize, to: usize| text[from..to].parse::<i8>().unwrap_or(-1);
    let day = |year: i16| civil::Date::new(year, part(4, 6), part(6, 8));
    let year = text.get(..4).and_then(|year| year.parse::<i16>().ok()).unwrap_or(0);
    match text.len() {
        4 => of_day(civil::Date::new(year, 1, 1), DatePrecision::Year),
        8 => of_day(day(year), DatePrecision::Day),
        9 | 10 => unix_time(number, DatePrecision::Second),
        12 | 14 => {
            let second = if text.len() == 14 { part(12, 14) } else { 0 };
            let time = civil::Time::new(part(8, 10), part(10, 12), second, 0);
            let (Ok(day), Ok(time)) = (day(year), time) else { return Err(DateError::Impossible) };
            let precision =
                if text.len() == 14 { DatePrecision::Second } else { DatePrecision::Minute };
            of_time(day.to_datetime(time), Offset::UTC, precision)
        }
        13 => unix_time(number / 1000, DatePrecision::Second),
        16 => unix_time(number / 1_000_000, DatePrecision::Second),
        _ => Err(DateError::Unknown),
    }
}

/// `YYYY-MM`, and `YYYY/MM`.
fn year_and_month(text: &str) -> Option<Result<Date, DateError>> {
    let bytes = text.as_bytes();
    let (4, Some(b'-' | b'/')) = (leading_digits(bytes), bytes.get(4)) else { return None };
    let month = &bytes[5..];
    if month.is_empty() || month.len() > 2 || leading_digits(month) != month.len() {
        return None;
    }
    let (year, month) = (text[..4].parse().unwrap_or(0), text[5..].parse().unwrap_or(0));
    Some(of_day(civil::Date::new(year, month, 1), DatePrecision::Month))
}

/// `YYYY-MM-DD` and everything that starts with it: RFC 3339, ISO 8601, RFC 9557.
fn iso(text: &str) -> Option<Result<Date, DateError>> {
    let bytes = text.as_bytes();
    let compact = leading_digits(bytes) == 8 && matches!(bytes.get(8), Some(b'T' | b't' | b' '));
    let separated = leading_digits(bytes) == 4 && matches!(bytes.get(4), Some(b'-' | b'/' | b'.'));
    if !compact && !separated {
        return None;
    }
    let (day, rest) = if compact { text.split_at(8) } else { split_separated_day(text)? };
    let rest = rest.trim_start_matches(',').trim_start();
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest).trim_start();
    let date =
        if compact { digits(day).map(|date| date.text) } else { Ok(day.replace(['/', '.'], "-")) };
    let Ok(date) = date else { return Some(Err(DateError::Impossible)) };
    let date = pad_day(&date);
    if rest.is_empty() {
        let parsed = temporal::DateTimeParser::new().parse_date(&date);
        return Some(of_day(parsed, DatePrecision::Day));
    }
    Some(iso_time(&date, rest))
}

/// The time behind an ISO date, with or without offset.
fn iso_time(date: &str, rest: &str) -> Result<Date, DateError> {
    // RFC 9557 puts names in brackets behind the offset; the offset alone decides.
    let rest = rest.split('[').next().unwrap_or(rest).trim_end();
    let digits_end = rest
        .find(|character: char| {
            !character.is_ascii_digit() && !matches!(character, ':' | '.' | ',')
        })
        .unwrap_or(rest.len());
    let (time, zone) = rest.split_at(digits_end);
    let zone = match zone.trim() {
        "UTC" | "GMT" | "utc" | "gmt" | "z" => "Z",
        zone => zone,
    };
    if time.is_empty() {
        return Err(DateError::Unknown);
    }
    let written = format!("{date}T{time}{zone}");
    let Ok(pieces) = temporal::DateTimeParser::new().parse_pieces(&written) else {
        let looks_right = time.bytes().filter(u8::is_ascii_digit).count() >= 4;
        return Err(if looks_right { DateError::Impossible } else { DateError::Unknown });
    };
    let whole = time.split(['.', ',']).next().unwrap_or(time);
    let precision = if whole.bytes().filter(u8::is_ascii_digit).count() >= 6 {
        DatePrecision::Second
    } else {
        DatePrecision::Minute
    };
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    let time = pieces.time().unwrap_or(civil::Time::midnight());
    of_time(pieces.date().to_datetime(time), offset, precision)
}

/// Splits `2018-9-3 …` behind its day.
fn split_separated_day(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let month = leading_digits(&bytes[5..]);
    let separator = 5 + month;
    if !(1..=2).contains(&month) || bytes.get(separator) != bytes.get(4) {
        return None;
    }
    let day = leading_digits(&bytes[separator + 1..]);
    (1..=2).contains(&day).then(|| text.split_at(separator + 1 + day))
}

/// `2018-9-3` as `2018-09-03`.
fn pad_day(date: &str) -> String {
    let parts: Vec<String> = date.split('-').map(|part| format!("{part:0>2}")).collect();
    parts.join("-")
}

/// `Wed, 12 Sep 2018 10:00:00 +0000`. A wrong day of the week is forgiven.
fn rfc_2822(text: &str) -> Option<Result<Date, DateError>> {
    let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let zoned = parser.parse_zoned(text).ok()?;
    let precision =
        if text.matches(':').count() >= 2 { DatePrecision::Second } else { DatePrecision::Minute };
    Some(of_time(zoned.datetime(), zoned.offset(), precision))
}

/// English dates with the month in words, and what common programs print.
fn month_in_words(text: &str) -> Option<Result<Date, DateError>> {
    const DAYS: [&str; 7] =
        ["%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%A, %B %d, %Y", "%B %d %Y"];
    const MONTHS: [&str; 2] = ["%B %Y", "%b %Y"];
    const TIMES: [&str; 4] = [
        "%a %b %d %H:%M:%S %z %Y",
        "%a %b %d %H:%M:%S %Y",
        "%d-%b-%Y %H:%M:%S",
        "%d %b %Y %H:%M:%S",
    ];
    if !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    for format in TIMES {
        if let Ok(parsed) = BrokenDownTime::parse(format, text)
            && let Ok(time) = parsed.to_datetime()
        {
            let offset = parsed.offset().unwrap_or(Offset::UTC);
            return Some(of_time(time, offset, DatePrecision::Second));
        }
    }
    for format in MONTHS {
        if let Ok(mut parsed) = BrokenDownTime::parse(format, text)
            && parsed.set_day(Some(1)).is_ok()
        {
            return Some(of_day(parsed.to_date(), DatePrecision::Month));
        }
    }
    for format in DAYS {
        if let Ok(parsed) = BrokenDownTime::parse(format, text) {
            return Some(of_day(parsed.to_date(), DatePrecision::Day));
        }
    }
    None
}

fn leading_digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// A year, a month or a day, in UTC.
fn of_day(
    day: Result<civil::Date, jiff::Error>,
    precision: DatePrecision,
) -> Result<Date, DateError> {
    let day = day.map_err(|_| DateError::Impossible)?;
    if day.year() < FIRST_YEAR {
        return Err(DateError::Impossible);
    }
    let (next, text) = match precision {
        DatePrecision::Year => (jiff::Span::new().years(1), format!("{:04}", day.year())),
        DatePrecision::Month => {
            (jiff::Span::new().months(1), format!("{:04}-{:02}", day.year(), day.month()))
        }
        _ => (jiff::Span::new().days(1), day.to_string()),
    };
    let next = day.checked_add(next).map_err(|_| DateError::Impossible)?;
    Ok(Date { earliest: start_of_day(day)?, latest: start_of_day(next)?, precision, text })
}

fn start_of_day(day: civil::Date) -> Result<i64, DateError> {
    let zoned = day.to_zoned(TimeZone::UTC).map_err(|_| DateError::Impossible)?;
    Ok(zoned.timestamp().as_second())
}

/// A time of day at an offset; midnight as written is a day.
fn of_time(
    time: civil::DateTime,
    offset: Offset,
    precision: DatePrecision,
) -> Result<Date, DateError> {
    if time.time() == civil::Time::midnight() {
        return of_day(Ok(time.date()), DatePrecision::Day);
    }
    let instant = offset.to_timestamp(time).map_err(|_| DateError::Impossible)?;
    unix_time(instant.as_second(), precision)
}

/// Unix seconds. Midnight in UTC is a day here too, so that the normal form of a date means the date
/// itself.
fn unix_time(seconds: i64, precision: DatePrecision) -> Result<Date, DateError> {
    let instant = jiff::Timestamp::from_second(seconds).map_err(|_| DateError::Impossible)?;
    let time = Offset::UTC.to_datetime(instant);
    if time.time() == civil::Time::midnight() {
        return of_day(Ok(time.date()), DatePrecision::Day);
    }
    if time.year() < FIRST_YEAR {
        return Err(DateError::Impossible);
    }
    let (earliest, length, form) = match precision {
        DatePrecision::Minute => (seconds - seconds.rem_euclid(60), 60, "%Y-%m-%dT%H:%MZ"),
        _ => (seconds, 1, "%Y-%m-%dT%H:%M:%SZ"),
    };
    let text = time.strftime(form).to_string();
    Ok(Date { earliest, latest: earliest + length, precision, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(result: Result<Date, DateError>) -> String {
        match result {
            Ok(date) => format!("{} {}", date.precision.name(), date.text),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn dates_keep_the_precision_they_are_written_in() {
        for (written, expected) in [
            ("2018", "year 2018"),
            ("2018-09", "month 2018-09"),
            ("2018/09", "month 2018-09"),
            ("2018-09-12", "day 2018-09-12"),
            ("2018/9/2", "day 2018-09-02"),
            ("2018.09.12", "day 2018-09-12"),
            ("20180912", "day 2018-09-12"),
            (" 2018-09-12T10:05Z ", "minute 2018-09-12T10:05Z"),
            ("2018-09-12T10:05:07Z", "second 2018-09-12T10:05:07Z"),
            ("2018-09-12t10:05:07.123456z", "second 2018-09-12T10:05:07Z"),
            ("2018-09-12 10:05", "minute 2018-09-12T10:05Z"),
            ("2018-09-12 10:05:07", "second 2018-09-12T10:05:07Z"),
            ("2018-09-12 10:05:07 UTC", "second 2018-09-12T10:05:07Z"),
            ("2018-09-12 10:05:07 +0200", "second 2018-09-12T08:05:07Z"),
            ("2018-09-12T10:05:07+0200", "second 2018-09-12T08:05:07Z"),
            ("2018-09-12T23:05:07-05:00", "second 2018-09-13T04:05:07Z"),
            ("2018-09-12T10:05:07+02:00[Europe/Paris]", "second 2018-09-12T08:05:07Z"),
            ("2018-09-12T10:05+02:00[Europe/Paris][u-ca=gregory]", "minute 2018-09-12T08:05Z"),
            ("20180912T100507Z", "second 2018-09-12T10:05:07Z"),
            ("20180912T1005+0200", "minute 2018-09-12T08:05Z"),
            ("20180912100507", "second 2018-09-12T10:05:07Z"),
            ("201809121005", "minute 2018-09-12T10:05Z"),
            ("Wed, 12 Sep 2018 10:05:07 +0200", "second 2018-09-12T08:05:07Z"),
            ("Mon, 12 Sep 2018 10:05 GMT", "minute 2018-09-12T10:05Z"),
            ("12 Sep 2018 10:05:07 EST", "second 2018-09-12T15:05:07Z"),
            ("Wed Sep 12 10:05:07 +0000 2018", "second 2018-09-12T10:05:07Z"),
            ("26-FEB-1987 15:01:01", "second 1987-02-26T15:01:01Z"),
            ("September 12, 2018", "day 2018-09-12"),
            ("12 Sep 2018", "day 2018-09-12"),
            ("September 2018", "month 2018-09"),
            ("1536746707", "second 2018-09-12T10:05:07Z"),
            ("1536746707123", "second 2018-09-12T10:05:07Z"),
            // Midnight is what programs write for "some time that day".
            ("2018-09-12T00:00:00Z", "day 2018-09-12"),
            ("2018-09-12 00:00:00", "day 2018-09-12"),
            ("2018-09-12T00:00:00+02:00", "day 2018-09-12"),
            ("1536710400", "day 2018-09-12"),
            ("2016-02-29", "day 2016-02-29"),
            ("2016-12-31T23:59:60Z", "second 2016-12-31T23:59:59Z"),
            ("1848-02-24", "day 1848-02-24"),
            ("2018-02-30", "is impossible"),
            ("2018-13", "is impossible"),
            ("2018-00-10", "is impossible"),
            ("2018-09-12T25:00:00Z", "is impossible"),
            ("20180230", "is impossible"),
            ("0001-01-01T00:00:00", "is impossible"),
            ("0000-00-00 00:00:00", "is impossible"),
            ("03/04/2018", "is not understood"),
            ("yesterday", "is not understood"),
            ("2018-09-12 at noon", "is not understood"),
            ("2018-", "is not understood"),
            ("123", "is not understood"),
            ("", "is not understood"),
            ("٢٠١٨", "is not understood"),
        ] {
            assert_eq!(shown(parse_date(written)), expected, "{written}");
        }
    }

    #[test]
    fn numbers_are_told_apart_by_their_size() {
        for (number, expected) in [
            (2018, "year 2018"),
            (20_180_912, "day 2018-09-12"),
            (1_536_746_707, "second 2018-09-12T10:05:07Z"),
            (1_536_746_707_999, "second 2018-09-12T10:05:07Z"),
            (1_536_746_707_999_999, "second 2018-09-12T10:05:07Z"),
            (-100_000, "second 1969-12-30T20:13:20Z"),
            (i64::MAX, "is impossible"),
            (i64::MIN, "is impossible"),
        ] {
            assert_eq!(shown(date_of_number(number)), expected, "{number}");
        }
    }

    #[test]
    fn the_interval_is_as_wide_as_the_precision() {
        for (written, seconds) in [
            ("2016", 366 * 86_400),
            ("2018-02", 28 * 86_400),
            ("2018-02-01", 86_400),
            ("2018-02-01T10:00Z", 60),
            ("2018-02-01T10:00:01Z", 1),
        ] {
            let date = parse_date(written).expect("a date");
            assert_eq!(date.latest - date.earliest, seconds, "{written}");
        }
        assert_eq!(parse_date("1970-01-02").expect("a date").earliest, 86_400);
    }

    #[test]
    fn a_since_date_that_is_none_is_an_error() {
        assert_eq!(parse_since("2018-09").expect("a date").text, "2018-09");
        assert!(parse_since("last week").is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(written in r"([0-9]{1,4}[-/. :TZ+]{0,1}){0,8}.{0,3}") {
            if let Ok(date) = parse_date(&written) {
                proptest::prop_assert!(date.earliest < date.latest);
                // The normal form means itself.
                proptest::prop_assert_eq!(parse_date(&date.text), Ok(date));
            }
        }
    }
}
