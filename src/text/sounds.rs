//! Words by their consonants, as they sound in all alphabets: "Putin", "Poutine" and "Путин" are one
//! name, "explosion", "Explosion" and "explosión" one word.
//!
//! Vowels, doubled letters and silent ones differ most between spellings, so they are left out, as
//! in Soundex (Russell 1918), and letters that languages write for one sound fall together. Sounds are
//! given as consonants in Latin letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold;

/// A name has so many consonants at least.
const NAME_CONSONANTS: usize = 3;
/// A word that may be international has so many letters and consonants at least…
const ROOT_LETTERS: usize = 6;
const ROOT_CONSONANTS: usize = 4;
/// …and is compared by so many: what follows is its ending.
const COMPARED_CONSONANTS: usize = 5;

/// The sounds of a name, given folded; `None` where there are too few to tell it from others.
pub fn name_sounds(folded: &str) -> Option<String> {
    let sounds = consonants(folded.strip_suffix("'s").unwrap_or(folded));
    (sounds.len() >= NAME_CONSONANTS).then_some(sounds)
}

/// The sounds that a word begins with, given folded, where it is long enough to be known by them.
pub fn root_sounds(folded: &str) -> Option<String> {
    // An article or a pronoun before an apostrophe is no part of the word.
    let word = folded.rsplit('\'').next().unwrap_or(folded);
    if word.chars().count() < ROOT_LETTERS {
        return None;
    }
    let mut sounds = consonants(word);
    if sounds.len() < ROOT_CONSONANTS {
        return None;
    }
    sounds.truncate(COMPARED_CONSONANTS);
    Some(sounds)
}

/// Whether two names, in whatever alphabets, can be of one person: the last word of one sounds like a
/// word of the other.
pub fn sound_alike(a: &str, b: &str) -> bool {
    let (a, b) = (full_name_sounds(a), full_name_sounds(b));
    match (a.last(), b.last()) {
        (Some(last_a), Some(last_b)) => b.contains(last_a) || a.contains(last_b),
        _ => false,
    }
}

/// The sounds of the words of a name as it is written; the last of them are those of the surname.
pub fn full_name_sounds(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
    words.filter_map(|word| name_sounds(&fold(word))).collect()
}

/// The consonants of a folded word in Latin letters, none of them twice in a row. The first vowel
/// counts where the word begins with it.
fn consonants(folded: &str) -> String {
    let plain: String = folded.nfd().filter(|&c| !is_combining_mark(c)).collect();
    let latin: String = plain.chars().map(latin).collect();
    let mut sounds = String::new();
    let mut rest = latin.as_str();
    while let Some(letter) = rest.chars().next() {
        let (sound, length) = match letter {
            // Within a word it is a vowel in most languages: "Selenskyj", "Sarajevo".
            'j' if !sounds.is_empty() => ("", 1),
            _ => first_sound(rest, letter),
        };
        rest = &rest[length..];
        for sound in sound.chars() {
            if !sounds.ends_with(sound) {
                sounds.push(sound);
            }
        }
        if sounds.is_empty() && matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') {
            sounds.push('a');
        }
    }
    sounds
}

/// The first sound of a word in Latin letters, and the bytes it is written with.
fn first_sound(rest: &str, letter: char) -> (&'static str, usize) {
    // The longest come first.
    const GROUPS: [(&str, &str); 21] = [
        ("tsch", "s"),
        ("dsch", "s"),
        ("sch", "s"),
        ("tch", "s"),
        ("dzh", "s"),
        ("dj", "s"),
        ("ds", "s"),
        ("ts", "s"),
        ("tz", "s"),
        ("ch", "s"),
        ("sh", "s"),
        ("zh", "s"),
        ("kh", "k"),
        ("gh", "g"),
        ("ph", "f"),
        ("th", "t"),
        ("ck", "k"),
        ("qu", "k"),
        ("ce", "s"),
        ("ci", "s"),
        ("cy", "s"),
    ];
    if let Some((group, sound)) = GROUPS.iter().find(|(group, _)| rest.starts_with(group)) {
        // Of "ce" only the first letter is read; the vowel may end the word.
        return (sound, if matches!(*group, "ce" | "ci" | "cy") { 1 } else { group.len() });
    }
    let sound = match letter {
        'b' => "b",
        'c' | 'k' | 'q' => "k",
        'd' => "d",
        'f' => "f",
        'g' => "g",
        'j' | 's' | 'z' | 'ß' => "s",
        'l' => "l",
        'm' => "m",
        'n' => "n",
        'p' => "p",
        'r' => "r",
        't' => "t",
        'v' | 'w' => "v",
        'x' => "ks",
        _ => "",
    };
    (sound, letter.len_utf8())
}

/// A Cyrillic letter as the Latin letters it is written with; all others as they are. One letter
/// stands for a group where [`first_sound`] makes the same of both.
fn latin(letter: char) -> char {
    match letter {
        'а' | 'я' => 'a',
        'б' => 'b',
        'в' => 'v',
        'г' | 'ґ' => 'g',
        'д' => 'd',
        'е' | 'э' | 'є' => 'e',
        'ж' | 'з' | 'с' | 'ц' | 'ч' | 'ш' | 'щ' => 's',
        'и' | 'й' | 'і' | 'ї' | 'ы' => 'i',
        'к' | 'х' => 'k',
        'л' => 'l',
        'м' => 'm',
        'н' => 'n',
        'о' => 'o',
        'п' => 'p',
        'р' => 'r',
        'т' => 't',
        'у' | 'ю' => 'u',
        'ф' => 'f',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_alike_in_all_alphabets() {
        for (a, b) in [
            ("Vladimir Putin", "Путин"),
            ("Poutine", "Wladimir Putin"),
            ("Volodymyr Zelensky", "Selenskyj"),
            ("Зеленский", "Zelenskyy"),
            ("Ruth Carden", "Рут Карден"),
            ("Boris Johnson", "Джонсон"),
            ("Angela Merkel", "Меркель"),
            ("Chirac", "Ширак"),
        ] {
            assert!(sound_alike(a, b), "{a} {b}");
        }
        for (a, b) in
            [("Anna Keller", "Анна Мельник"), ("Karl Lang", "Karl Lund Meyer"), ("Ng", "Ng")]
        {
            assert!(!sound_alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn international_words_have_one_root() {
        for words in [
            ["explosion", "explosión", "explosionen"],
            ["kontrolle", "contrôle", "контроль"],
            ["silence", "silencio", "l'silence"],
        ] {
            let roots = words.map(|word| root_sounds(&fold(word)));
            assert!(roots[0].is_some());
            assert!(roots.iter().all(|root| *root == roots[0]), "{words:?} {roots:?}");
        }
        assert_eq!(root_sounds("house"), None);
        assert_ne!(root_sounds("contract"), root_sounds("control"));
    }
}
