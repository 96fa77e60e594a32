//! Two faults of JSON writers that lose no information, mended so that the record is not lost:
//! half of a surrogate pair (`\ud83d` alone, from text that was cut in the middle of an emoji), and
//! control characters that stand unescaped in a string.

/// The line with lone surrogates replaced by U+FFFD and bare control characters escaped; `None`
/// when it has neither.
pub(super) fn repair(json: &str) -> Option<String> {
    let mut repaired = String::with_capacity(json.len() + 16);
    let mut changed = false;
    let mut in_string = false;
    // Everything before this byte has been copied.
    let mut copied = 0;
    let bytes = json.as_bytes();
    let mut position = 0;
    while position < bytes.len() {
        let byte = bytes[position];
        let mut replacement = None;
        let mut length = 1;
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => match unicode_escape(&bytes[position..]) {
                Some(0xD800..=0xDBFF) => {
                    let low = unicode_escape(bytes.get(position + 6..).unwrap_or_default());
                    if matches!(low, Some(0xDC00..=0xDFFF)) {
                        length = 12;
                    } else {
                        length = 6;
                        replacement = Some("\\ufffd".to_owned());
                    }
                }
                Some(0xDC00..=0xDFFF) => {
                    length = 6;
                    replacement = Some("\\ufffd".to_owned());
                }
                Some(_) => length = 6,
                None => length = 2,
            },
            0..=0x1F if in_string => replacement = Some(format!("\\u{byte:04x}")),
            _ => {}
        }
        if let Some(replacement) = replacement {
            // `position` and `position + length` are borders: an ASCII byte stands at the one,
            // ASCII bytes stand between them.
            repaired.push_str(&json[copied..position]);
            repaired.push_str(&replacement);
            copied = position + length;
            changed = true;
        }
        position += length;
    }
    repaired.push_str(json.get(copied..).unwrap_or(""));
    changed.then_some(repaired)
}

/// The code unit of a `\uXXXX` at the start of the bytes.
fn unicode_escape(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lone_surrogates_and_bare_controls_are_mended() {
        for (json, expected) in [
            (r#"{"a":"fine \ud83d\ude00 \\ud83d"}"#, None),
            (r#"{"a":"cut \ud83d"}"#, Some(r#"{"a":"cut \ufffd"}"#)),
            (r#"{"a":"\ud83d\ud83d\ude00"}"#, Some(r#"{"a":"\ufffd\ud83d\ude00"}"#)),
            (r#"{"a":"\ude00 é \udbff\n"}"#, Some(r#"{"a":"\ufffd é \ufffd\n"}"#)),
            ("{\"a\":\"x\0y\tz\"}", Some(r#"{"a":"x\u0000y\u0009z"}"#)),
            ("{\t\"a\":\"x\"}", None),
        ] {
            assert_eq!(repair(json).as_deref(), expected, "{json}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_left_whole(json in r#"(\\|u|"|d83d|de00|\\ud83d|[\x00-\x20é漢😀]){0,40}"#) {
            if let Some(repaired) = repair(&json) {
                prop_assert_eq!(repair(&repaired), None);
            }
        }
    }
}
