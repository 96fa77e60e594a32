//! How far the anchors of two passages agree, and whether their figures can be those of one text.

use std::cmp::Ordering;

use crate::model::{Date, Document};

use super::anchors::{Anchors, Rarity, share};

/// Updates and corrections of one story come within so many seconds.
const ONE_OCCASION: i64 = 48 * 3600;
/// What is printed "today" is printed within so many seconds.
const ONE_DAY: i64 = 18 * 3600;

/// On one occasion so many of the figures agree for each that differs…
const AGREEING_ON_ONE_OCCASION: usize = 2;
/// …or only one differs in a text of so many words…
pub(super) const WORDS_AROUND_ONE_FIGURE: usize = 15;
/// …of which one outlet keeps this share.
const KEPT_OF_ONE_UPDATE: f64 = 0.75;
/// On different occasions so many rare figures agree for each that differs…
pub(super) const AGREEING_RARE: usize = 3;
/// …or only one differs in a text of so many words…
const WORDS_OF_LONG_TEXT: usize = 25;
/// …of which this share is the same.
pub(super) const SAME_TEXT: f64 = 0.9;

/// How the anchors of two passages agree.
pub(super) struct Agreement {
    pub(super) same: usize,
    pub(super) same_rare: usize,
    /// Of these the figures of one story.
    pub(super) same_own: usize,
    pub(super) different: usize,
    /// Figures of the text with fewer words that the other lacks.
    pub(super) new_in_shorter: usize,
    pub(super) rare_name: bool,
    /// A word of one story stands in both.
    pub(super) story_word: bool,
    /// Both have rare names, and none in common.
    pub(super) other_names: bool,
    /// Each has rare names that the other lacks.
    pub(super) own_names: bool,
    /// The first rare name of each is one that the other lacks.
    pub(super) begin_with_other_names: bool,
    pub(super) words: usize,
    /// Both speak of "today" or "yesterday".
    pub(super) of_their_days: bool,
    /// One says that a figure went up, the other that it went down.
    pub(super) opposite: bool,
    /// Each names another month first.
    pub(super) of_other_months: bool,
    /// Both name months, and the first of the text with fewer words is none of the other's.
    pub(super) of_a_month_of_its_own: bool,
    /// They begin with three words of which only the second differs: two goods of one market.
    pub(super) begin_in_one_frame: bool,
}

impl Anchors {
    /// Whether the first month that a text names is none of those that another names.
    fn names_month_beside(&self, other: &Anchors) -> bool {
        other.months != 0 && self.first_month.is_some_and(|month| other.months >> month & 1 == 0)
    }

    pub(super) fn agreement(&self, other: &Anchors) -> Agreement {
        // Each figure answers one of the same, so that two days of one number are told apart.
        let (mut same, mut same_rare, mut same_own) = (0, 0, 0);
        let mut theirs = other.figures.iter().peekable();
        for (figure, rarity) in &self.figures {
            while theirs.next_if(|(next, _)| next < figure).is_some() {}
            if theirs.next_if(|(next, _)| next == figure).is_some() {
                same += 1;
                same_rare += usize::from(*rarity >= Rarity::Rare);
                same_own += usize::from(*rarity == Rarity::OfOneStory);
            }
        }
        let rare_name = self.share_rare_name(other);
        // What was cut away lacks figures; what was kept has no new ones.
        let shorter = if self.words <= other.words { self } else { other };
        let lacks = |other: &Anchors, name: &u64| other.rare_names.binary_search(name).is_err();
        let has_own =
            |one: &Anchors, other: &Anchors| one.rare_names.iter().any(|name| lacks(other, name));
        // The name can stand before the text, or in its headline.
        let begins_with_own = |one: &Anchors, other: &Anchors| {
            one.first_name.is_some_and(|name| other.first_name != Some(name) && lacks(other, &name))
        };
        Agreement {
            same,
            same_rare,
            same_own,
            different: self.figures.len().min(other.figures.len()) - same,
            new_in_shorter: shorter.figures.len() - same,
            rare_name,
            story_word: share(&self.story_words, &other.story_words),
            other_names: !rare_name && !self.rare_names.is_empty() && !other.rare_names.is_empty(),
            own_names: has_own(self, other) && has_own(other, self),
            begin_with_other_names: begins_with_own(self, other) && begins_with_own(other, self),
            words: self.words.min(other.words),
            of_their_days: self.is_of_its_day && other.is_of_its_day,
            opposite: self.goes_only_up() && other.goes_only_down()
                || self.goes_only_down() && other.goes_only_up(),
            of_other_months: (self.first_month.zip(other.first_month))
                .is_some_and(|(ours, theirs)| ours != theirs),
            of_a_month_of_its_own: match self.words.cmp(&other.words) {
                Ordering::Less => self.names_month_beside(other),
                Ordering::Equal => self.names_month_beside(other) && other.names_month_beside(self),
                Ordering::Greater => other.names_month_beside(self),
            },
            begin_in_one_frame: {
                let ([first, own, last], [other_first, theirs, other_last]) =
                    (self.beginning, other.beginning);
                first == other_first && last == other_last && own != theirs
            },
        }
    }
}

