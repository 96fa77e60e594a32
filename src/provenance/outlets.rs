//! Which documents come from one publisher.

use std::collections::HashMap;

use crate::model::Document;
use crate::text::fold;

/// Hosts and outlet names that belong to one publisher, so that thirty-six feeds of one house do
/// not count as thirty-six sources.
#[derive(Clone, Debug, Default)]
pub struct OutletGroups {
    groups: HashMap<String, String>,
}

impl OutletGroups {
    /// Groups from pairs of a host or outlet name and its group.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, group)| (key(&name), key(&group)));
        OutletGroups { groups: pairs.collect() }
    }

    /// The name under which a document's outlet is counted: its group, else its own name, else
    /// the host of its address; `None` where nothing is known.
    pub fn group_of(&self, document: &Document) -> Option<String> {
        let name = Some(key(&document.source)).filter(|name| !name.is_empty());
        let host = document.url.as_deref().and_then(host);
        let grouped =
            |name: &Option<String>| name.as_ref().and_then(|name| self.groups.get(name)).cloned();
        grouped(&name).or_else(|| grouped(&host)).or(name).or(host)
    }

    /// Whether two documents are known to be of one outlet or publisher.
    pub(super) fn are_of_one(&self, [a, b]: [&Document; 2]) -> bool {
        (!a.source.is_empty() && a.source == b.source)
            || self.group_of(a).is_some_and(|group| self.group_of(b) == Some(group))
    }
}

/// The form in which names are compared.
fn key(name: &str) -> String {
    fold(name.trim()).trim_start_matches("www.").to_owned()
}

/// The host of an address, without `www.` and port.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = key(host);
    (host.contains('.')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(source: &str, url: Option<&str>) -> Document {
        Document {
            id: String::new(),
            path: String::new(),
            record: None,
            source: source.to_owned(),
            url: url.map(str::to_owned),
            title: None,
            published_at: None,
            declared_language: None,
            text: String::new(),
            digest: 0,
        }
    }

    #[test]
    fn a_group_is_found_by_name_or_host_and_falls_back_to_either() {
        let pairs =
            [("www.Harbour-Post.example", "Harbour House"), ("Bay Courier", "Harbour House")];
        let groups =
            OutletGroups::new(pairs.map(|(name, group)| (name.to_owned(), group.to_owned())));
        let check = |source, url, expected: Option<&str>| {
            assert_eq!(groups.group_of(&document(source, url)).as_deref(), expected);
        };
        check("bay courier", None, Some("harbour house"));
        check("", Some("https://harbour-post.example/a?b"), Some("harbour house"));
        check("Hill Gazette", Some("https://harbour-post.example/a"), Some("harbour house"));
        check("Hill Gazette", None, Some("hill gazette"));
        check("", Some("http://www.hill.example:80/x"), Some("hill.example"));
        check("", None, None);
    }
}
