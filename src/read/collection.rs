//! The documents of a run: sorted, with one document an id.

use std::cmp::Ordering;

use super::records::{Record, Records};
use crate::model::{Document, Problem, ProblemKind};

/// All that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// The documents, sorted by id; ids are unique.
    pub documents: Vec<Document>,
    /// What was skipped and what was assumed, sorted by path and line.
    pub problems: Vec<Problem>,
    /// Documents that repeated the id and the text of another and were merged with it.
    pub merged_repeats: u64,
    /// Files that were opened.
    pub files_read: u64,
    /// Files of unknown kind in the folders; they were not read.
    pub files_ignored: u64,
    /// Bytes read, as they are on disk.
    pub bytes: u64,
}

/// Reads everything by one thread; see [`Collection::new`].
pub fn collect(mut records: Records) -> Collection {
    gather(&mut records).counted(&records)
}

impl Collection {
    /// What was `read` by way of some `records`, of which there are no more. Which of several documents with
    /// one id is kept depends on the documents, not on the order in which they were read: the one
    /// published first, then the one with the lowest digest.
    pub fn new(records: &Records, read: impl IntoIterator<Item = Record>) -> Collection {
        gather(read).counted(records)
    }

    fn counted(self, records: &Records) -> Collection {
        Collection {
            files_read: records.files_read(),
            files_ignored: records.files_ignored(),
            bytes: records.bytes_read(),
            ..self
        }
    }

    /// This collection and another as one, as if all had been read together.
    pub fn with(self, other: Collection) -> Collection {
        let mut both = settle(
            self.documents.into_iter().chain(other.documents).collect(),
            self.problems.into_iter().chain(other.problems).collect(),
        );
        both.merged_repeats += self.merged_repeats + other.merged_repeats;
        both.files_read = self.files_read + other.files_read;
        both.files_ignored = self.files_ignored + other.files_ignored;
        both.bytes = self.bytes + other.bytes;
        both
    }
}

fn gather(records: impl IntoIterator<Item = Record>) -> Collection {
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for record in records {
        match record {
            Record::Document(document) => documents.push(document),
            Record::Problem(problem) => problems.push(problem),
        }
    }
    settle(documents, problems)
}

/// Sorts the documents and leaves one an id.
fn settle(mut documents: Vec<Document>, problems: Vec<Problem>) -> Collection {
    let mut collection = Collection { problems, ..Collection::default() };
    documents.sort_by(precedence);
    for document in documents {
        let Some(kept) = collection.documents.last().filter(|kept| kept.id == document.id) else {
            collection.documents.push(document);
            continue;
        };
        if kept.digest == document.digest && kept.text == document.text {
            collection.merged_repeats += 1;
        } else {
            collection.problems.push(conflict(kept, &document));
        }
    }
    collection.problems.sort();
    collection
}

/// Documents by id; of those with one id the one to be kept first. Metadata decides after date and
/// digest, so that of identical texts the same one is kept in any order of reading.
fn precedence(a: &Document, b: &Document) -> Ordering {
    let known = |document: &Document| document.published_at.is_none();
    a.id.cmp(&b.id)
        .then_with(|| known(a).cmp(&known(b)))
        .then_with(|| a.published_at.cmp(&b.published_at))
        .then_with(|| a.digest.cmp(&b.digest))
        .then_with(|| (&a.source, &a.url, &a.title).cmp(&(&b.source, &b.url, &b.title)))
        .then_with(|| a.text.cmp(&b.text))
        .then_with(|| (&a.path, a.record).cmp(&(&b.path, b.record)))
}

fn conflict(kept: &Document, skipped: &Document) -> Problem {
    let place = match kept.record {
        Some(record) => format!("{}:{record}", kept.path),
        None => kept.path.clone(),
    };
    Problem {
        path: skipped.path.clone(),
        record: skipped.record,
        kind: ProblemKind::Skipped,
        message: format!("the id \"{}\" belongs to another text, at {place}", skipped.id),
        hint: "give every document its own id; for files in several folders, name the folder above them".to_owned(),
    }
}
