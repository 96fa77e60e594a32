//! The language of a document.

use whatlang::{Detector, Lang};

use crate::model::Language;

/// How much of a document is looked at, in bytes; taken from its middle, where there is neither
/// dateline nor page furniture.
const SAMPLE: usize = 1024;

/// The language of a text: the declared one if there is one, else the detected one, or
/// [`Language::Other`] where the detector is not sure or the language has no rules here.
///
/// All of whatlang's languages compete, not only those with rules: a Danish text must not become
/// a Dutch one because Danish was not asked about.
pub fn detect_language(text: &str, declared: Option<Language>) -> Language {
    if let Some(language) = declared {
        return language;
    }
    let sample = sample(text);
    let Some(info) = Detector::new().detect(sample) else { return Language::Other };
    if !info.is_reliable() {
        return Language::Other;
    }
    match info.lang() {
        Lang::Eng => Language::English,
        Lang::Deu => Language::German,
        Lang::Fra => Language::French,
        Lang::Spa => Language::Spanish,
        Lang::Ita => Language::Italian,
        Lang::Por => Language::Portuguese,
        Lang::Nld => Language::Dutch,
        Lang::Rus => Language::Russian,
        Lang::Ukr => Language::Ukrainian,
        Lang::Cmn => Language::Chinese,
        Lang::Jpn => Language::Japanese,
        Lang::Tha => Language::Thai,
        _ => Language::Other,
    }
}

fn sample(text: &str) -> &str {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor((text.len() / 2).saturating_sub(SAMPLE / 2));
    &text[start..floor((start + SAMPLE).min(text.len()))]
}
