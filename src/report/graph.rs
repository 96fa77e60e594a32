//! `graph.graphml`: documents as nodes, related pairs and lines of descent as edges, for Gephi,
//! networkx and yEd.
//!
//! The graph is declared directed, because few readers take a mixed one. An edge of kind `pair`
//! has no direction of its own (it goes from the lower id to the higher); one of kind `lineage`
//! goes from a version to the one that was made of it. A source that the texts show but that is
//! not among them is a node of kind `unseen`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::PathBuf;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::folder::cannot_write;
use super::jsonl::finish_file;
use super::layout::one_line;
use super::rows::{ClusterRow, DocumentRow, EdgeRow, PairRow, SummaryRow};
use super::sink::RowSink;
use crate::Result;

/// The name of the graph in the output folder.
pub(super) const GRAPH: &str = "graph.graphml";

/// The data of nodes and edges: id, of what, name, type.
const KEYS: [(&str, &str, &str, &str); 15] = [
    ("n-kind", "node", "kind", "string"),
    ("n-label", "node", "label", "string"),
    ("n-source", "node", "source", "string"),
    ("n-url", "node", "url", "string"),
    ("n-published_at", "node", "published_at", "string"),
    ("n-language", "node", "language", "string"),
    ("e-kind", "edge", "kind", "string"),
    ("e-weight", "edge", "weight", "double"),
    ("e-relation", "edge", "relation", "string"),
    ("e-resemblance", "edge", "resemblance", "double"),
    ("e-containment_a", "edge", "containment_a", "double"),
    ("e-containment_b", "edge", "containment_b", "double"),
    ("e-passages", "edge", "passages", "long"),
    ("e-cluster", "edge", "cluster", "string"),
    ("e-why", "edge", "why", "string"),
];

/// The graph as a form of the output.
pub(super) struct Graph {
    path: PathBuf,
    writer: Writer<BufWriter<File>>,
}

impl Graph {
    pub(super) fn create(path: PathBuf) -> Result<Self> {
        let file = File::create(&path).map_err(|error| cannot_write(&path, error))?;
        let file = BufWriter::with_capacity(1 << 16, file);
        let mut graph = Graph { path, writer: Writer::new_with_indent(file, b' ', 1) };
        graph.begin().map_err(|error| cannot_write(&graph.path, error))?;
        Ok(graph)
    }

    fn begin(&mut self) -> io::Result<()> {
        use quick_xml::events::BytesStart;
        self.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = BytesStart::new("graphml")
            .with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
        self.writer.write_event(Event::Start(root))?;
        for (id, of, name, of_type) in KEYS {
            self.writer
                .create_element("key")
                .with_attributes([
                    ("id", id),
                    ("for", of),
                    ("attr.name", name),
                    ("attr.type", of_type),
                ])
                .write_empty()?;
        }
        let graph = BytesStart::new("graph")
            .with_attributes([("id", "cento"), ("edgedefault", "directed")]);
        self.writer.write_event(Event::Start(graph))
    }

    fn end(&mut self) -> io::Result<()> {
        use quick_xml::events::BytesEnd;
        self.writer.write_event(Event::End(BytesEnd::new("graph")))?;
        self.writer.write_event(Event::End(BytesEnd::new("graphml")))
    }

    /// Writes a node or an edge with those of its data that are not empty.
    fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        data: &[(&str, Cow<'_, str>)],
    ) -> Result<()> {
        let attributes: Vec<(&str, Cow<'_, str>)> =
            attributes.iter().map(|&(name, value)| (name, allowed(value))).collect();
        self.writer
            .create_element(name)
            .with_attributes(attributes.iter().map(|(name, value)| (*name, value.as_ref())))
            .write_inner_content(|writer| {
                for (key, value) in data {
                    if !value.is_empty() {
                        writer
                            .create_element("data")
                            .with_attribute(("key", *key))
                            .write_text_content(BytesText::new(&allowed(value)))?;
                    }
                }
                Ok(())
            })
            .map(drop)
            .map_err(|error| cannot_write(&self.path, error))
    }
}

impl RowSink for Graph {
    fn takes_quotes(&self) -> bool {
        false
    }
    fn document(&mut self, row: &DocumentRow) -> Result<()> {
        self.element(
            "node",
            &[("id", &row.id)],
            &[
                ("n-kind", "document".into()),
                ("n-label", row.title.as_deref().unwrap_or(&row.id).into()),
                ("n-source", row.source.as_str().into()),
                ("n-url", row.url.as_deref().unwrap_or_default().into()),
                ("n-published_at", row.published_at.as_deref().unwrap_or_default().into()),
                ("n-language", row.language.as_str().into()),
            ],
        )
    }

    fn pair(&mut self, row: &PairRow) -> Result<()> {
        self.element(
            "edge",
            &[("source", &row.a), ("target", &row.b)],
            &[
                ("e-kind", "pair".into()),
                ("e-weight", row.containment_a.max(row.containment_b).to_string().into()),
                ("e-relation", row.relation.as_str().into()),
                ("e-resemblance", row.resemblance.to_string().into()),
                ("e-containment_a", row.containment_a.to_string().into()),
                ("e-containment_b", row.containment_b.to_string().into()),
                ("e-passages", row.passages.to_string().into()),
            ],
        )
    }

    fn cluster(&mut self, row: &ClusterRow) -> Result<()> {
        let unseen = format!("unseen:{}", row.id);
        let edges = most_probable(&row.edges);
        if edges.iter().any(|edge| edge.parent.is_none()) {
            self.element(
                "node",
                &[("id", &unseen)],
                &[("n-kind", "unseen".into()), ("n-label", "a source that is not here".into())],
            )?;
        }
        for edge in edges {
            let doc = |member: u32| row.members.get(member as usize).map(|m| m.doc.as_str());
            let parent = match edge.parent {
                Some(parent) => doc(parent),
                None => Some(unseen.as_str()),
            };
            let Some((parent, child)) = parent.zip(doc(edge.child)) else { continue };
            self.element(
                "edge",
                &[("source", parent), ("target", child)],
                &[
                    ("e-kind", "lineage".into()),
                    ("e-weight", edge.probability.to_string().into()),
                    ("e-cluster", row.id.as_str().into()),
                    ("e-why", edge.why.join("; ").into()),
                ],
            )?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _summary: &SummaryRow) -> Result<()> {
        self.end().map_err(|error| cannot_write(&self.path, error))?;
        let Graph { path, writer } = *self;
        finish_file(&path, writer.into_inner())
    }
}

/// The most probable edge to each child, the first where two are equal.
fn most_probable(edges: &[EdgeRow]) -> Vec<&EdgeRow> {
    let mut best: BTreeMap<u32, &EdgeRow> = BTreeMap::new();
    for edge in edges {
        let known = best.entry(edge.child).or_insert(edge);
        if edge.probability > known.probability {
            *known = edge;
        }
    }
    best.into_values().collect()
}

/// The text on one line, without the characters that XML 1.0 cannot hold.
fn allowed(text: &str) -> Cow<'_, str> {
    // Nearly all texts are ids, names and numbers, which are as they should be.
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(one_line(text).replace(['\u{fffe}', '\u{ffff}'], ""))
}
