//! The tables of the format, as SQL. Everything that has a name here is part of the format: a
//! change needs a new [`FORMAT_VERSION`] and a step from the older one.

/// The version of the tables, kept in SQLite's `user_version`.
pub const FORMAT_VERSION: i32 = 2;

/// Marks the file as an index of cento (`cent` in ASCII), kept in SQLite's `application_id`.
pub(super) const APPLICATION_ID: i32 = 0x6365_6e74;

/// Bytes of a page. A text stands on one page with others, and a page has room for half a text left
/// on average: at 4096 bytes that was a fifth of what texts took.
pub(super) const PAGE_SIZE: u32 = 32768;

/// Makes all tables.
pub(super) const TABLES: &str = "
CREATE TABLE settings (
  name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE counters (
  name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE nights (
  number INTEGER PRIMARY KEY,
  input TEXT NOT NULL,              -- digest of all that was given to it
  state TEXT NOT NULL,              -- 'open' while batches are being added, then 'done'
  epoch INTEGER NOT NULL,           -- the epoch it was decided in
  documents INTEGER NOT NULL,       -- how many it added
  newest INTEGER) STRICT;           -- the latest known date of all documents then, Unix time
CREATE TABLE epochs (
  number INTEGER PRIMARY KEY,
  night INTEGER NOT NULL,           -- the night it began with
  documents INTEGER NOT NULL,       -- distinct texts that were counted
  words BLOB NOT NULL,              -- word hash and count, 8 + 4 bytes each, little-endian, sorted
  checksum INTEGER NOT NULL) STRICT;
CREATE TABLE boilerplate (
  source TEXT NOT NULL, text TEXT NOT NULL, documents INTEGER NOT NULL) STRICT;
CREATE TABLE boilerplate_runs (
  run INTEGER PRIMARY KEY,          -- hash of eight words
  source TEXT NOT NULL) STRICT;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  night INTEGER NOT NULL,           -- the night that added it
  path TEXT NOT NULL, record INTEGER,
  source TEXT NOT NULL, url TEXT, title TEXT,
  published_at TEXT, date_precision TEXT, date_earliest INTEGER, date_latest INTEGER,
  declared_language TEXT, language TEXT NOT NULL,
  characters INTEGER NOT NULL,
  digest TEXT NOT NULL,             -- xxh3-64 of the text
  first_sentence INTEGER NOT NULL, sentences INTEGER NOT NULL,
  first_quote INTEGER NOT NULL, quotes INTEGER NOT NULL,
  masked TEXT) STRICT;              -- boilerplate in it: [[start,end],...]
CREATE TABLE texts (
  document INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE INDEX documents_of_sentences ON documents (first_sentence) WHERE sentences > 0;
CREATE INDEX documents_of_night ON documents (night);
CREATE INDEX documents_by_date ON documents (date_earliest);
CREATE TABLE sentences (
  number INTEGER PRIMARY KEY,       -- its document: see sentence_texts
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  kind INTEGER NOT NULL,            -- see sentence_kinds
  paragraph INTEGER NOT NULL,
  unit INTEGER) STRICT;             -- the first sentence with the same words; 0: itself; NULL: not compared
CREATE INDEX repeated_sentences ON sentences (unit) WHERE unit > 0;
CREATE TABLE sentence_kinds (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE quotes (
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  kind INTEGER NOT NULL,            -- see quote_kinds
  parts TEXT,                       -- [[start,end],...] where there are several
  text TEXT,                        -- the words, where there are several parts
  compared INTEGER NOT NULL,        -- 0: not quoted speech, or boilerplate
  unclosed INTEGER NOT NULL,
  speaker TEXT, speaker_start INTEGER, speaker_end INTEGER,
  method INTEGER,                   -- see speaker_methods
  confidence REAL,
  cue_start INTEGER, cue_end INTEGER, cue_negated INTEGER) STRICT;
CREATE TABLE quote_kinds (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE speaker_methods (number INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE pairs (
  a INTEGER NOT NULL, b INTEGER NOT NULL,
  night INTEGER NOT NULL,
  relation TEXT NOT NULL, resemblance REAL NOT NULL,
  containment_a REAL NOT NULL, containment_b REAL NOT NULL,
  PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_of_b ON pairs (b);
CREATE TABLE passages (
  a INTEGER NOT NULL, b INTEGER NOT NULL, place INTEGER NOT NULL,
  label TEXT NOT NULL,
  a_start INTEGER NOT NULL, a_end INTEGER NOT NULL,
  b_start INTEGER NOT NULL, b_end INTEGER NOT NULL,
  jaccard REAL NOT NULL, containment_a REAL NOT NULL, containment_b REAL NOT NULL,
  kept_in_order REAL NOT NULL, alignment REAL NOT NULL, probability REAL NOT NULL,
  why TEXT NOT NULL,                -- JSON list of sentences
  edits TEXT NOT NULL,              -- of each the first letter of its kind, the gap to the one before
                                    -- and its length in a, ':' and the same in b, if that differs
  drift TEXT NOT NULL,              -- JSON list of [kind, words in a, words in b]
  PRIMARY KEY (a, b, place)) STRICT, WITHOUT ROWID;
CREATE TABLE quote_links (
  a INTEGER NOT NULL, b INTEGER NOT NULL,
  night INTEGER NOT NULL, score REAL NOT NULL,
  PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
CREATE INDEX quote_links_of_b ON quote_links (b);
CREATE INDEX quote_links_of_night ON quote_links (night);
CREATE TABLE clusters (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL, kind TEXT NOT NULL,
  fullest INTEGER,                  -- the place of the member with the fullest form; see cluster_texts
  text TEXT,                        -- the fullest form, where it is none of the members' words
  size INTEGER NOT NULL, sources INTEGER NOT NULL,
  first_seen TEXT, last_seen TEXT,
  speaker TEXT,                     -- JSON: name, votes, conflicts
  origin TEXT NOT NULL, origin_document INTEGER, origin_probability REAL NOT NULL,
  origin_why TEXT NOT NULL,         -- JSON list of sentences
  night INTEGER NOT NULL) STRICT;   -- the night that last changed it
CREATE INDEX clusters_of_night ON clusters (night);
CREATE TABLE cluster_members (
  cluster INTEGER NOT NULL, place INTEGER NOT NULL,
  document INTEGER NOT NULL,
  quote INTEGER,                    -- its number in quotes; NULL: running text
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  variant TEXT NOT NULL,
  drift TEXT NOT NULL,
  PRIMARY KEY (cluster, place)) STRICT, WITHOUT ROWID;
CREATE INDEX members_of_document ON cluster_members (document);
CREATE TABLE cluster_edges (
  cluster INTEGER NOT NULL, child INTEGER NOT NULL,
  parent INTEGER,                   -- NULL: a source that is not kept
  probability REAL NOT NULL, why TEXT NOT NULL, drift TEXT NOT NULL,
  PRIMARY KEY (cluster, child)) STRICT, WITHOUT ROWID;
CREATE TABLE cluster_events (
  night INTEGER NOT NULL, cluster TEXT NOT NULL, event TEXT NOT NULL,
  size_before INTEGER NOT NULL, size INTEGER NOT NULL,
  PRIMARY KEY (night, cluster)) STRICT, WITHOUT ROWID;
CREATE TABLE old_versions (
  id TEXT NOT NULL, digest TEXT NOT NULL, night INTEGER NOT NULL, replaced INTEGER NOT NULL,
  published_at TEXT, title TEXT, text TEXT NOT NULL,
  PRIMARY KEY (id, replaced, digest)) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten (
  id TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT, url TEXT, published_at TEXT,
  digest TEXT NOT NULL, night INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten_links (
  kind TEXT NOT NULL,               -- what was tied: 'quote' or 'passage'
  document INTEGER NOT NULL,        -- the one that is still kept
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  forgotten TEXT NOT NULL,          -- the id of the other one
  PRIMARY KEY (kind, document, start, end, forgotten)) STRICT, WITHOUT ROWID;
CREATE INDEX links_to_forgotten ON forgotten_links (document);
CREATE TABLE posting_runs (
  number INTEGER PRIMARY KEY,
  space INTEGER NOT NULL,           -- which keys: see index::postings
  bits INTEGER NOT NULL,            -- the key's highest bits that number the partitions
  entries INTEGER NOT NULL) STRICT;
CREATE TABLE postings (
  place INTEGER PRIMARY KEY,        -- number of the run << 32 | number of the partition
  entries INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL) STRICT;
CREATE VIEW sentence_texts (number, document, kind, text) AS
  SELECT s.number, t.document, k.name, substr(t.text, s.start + 1, s.end - s.start)
  FROM sentences s JOIN sentence_kinds k ON k.number = s.kind
  JOIN texts t ON t.document = (
    SELECT d.number FROM documents d WHERE d.sentences > 0 AND d.first_sentence <= s.number
    ORDER BY d.first_sentence DESC LIMIT 1);
CREATE VIEW quote_texts (number, document, kind, speaker, text) AS
  SELECT q.number, q.document, k.name, q.speaker,
    coalesce(q.text, substr(t.text, q.start + 1, q.end - q.start))
  FROM quotes q JOIN texts t ON t.document = q.document JOIN quote_kinds k ON k.number = q.kind;
CREATE VIEW cluster_texts (number, id, kind, text) AS
  SELECT c.number, c.id, c.kind,
    coalesce(c.text, q.text, substr(t.text, m.start + 1, m.end - m.start))
  FROM clusters c LEFT JOIN cluster_members m ON m.cluster = c.number AND m.place = c.fullest
  LEFT JOIN texts t ON t.document = m.document LEFT JOIN quotes q ON q.number = m.quote;
CREATE VIRTUAL TABLE sentence_search USING fts5 (
  text, content='sentence_texts', content_rowid='number', detail='none', columnsize=0,
  tokenize='unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE quote_search USING fts5 (
  text, content='quote_texts', content_rowid='number', detail='none', columnsize=0,
  tokenize='unicode61 remove_diacritics 0');
";
