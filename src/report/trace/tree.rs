//! Who took it from whom, as a tree: under each version those that seem to have been made of it,
//! with the probability and the reasons.

use super::super::layout::{TerminalStyle, percent, width, wrap};
use super::super::rows::{ClusterRow, EdgeRow};
use super::{outlet, push_lines};

/// A chain of many steps is not indented any further.
const DEEPEST: usize = 12;

/// Appends the tree. Versions have the numbers of the timeline.
pub(super) fn push(text: &mut String, cluster: &ClusterRow, style: TerminalStyle) {
    let size = cluster.members.len();
    let mut children: Vec<Vec<&EdgeRow>> = vec![Vec::new(); size];
    let mut from_unseen = Vec::new();
    let mut has_edge = vec![false; size];
    for edge in &cluster.edges {
        if let Some(has_edge) = has_edge.get_mut(edge.child as usize) {
            *has_edge = true;
            match edge.parent.and_then(|parent| children.get_mut(parent as usize)) {
                Some(own) => own.push(edge),
                None => from_unseen.push(edge),
            }
        }
    }
    let tree = Tree { cluster, style, children };
    push_lines(text, &["Who took it from whom:".to_owned()], 0);
    for root in (0..size).filter(|&number| !has_edge[number]) {
        push_lines(text, &[tree.name(root)], 0);
        tree.below(text, root);
    }
    if !from_unseen.is_empty() {
        push_lines(text, &["a source that is not among these texts".to_owned()], 0);
        tree.branches(text, from_unseen);
    }
}

struct Tree<'r> {
    cluster: &'r ClusterRow,
    style: TerminalStyle,
    children: Vec<Vec<&'r EdgeRow>>,
}

/// A branch that is still to be written.
struct Branch<'r> {
    edge: &'r EdgeRow,
    /// What stands before it.
    lead: String,
    depth: usize,
    is_last: bool,
}

impl<'r> Tree<'r> {
    fn name(&self, member: usize) -> String {
        format!("{}. {}", member + 1, outlet(&self.cluster.members[member]))
    }

    fn below(&self, text: &mut String, root: usize) {
        self.branches(text, self.children[root].clone());
    }

    /// Appends branches and all that grows from them; a chain can be long, so without recursion.
    fn branches(&self, text: &mut String, edges: Vec<&'r EdgeRow>) {
        let branches = |edges: &[&'r EdgeRow], lead: &str, depth: usize| -> Vec<Branch<'r>> {
            let last = edges.len().saturating_sub(1);
            let each = edges.iter().enumerate().rev();
            each.map(|(place, edge)| Branch {
                edge,
                lead: lead.to_owned(),
                depth,
                is_last: place == last,
            })
            .collect()
        };
        let mut left = branches(&edges, "", 0);
        while let Some(branch) = left.pop() {
            self.branch(text, &branch);
            let below = &self.children[branch.edge.child as usize];
            let bar = if branch.is_last { "   " } else { "│  " };
            let lead = match branch.depth {
                0..DEEPEST => format!("{}{bar}", branch.lead),
                _ => branch.lead,
            };
            left.extend(branches(below, &lead, branch.depth + 1));
        }
    }

    fn branch(&self, text: &mut String, branch: &Branch<'_>) {
        let Branch { edge, lead, is_last, .. } = branch;
        let name = self.name(edge.child as usize);
        let mut line = format!("{name}, {}", percent(edge.probability));
        if !edge.why.is_empty() {
            line.push_str(&format!(": {}", edge.why.join("; ")));
        }
        for drift in &edge.drift {
            line.push_str(&format!("; {}: “{}” → “{}”", drift.kind, drift.a, drift.b));
        }
        let fork = if *is_last { "└─ " } else { "├─ " };
        let below = if *is_last { "   " } else { "│  " };
        let columns = self.style.columns().saturating_sub(width(lead) + width(fork)).max(24);
        for (number, line) in wrap(&line, columns, 6).iter().enumerate() {
            let before = if number == 0 { fork } else { below };
            push_lines(text, &[format!("{lead}{before}{line}")], 0);
        }
    }
}