impl Agreement {
    /// Whether what both have is of one story: a rare name, or a figure that they do not share by chance.
    pub(super) fn is_of_one_story(&self) -> bool {
        self.rare_name || self.same_own > 0
    }

    /// Whether what both have is of one story, where both were printed on one occasion.
    pub(super) fn is_of_one_day(&self) -> bool {
        self.rare_name || self.same_rare > 0 || self.story_word
    }

    /// Whether the figures allow that both are one text, of which `kept` is the share of the words
    /// that is the same.
    pub(super) fn figures_allow(&self, times: Times, one_outlet: bool, kept: f64) -> bool {
        let one = self.different == 1;
        let one_occasion = times.one_occasion;
        // Two days' reports, each with its own "yesterday", two months' reports, and two moves of one
        // price.
        let of_other_times =
            (self.of_their_days && times.other_days) || (self.of_other_months && !one_occasion);
        if self.new_in_shorter > 0 && (self.opposite || of_other_times) {
            return false;
        }
        // What an outlet says of "today" on another day is of another day, in whatever words.
        if one_outlet && self.of_their_days && !one_occasion {
            return false;
        }
        // Nor is what it tells of a month another time told of a month that it did not name before.
        if one_outlet && self.of_a_month_of_its_own && !one_occasion {
            return false;
        }
        // One outlet fills its forms many times a day.
        let is_form = !self.rare_name || self.begin_in_one_frame;
        if one_occasion && one_outlet && is_form && self.new_in_shorter > 0 {
            return false;
        }
        match self.different {
            0 => true,
            different if one_occasion => {
                different * AGREEING_ON_ONE_OCCASION <= self.same
                    || (one
                        && self.words >= WORDS_AROUND_ONE_FIGURE
                        && (!one_outlet || kept >= KEPT_OF_ONE_UPDATE))
            }
            different => {
                different * AGREEING_RARE <= self.same_rare
                    // What an outlet prints again with another figure is its form.
                    || (one && !one_outlet && self.words >= WORDS_OF_LONG_TEXT && kept >= SAME_TEXT)
            }
        }
    }
}

/// How the dates of two documents stand to each other; what has no date can be of any time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Times {
    /// Both can be of one occasion.
    pub(super) one_occasion: bool,
    /// They cannot be of one day.
    pub(super) other_days: bool,
}

impl Times {
    pub(super) fn of(documents: [&Document; 2]) -> Times {
        let [a, b] = documents.map(|document| document.published_at.as_ref());
        let within =
            |seconds| a.zip(b).is_none_or(|(a, b): (&Date, &Date)| a.can_be_within(b, seconds));
        Times { one_occasion: within(ONE_OCCASION), other_days: !within(ONE_DAY) }
    }
}
