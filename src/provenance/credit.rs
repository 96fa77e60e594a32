//! Credits in the running text: "told the Bay Courier", "(Reuters)", "first reported by".

use crate::text::fold;

/// Words after which a name is a credit.
const CUES_BEFORE: &[&str] = &[
    "told",
    "told the",
    "reported by",
    "reported by the",
    "according to",
    "according to the",
    "interview with",
    "interview with the",
    "obtained by",
    "seen by",
    "citing",
    "courtesy of",
    "via",
    "by the",
    "statement to",
    "statement to the",
    "quoted by",
    "gegenüber",
    "berichtet",
    "selon",
    "según",
    "secondo",
    "segundo",
    "volgens",
    "сообщает",
    "повідомляє",
];
/// Words before which a name is a credit.
const CUES_AFTER: &[&str] = &[
    "reported",
    "reports",
    "first reported",
    "has reported",
    "previously reported",
    "news agency",
    "berichtete",
    "berichtet",
    "rapporte",
    "informó",
    "riferisce",
    "сообщило",
    "сообщил",
];

/// Whether a text credits an outlet by name.
pub(super) fn credits(text: &str, outlet: &str) -> bool {
    let outlet = fold(outlet.trim());
    let name = outlet.strip_prefix("the ").unwrap_or(&outlet);
    if name.chars().count() < 2 {
        return false;
    }
    let folded = fold(text);
    folded.match_indices(name).any(|(place, _)| {
        let (before, after) = (&folded[..place], &folded[place + name.len()..]);
        let is_whole =
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        is_whole && (is_in_parentheses(before, after) || is_cued(before, after))
    })
}

fn is_in_parentheses(before: &str, after: &str) -> bool {
    before.ends_with('(') && after.starts_with(')')
}

fn is_cued(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after = after.trim_start();
    let ends_with = |cue: &&str| {
        let rest = before.strip_suffix(*cue);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    let starts_with = |cue: &&str| {
        let rest = after.strip_prefix(*cue);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    CUES_BEFORE.iter().any(ends_with) || CUES_AFTER.iter().any(starts_with)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_needs_a_cue() {
        let check = |text, outlet, expected| assert_eq!(credits(text, outlet), expected, "{text}");
        check("\"We are done,\" Lind told the Bay Courier.", "Bay Courier", true);
        check("PORT ALMA (Reuters) - The mayor", "Reuters", true);
        check("The Bay Courier first reported the deal.", "The Bay Courier", true);
        check("He reads the Bay Courier every day.", "Bay Courier", false);
        check("told the Bay Courierist", "Bay Courier", false);
        check("", "", false);
    }
}
