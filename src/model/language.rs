//! The languages cento tells apart.

/// A document's language. The first nine have full rules (abbreviations, marks, verbs of saying);
/// the next three are written without spaces and fall back to character shingles; everything else
/// is `Other` and is treated with the rules that hold for any alphabet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
    Russian,
    Ukrainian,
    Chinese,
    Japanese,
    Thai,
    /// Unknown or without rules of its own.
    #[default]
    Other,
}

impl Language {
    /// The language whose words are looked up: English, as the best guess, where none is known, which
    /// is most often so because a text is too short to tell.
    pub fn or_english(self) -> Language {
        if self == Language::Other { Language::English } else { self }
    }

    /// All languages with a code.
    pub const ALL: [Language; 12] = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Portuguese,
        Language::Dutch,
        Language::Russian,
        Language::Ukrainian,
        Language::Chinese,
        Language::Japanese,
        Language::Thai,
    ];

    /// The ISO 639-1 code; `und` for `Other`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Italian => "it",
            Language::Portuguese => "pt",
            Language::Dutch => "nl",
            Language::Russian => "ru",
            Language::Ukrainian => "uk",
            Language::Chinese => "zh",
            Language::Japanese => "ja",
            Language::Thai => "th",
            Language::Other => "und",
        }
    }

    /// The language of an ISO 639-1 code, region ignored (`en-GB` is English).
    pub fn from_code(code: &str) -> Option<Language> {
        let code = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// Whether words are separated by spaces in this language.
    pub fn has_spaces(self) -> bool {
        !matches!(self, Language::Chinese | Language::Japanese | Language::Thai)
    }
}
