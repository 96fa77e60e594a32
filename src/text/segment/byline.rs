//! The line that names the writer: `By Ann Lee`.

/// Where the name starts in a paragraph that is a byline of its own.
pub(crate) fn byline(paragraph: &str) -> Option<usize> {
    if paragraph.len() > 80 {
        return None;
    }
    let start = ["By ", "BY ", "Von ", "Par ", "Por ", "Di ", "Door "]
        .iter()
        .find_map(|word| paragraph.strip_prefix(word).map(|_| word.len()))?;
    let words = paragraph[start..].split_whitespace();
    let names = words.clone().filter(|word| word.starts_with(char::is_uppercase)).count();
    let others = words.clone().count() - names;
    let ends = paragraph.ends_with(['.', '!', '?', '”', '"', ':']);
    ((2..=8).contains(&names) && others <= 2 && !ends).then_some(start)
}
