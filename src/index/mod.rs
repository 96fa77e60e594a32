//! The stored collection: what is known of every document that was ever kept, in one SQLite file.
//!
//! Newsrooms and researchers open the file with `sqlite3`, Datasette or pandas, and SQLite brings
//! transactions, locking, backup and full-text search that nobody here should write again. All
//! offsets in the tables count Unicode scalar values, as in the output files, so that
//! `substr(text, start + 1, end - start)` gives the words.
//!
//! | table | a row is |
//! |---|---|
//! | `settings` | a parameter that the kept findings depend on |
//! | `counters` | the next free number of documents, sentences and quotes; numbers are never used twice |
//! | `nights` | a run that added something |
//! | `epochs` | how common each word was when the epoch began, and since which night that holds |
//! | `boilerplate`, `boilerplate_runs` | what the epoch learnt to ignore: the pieces, and the runs of words that tell them |
//! | `documents`, `texts` | a document: its metadata, its text |
//! | `sentences`, `quotes` | the units of a document; the views `sentence_texts` and `quote_texts` add their documents and words |
//! | `pairs`, `passages` | two documents that share something, and what they share |
//! | `quote_links` | two quotes that are versions of one utterance |
//! | `clusters`, `cluster_members`, `cluster_edges` | versions of one quote or passage, and who took it from whom; the view `cluster_texts` adds the fullest form |
//! | `cluster_events` | a cluster that began or grew in a night |
//! | `old_versions` | a text that was corrected: the same id came again with another text |
//! | `forgotten`, `forgotten_links` | a document that has expired: its name and date, and what it was tied to |
//! | `posting_runs`, `postings` | which units have which keys ([`postings`]) |
//! | `sentence_search`, `quote_search` | full-text search (FTS5) over the two views |
//!
//! **Keys.** SQLite rows are too slow and too large for twenty keys a sentence, so each committed
//! batch stores its keys as sorted, checksummed blobs that are merged when they pile up, as in a
//! log-structured tree ([`postings`]).
//!
//! **Crashes.** A batch is one transaction in write-ahead mode: after `kill -9` or a power cut the
//! file is what it was before or after a batch, never between.
//!
//! **One writer, any number of readers.** A writer holds the lock file beside the index ([`lock`]);
//! readers see the last committed batch and wait for nobody.
//!
//! **Damage.** SQLite notices damage to its own structure only. So a list of page checksums is kept
//! beside the file ([`page_sums`]): `cento index check` finds a flipped byte anywhere, in free
//! space too, and names the page and the table it belongs to.
//!
//! **Epochs.** Which words are rare, and what is boilerplate, is learnt from the collection as it
//! stands when an epoch begins and is frozen until the next one; so what two documents share does
//! not depend on the night at which one asks.

mod clusters;
mod counters;
mod damage;
mod documents;
mod edits;
mod epoch;
mod forget;
mod lock;
mod names;
mod nights;
mod open;
mod page_sums;
mod pairs;
mod partition;
pub mod postings;
mod quotes;
mod schema;
mod search;
mod sentences;
mod settings;
mod shelf;
mod stats;
mod upgrade;

pub use clusters::{FormerCluster, MemberPlace};
pub use damage::{Damage, changed_pages};
pub use documents::{Kept, NewDocument};
pub use epoch::Epoch;
pub use lock::WriteLock;
pub use nights::{ClusterEvent, EventKind, Night};
pub use open::{Index, Waiting};
pub use pairs::PassagePlace;
pub use postings::{KEY_BITS, Posting, Space};
pub use schema::FORMAT_VERSION;
pub use search::SearchTerms;
pub use sentences::{Excerpt, SentenceRange};
pub use settings::Settings;
pub use shelf::{Label, Shelf};
pub use stats::Stats;
