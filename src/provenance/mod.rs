//! Where was a quote or a passage first seen, who took it from whom, what changed on the way, and
//! how sure can one be?
//!
//! A quote that merges two statements stands for both ([`statements`]); few words can be another's
//! ([`mouths`]), and the longest form can be another text ([`misfit`]). Verified links become clusters
//! whose growth is bounded by an anchor, the fullest form
//! ([`growth`]); passages whose figures and names differ are no versions of one text ([`one_text`], [`forms`]), nor are
//! those that only share a naming or a frame ([`story`]), tell two things of one matter ([`runs`])
//! or of one list ([`lists`]) or quote two utterances of one speaker ([`speech`]). Groups in several languages are joined last
//! ([`translations`]). Every version is read against that form ([`readings`]): which of its words it
//! keeps and which it changes. [`lineage`] weighs for every version the candidate parents among
//! the earlier and the undated ones, and an unseen source beside them; [`origin`] turns the result
//! into a verdict. [`consensus()`] lets the sources vote on the speaker.
//!
//! The method joins three fields. From stemmatology (Lachmann) comes the rule that only shared
//! innovations show descent, shared retentions do not; from cascade inference (Xu and Smith 2018,
//! "Contrastive training for models of information cascades") the directed spanning tree whose
//! edge marginals follow from the matrix-tree theorem; from text phylogeny (Marmerola et al. 2016)
//! the warning that time stamps are neither always there nor reliable, which is why a date is an
//! interval here and the unseen source is a candidate like any other.

mod agreement;
mod anchors;
mod captions;
mod cluster;
mod common_words;
mod consensus;
mod credit;
mod evidence;
mod forms;
mod growth;
mod joining;
mod lineage;
mod lists;
mod misfit;
mod mouths;
mod occasion;
mod occasion_words;
mod one_text;
mod origin;
mod outlets;
mod page_furniture;
mod passages;
mod read_documents;
mod readings;
mod reasons;
mod runs;
mod spanning;
mod speech;
mod statements;
mod story;
mod surroundings;
#[cfg(test)]
mod tests;
mod text_evidence;
mod translations;

pub use cluster::{
    Collection, Differences, Group, GroupedPlaces, Version, VersionPlace, Wording, cluster,
    group_quotes, sort_clusters,
};
pub use consensus::{SpeakerMention, consensus};
pub use outlets::OutletGroups;
pub use passages::{PassageLink, Places, TiedPlaces, group_passages, passage_links, tied_places};
pub use read_documents::ReadDocuments;
pub use statements::quote_places;
