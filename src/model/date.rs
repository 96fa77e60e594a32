//! Dates as metadata gives them: an instant with the precision it was written in.

use std::fmt;

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePrecision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// The day; not the hour.
    Day,
    /// Hours and minutes.
    Minute,
    /// To the second.
    Second,
}

impl DatePrecision {
    /// The name in the output.
    pub fn name(self) -> &'static str {
        match self {
            DatePrecision::Year => "year",
            DatePrecision::Month => "month",
            DatePrecision::Day => "day",
            DatePrecision::Minute => "minute",
            DatePrecision::Second => "second",
        }
    }
}

/// A point in time known to some precision: the half-open interval `[earliest, latest)` of Unix
/// seconds in which it lies. `2018-03` is the whole of that March, in UTC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// First second it can be, Unix time.
    pub earliest: i64,
    /// One past the last second it can be, Unix time.
    pub latest: i64,
    /// How exactly it is known.
    pub precision: DatePrecision,
    /// In its normal form, at its precision: `2018`, `2018-03`, `2018-03-09`,
    /// `2018-03-09T14:05Z`, `2018-03-09T14:05:12Z` (always UTC where a time is known).
    pub text: String,
}

impl Date {
    /// Whether this date certainly lies before the other.
    pub fn is_before(&self, other: &Date) -> bool {
        self.latest <= other.earliest
    }

    /// Whether both can lie less than so many seconds apart.
    pub fn can_be_within(&self, other: &Date, seconds: i64) -> bool {
        self.earliest - other.latest < seconds && other.earliest - self.latest < seconds
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}
