//! Enumerations within a paragraph: `1. The first 2. The second`, `a) one b) two`, `• one • two`.
//!
//! The first item tells how the second is numbered; only that very sign starts a new unit, so a
//! number at the end of a sentence is never taken for one.

/// The sign of an item, and the sign that the next one must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    next: String,
    /// Where in `next` the mark stands that is a candidate (`.` or `)`).
    mark: usize,
}

/// The longest sign, in bytes.
const LONGEST: usize = 12;

impl Item {
    /// The item that a text starts with.
    pub(super) fn at_start(text: &str) -> Option<Item> {
        let mut floor = text.len().min(LONGEST);
        while !text.is_char_boundary(floor) {
            floor -= 1;
        }
        let head = &text[..floor];
        let lead = head.len() - head.trim_start_matches(['•', '⁃', '-', '*', ' ', '(']).len();
        let rest = &head[lead..];
        let label: &str = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let after = &rest[label.len()..];
        let close = [".)", ".", ")"].into_iter().find(|close| after.starts_with(close))?;
        if !after[close.len()..].starts_with([' ', '\u{a0}', '\t', '\n']) {
            return None;
        }
        let next = following(label)?;
        // A capital with a full stop is an initial.
        if close == "." && label.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        let lead = &head[..lead];
        Some(Item { mark: lead.len() + next.len(), next: format!("{lead}{next}{close}") })
    }

    /// Where the next item starts, if its sign's mark stands at `at`.
    pub(super) fn next_before(&self, text: &str, start: usize, at: usize) -> Option<usize> {
        let from = at.checked_sub(self.mark).filter(|&from| from > start)?;
        let sign = text.get(from..from + self.next.len())?;
        let before = text[..from].chars().next_back()?;
        let after = text[from + self.next.len()..].chars().next()?;
        (sign == self.next && before.is_whitespace() && after.is_whitespace()).then_some(from)
    }
}

/// The label after `label`: numbers to 98, and letters from the first on.
fn following(label: &str) -> Option<String> {
    if let Ok(number) = label.parse::<u32>() {
        return (number < 99 && label.len() <= 2).then(|| (number + 1).to_string());
    }
    match label.as_bytes() {
        [letter @ (b'a'..=b'y' | b'A'..=b'Y')] => Some(((letter + 1) as char).to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_next(text: &str, next: Option<&str>) {
        assert_eq!(Item::at_start(text).map(|item| item.next).as_deref(), next, "{text}");
    }

    #[test]
    fn the_next_sign_is_known() {
        check_next("1. The first", Some("2."));
        check_next("9.) Nine", Some("10.)"));
        check_next("(c) Third", Some("(d)"));
        check_next("• 4. Four", Some("• 5."));
        check_next("A. J. Lee", None);
        check_next("1987 was", None);
        check_next("3.5 percent", None);
    }
}
