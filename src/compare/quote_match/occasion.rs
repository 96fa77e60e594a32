//! Who said a quote and when, as far as it takes to tell that two quotes were not said by one person or at
//! one event.

use xxhash_rust::xxh3::xxh3_64;

use crate::model::{Date, Language};

use super::EVENT_SECONDS;
use super::prepare::QuoteText;

/// Who said a quote and when. What it says of two quotes is never too much: two speakers may turn out to be
/// different, and two days not to be one event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occasion {
    printed: Printed,
    /// A bit for each word of the speaker's name, and one for the last; none when no speaker is named.
    name: u32,
    last_name: u32,
    /// Each language spells names its own way.
    language: Language,
}

impl Occasion {
    /// The occasion of a quote.
    pub(super) fn of(quote: &QuoteText<'_>) -> Self {
        let bit = |word: &String| 1 << (xxh3_64(word.as_bytes()) % u64::from(u32::BITS));
        let words = quote.speaker_words();
        Occasion {
            printed: Printed::around(quote.date),
            name: words.iter().map(bit).fold(0, |all, bit| all | bit),
            last_name: words.last().map_or(0, bit),
            language: quote.language,
        }
    }

    /// Whether two quotes may have one named speaker.
    pub(super) fn may_be_one_speaker(&self, other: &Occasion) -> bool {
        let named = |occasion: &Occasion| occasion.last_name != 0;
        let in_name = self.last_name & other.name | other.last_name & self.name != 0;
        in_name || self.language != other.language && named(self) && named(other)
    }

    /// Whether two quotes were surely printed on two occasions.
    pub(super) fn is_another(&self, other: &Occasion) -> bool {
        self.printed.is_apart_from(other.printed)
    }

    /// Whether two quotes may be of one speaker at one event.
    pub(super) fn may_be_one_event(&self, other: &Occasion) -> bool {
        self.may_be_one_speaker(other) && !self.is_another(other)
    }
}

/// When a quote was printed: the hours, counted as Unix time, between which it was.
#[derive(Clone, Copy, Debug)]
struct Printed {
    earliest: i32,
    latest: i32,
}

const HOUR: i64 = 3600;

impl Printed {
    /// The hours around a date; all there are when none is known.
    fn around(date: Option<&Date>) -> Self {
        let hour = |second: i64| i32::try_from(second.div_euclid(HOUR)).ok();
        let hours = date.and_then(|date| {
            let latest = hour(date.latest)?.checked_add(1)?;
            Some(Printed { earliest: hour(date.earliest)?, latest })
        });
        hours.unwrap_or(Printed { earliest: i32::MIN, latest: i32::MAX })
    }

    /// Whether so much time lies between two that they are not of one event; a little more than that, as the
    /// hours are rounded.
    fn is_apart_from(self, other: Printed) -> bool {
        let hours = |from: i32, to: i32| i64::from(to) - i64::from(from);
        let apart = hours(self.latest, other.earliest).max(hours(other.latest, self.earliest));
        apart >= EVENT_SECONDS / HOUR
    }
}

#[cfg(test)]
mod tests {
    use crate::model::DatePrecision;

    use super::*;

    #[test]
    fn two_dates_are_apart_when_they_are_so_for_sure() {
        let date = |earliest: i64, latest: i64| {
            let (precision, text) = (DatePrecision::Second, String::new());
            Date { earliest: earliest * HOUR, latest: latest * HOUR, precision, text }
        };
        let first = date(1000, 1001);
        for (hours, apart) in [(0, false), (72, false), (75, true), (-72, false), (-75, true)] {
            let other = date(1000 + hours, 1001 + hours);
            let [one, two] = [&first, &other].map(|date| Printed::around(Some(date)));
            assert_eq!(one.is_apart_from(two), apart, "{hours}");
            assert!(!apart || !first.can_be_within(&other, EVENT_SECONDS));
            assert!(!one.is_apart_from(Printed::around(Some(&date(0, 1_000_000)))));
            assert!(!one.is_apart_from(Printed::around(None)));
        }
        assert!(!Printed::around(None).is_apart_from(Printed::around(None)));
    }
}
