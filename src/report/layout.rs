//! Text in columns: what the terminal forms have in common.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How to write for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalStyle {
    /// Columns to fill; narrow terminals get at least 40.
    pub width: usize,
    /// Whether to use colours (ANSI escape codes).
    pub colour: bool,
}

impl Default for TerminalStyle {
    fn default() -> Self {
        TerminalStyle { width: 80, colour: false }
    }
}

impl TerminalStyle {
    /// The columns to fill.
    pub(super) fn columns(self) -> usize {
        self.width.clamp(40, 160)
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }
    pub(super) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }
    pub(super) fn red(self, text: &str) -> String {
        self.paint("31", text)
    }
    pub(super) fn green(self, text: &str) -> String {
        self.paint("32", text)
    }
    pub(super) fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// The columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text on one line: white space is one space, and what would move the cursor, change colours
/// or reverse the direction of writing is left out, because article text must not be able to
/// control a terminal.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|&c| is_harmless(c)));
    }
    line
}

fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text on one line of at most so many columns, cut at a word where it is too long.
pub(super) fn cut(text: &str, columns: usize) -> String {
    let line = one_line(text);
    if width(&line) <= columns {
        return line;
    }
    let (mut kept, _) = split_at_column(&line, columns.saturating_sub(1));
    if let Some(space) = kept.rfind(' ')
        && width(&kept[..space]) * 2 > columns
    {
        kept = &kept[..space];
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.', '–', '-']))
}

/// The text in lines of at most so many columns; more than `lines` lines end with an ellipsis.
pub(super) fn wrap(text: &str, columns: usize, lines: usize) -> Vec<String> {
    let text = one_line(text);
    let mut rest = text.as_str();
    let mut wrapped = Vec::new();
    while !rest.is_empty() {
        if wrapped.len() + 1 == lines {
            wrapped.push(cut(rest, columns));
            break;
        }
        let (mut line, _) = split_at_column(rest, columns);
        if line.len() < rest.len()
            && !rest[line.len()..].starts_with(' ')
            && let Some(space) = line.rfind(' ')
            && space > 0
        {
            line = &line[..space];
        }
        wrapped.push(line.trim_end().to_owned());
        rest = rest[line.len()..].trim_start();
    }
    wrapped
}

/// The part of a text around some of its words, on one line of at most so many columns.
pub(super) fn around(text: &str, words: &str, columns: usize) -> String {
    let (text, words) = (one_line(text), one_line(words));
    let place = text.find(&words).unwrap_or(0);
    // A third of the room goes to what stands before, from the beginning of a word on.
    let mut start = place;
    for (space, _) in text[..place].match_indices(' ').rev() {
        if width(&text[space + 1..place]) > columns / 3 {
            break;
        }
        start = space + 1;
    }
    if width(&text[..place]) <= columns / 3 {
        start = 0;
    }
    let lead = if start > 0 { "…" } else { "" };
    format!("{lead}{}", cut(&text[start..], columns - width(lead)))
}

/// Splits a text where it would become wider than so many columns, between characters as readers
/// see them; at least one character goes to the left.
pub(super) fn split_at_column(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (place, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns && place > 0 {
            return text.split_at(place);
        }
    }
    (text, "")
}

/// The text with spaces behind it up to so many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// A number with commas between the thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 outlet`, `12 outlets`.
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// A share as a whole percentage, `81 %`; what is not all never shows as 100 %.
pub(super) fn percent(share: f64) -> String {
    let percentage = (share.clamp(0.0, 1.0) * 100.0).round();
    if percentage >= 100.0 && share < 1.0 {
        return "99 %".to_owned();
    }
    format!("{percentage:.0} %")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cut_keeps_whole_words() {
        assert_eq!(cut("the bridge was never inspected", 20), "the bridge was…");
        assert_eq!(cut("the\n bridge", 20), "the bridge");
        assert_eq!(cut("Donaudampfschifffahrtsgesellschaft", 10), "Donaudamp…");
    }

    #[test]
    fn article_text_cannot_control_the_terminal() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7} \u{202e}b"), "a[31mred b");
    }

    #[test]
    fn around_shows_the_words_asked_for() {
        let text = "The minister said on Monday that nobody knows how many pumps have failed.";
        assert_eq!(around(text, "nobody", 40), "…Monday that nobody knows how many…");
        assert_eq!(around(text, "minister", 40), "The minister said on Monday that…");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }

    #[test]
    fn nearly_all_is_not_all() {
        assert_eq!(percent(0.9996), "99 %");
        assert_eq!(percent(1.0), "100 %");
    }

    proptest! {
        #[test]
        fn lines_fit_and_keep_all_words(text in "[a-zé漢 ]{0,200}", columns in 8usize..60) {
            let lines = wrap(&text, columns, usize::MAX);
            for line in &lines {
                prop_assert!(width(line) <= columns, "{line:?} is wider than {columns}");
            }
            let squeezed = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeezed(&lines.concat()), squeezed(&text));
            prop_assert!(width(&cut(&text, columns)) <= columns);
        }
    }
}
