//! The lines of `cento duplicates`.

/// The name of a unit: the id of its record, and its number among the record's units unless it is
/// the whole record.
pub type UnitName<'a> = (&'a str, Option<u32>);

/// Appends `{"a":…,"b":…,"jaccard":…}` and a line feed.
pub fn pair_line(a: UnitName<'_>, b: UnitName<'_>, jaccard: f32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"a\":");
    name(a, out);
    out.extend_from_slice(b",\"b\":");
    name(b, out);
    // Four decimals tell apart all that the sets of two sentences can; formatting the shortest
    // exact number would cost more than verifying the pair.
    let scaled = (f64::from(jaccard) * 10_000.0).round() as u32;
    let digits =
        [scaled / 10_000, scaled / 1000 % 10, scaled / 100 % 10, scaled / 10 % 10, scaled % 10]
            .map(|digit| b'0' + digit as u8);
    out.extend_from_slice(b",\"jaccard\":");
    out.extend_from_slice(&[digits[0], b'.']);
    let last = digits[1..].iter().rposition(|&digit| digit != b'0').unwrap_or(0);
    out.extend_from_slice(&digits[1..=last + 1]);
    out.extend_from_slice(b"}\n");
}

/// Appends `{"anchor":…,"size":…,"members":[…]}` and a line feed.
pub fn cluster_line<'a>(
    anchor: UnitName<'_>,
    size: usize,
    members: impl Iterator<Item = UnitName<'a>>,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"{\"anchor\":");
    name(anchor, out);
    out.extend_from_slice(format!(",\"size\":{size},\"members\":[").as_bytes());
    for (place, member) in members.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        name(member, out);
    }
    out.extend_from_slice(b"]}\n");
}

fn name((record, ordinal): UnitName<'_>, out: &mut Vec<u8>) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if record.bytes().all(plain) {
        out.push(b'"');
        out.extend_from_slice(record.as_bytes());
    } else {
        let escaped = serde_json::Value::from(record).to_string();
        out.extend_from_slice(escaped.strip_suffix('"').unwrap_or(&escaped).as_bytes());
    }
    if let Some(ordinal) = ordinal {
        out.extend_from_slice(format!("#{ordinal}").as_bytes());
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_pair(a: UnitName<'_>, b: UnitName<'_>, jaccard: f32, expected: &str) {
        let mut line = Vec::new();
        pair_line(a, b, jaccard, &mut line);
        assert_eq!(String::from_utf8(line).unwrap(), format!("{expected}\n"));
        serde_json::from_str::<serde_json::Value>(expected).unwrap();
    }

    #[test]
    fn lines_are_json() {
        check_pair(("x", None), ("y", None), 1.0, r#"{"a":"x","b":"y","jaccard":1.0}"#);
        check_pair(
            ("x", Some(0)),
            ("ü", Some(12)),
            2.0 / 3.0,
            r#"{"a":"x#0","b":"ü#12","jaccard":0.6667}"#,
        );
        check_pair(
            ("a\"b\\", Some(1)),
            ("\n", None),
            0.5,
            r#"{"a":"a\"b\\#1","b":"\n","jaccard":0.5}"#,
        );
        let mut line = Vec::new();
        cluster_line(("x", None), 2, [("x", None), ("y", Some(3))].into_iter(), &mut line);
        assert_eq!(line, b"{\"anchor\":\"x\",\"size\":2,\"members\":[\"x\",\"y#3\"]}\n");
    }
}
