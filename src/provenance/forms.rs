//! Forms: one frame that one outlet fills in with other figures and names each time.

use super::common_words::common_sorted;
use super::joining::Joining;

/// Two texts are of one frame when they have this share of the longer one's words in common…
const FRAME: f64 = 0.5;
/// …or this share of the shorter one's where they begin with other names…
const FRAME_OF_SHORTER: f64 = 0.6;
/// …and so many that fill it differently make it a form.
const FILLINGS_OF_A_FORM: usize = 3;
/// So many versions are looked at; a form shows among the first.
const MOST_VERSIONS: usize = 64;

impl Joining<'_> {
    /// Whether among some versions that belong together there are three of one outlet and frame, each
    /// with figures or names of its own.
    pub(super) fn is_form(&self, versions: &[u32]) -> bool {
        if versions.len() < FILLINGS_OF_A_FORM {
            return false;
        }
        let mut fillings: Vec<u32> = Vec::new();
        for &version in versions.iter().take(MOST_VERSIONS) {
            if fillings.iter().all(|&known| self.fills_otherwise(known, version)) {
                fillings.push(version);
            }
            if fillings.len() == FILLINGS_OF_A_FORM {
                return true;
            }
        }
        false
    }

    /// Whether one outlet printed two versions in one frame, each with figures or names that the
    /// other lacks.
    pub(super) fn fills_otherwise(&self, a: u32, b: u32) -> bool {
        let [one, other] = [a, b].map(|number| self.version(number));
        let shorter = one.words.sorted.len().min(other.words.sorted.len()) as f64;
        let longer = one.words.sorted.len().max(other.words.sorted.len()).max(1) as f64;
        let common = common_sorted(&one.words.sorted, &other.words.sorted);
        if common < FRAME_OF_SHORTER
            || !self.collection.outlets.are_of_one([self.document(a), self.document(b)])
        {
            return false;
        }
        let agreement = one.anchors.agreement(&other.anchors);
        let is_frame = common * shorter / longer >= FRAME;
        agreement.begin_with_other_names
            || (is_frame && (agreement.different > 0 || agreement.own_names))
    }
}

#[cfg(test)]
mod tests {
    use super::super::one_text::tests::{document, in_collection};
    use super::*;
    use crate::model::{Analysis, Document, Language, MemberItem, Span};
    use crate::provenance::cluster::VersionPlace;

    /// Checks whether texts, printed an hour apart by these outlets, are one form filled in anew.
    #[track_caller]
    fn check_form(texts: &[(&str, &str)], expected: bool) {
        let documents: Vec<Document> =
            (0..).zip(texts).map(|(hour, &text)| document(text, hour)).collect();
        let analysis = Analysis { language: Language::English, ..Analysis::default() };
        let analyses = vec![analysis; documents.len()];
        let versions: Vec<VersionPlace> = (0..)
            .zip(&documents)
            .map(|(number, document)| VersionPlace {
                document: number,
                item: MemberItem::Passage,
                span: Span::new(0, document.text.len()),
            })
            .collect();
        let numbers: Vec<u32> = (0..versions.len() as u32).collect();
        let found = in_collection(&documents, &analyses, |collection| {
            Joining::new(collection, &versions).is_form(&numbers)
        });
        assert_eq!(found, expected, "{texts:?}");
    }

    #[test]
    fn three_fillings_of_one_frame_make_a_form() {
        let herring =
            "Herring opened at 46.50 crowns a crate on arrivals of 310 crates, dealers said.";
        let more =
            "Herring opened at 47.25 crowns a crate on arrivals of 280 crates, dealers said.";
        let less =
            "Herring opened at 44.75 crowns a crate on arrivals of 395 crates, dealers said.";
        check_form(&[("Wire", herring), ("Wire", more), ("Wire", less)], true);
        // Two can be a report and its correction, and copies are no further fillings.
        check_form(&[("Wire", herring), ("Wire", more)], false);
        check_form(&[("Wire", herring), ("Wire", more), ("Wire", more)], false);
        // Three outlets that disagree tell one story.
        check_form(&[("Wire", herring), ("Post", more), ("Mail", less)], false);
        let one = "Trevannion said holders approved more shares at the annual meeting.";
        let other = "Kestermann said holders approved more shares at its annual meeting.";
        let third = "Dunmorrow said holders approved more shares at a special meeting.";
        check_form(&[("Wire", one), ("Wire", other), ("Wire", third)], true);
        // What begins with other names may be told at any length.
        let longer = "Kestermann said holders approved more shares at its annual meeting, which was held \
                      in a tent beside the mill because the hall that it had booked was too small.";
        check_form(&[("Wire", one), ("Wire", longer), ("Wire", third)], true);
        let about_one = "Holders of Trevannion approved more shares at the annual meeting, which was \
                         held in a tent beside the mill because its own hall was too small.";
        check_form(&[("Wire", one), ("Wire", about_one), ("Wire", third)], false);
    }
}
