//! Circles among neighbours: the modules of one folder, each with all that is inside its own folder.

use super::uses::Use;
use std::collections::{BTreeMap, VecDeque};

/// From each module to the neighbours that it uses.
#[derive(Debug, Default)]
pub(super) struct Graph<'a>(BTreeMap<String, BTreeMap<String, Vec<&'a Use>>>);

impl<'a> Graph<'a> {
    /// Makes a graph of these uses. A file and the files of its folder are one module to their neighbours, and use each
    /// other as they like.
    pub(super) fn of(uses: impl IntoIterator<Item = &'a Use>) -> Self {
        let mut graph = Self::default();
        for used in uses {
            if let Some((from, to)) = neighbours(&used.from, &used.to) {
                let users = graph.0.entry(from).or_default();
                users.entry(to).or_default().push(used);
            }
        }
        graph
    }

    /// Returns one of the shortest circles: each module uses the next, and the last uses the first.
    pub(super) fn shortest_circle(&self) -> Option<Vec<&str>> {
        let circles = self.0.keys().filter_map(|module| self.circle_of(module));
        circles.min_by_key(Vec::len)
    }

    fn circle_of(&self, first: &str) -> Option<Vec<&str>> {
        let mut came_from = BTreeMap::new();
        let mut waiting = VecDeque::from([self.0.get_key_value(first)?.0.as_str()]);
        while let Some(module) = waiting.pop_front() {
            for used in self.0.get(module).into_iter().flat_map(BTreeMap::keys) {
                if used == first {
                    let mut circle = vec![module];
                    while let Some(&before) = came_from.get(circle[circle.len() - 1]) {
                        circle.push(before);
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if !came_from.contains_key(used.as_str()) {
                    came_from.insert(used.as_str(), module);
                    waiting.push_back(used);
                }
            }
        }
        None
    }

    pub(super) fn is_circle(&self, modules: &[impl AsRef<str>]) -> bool {
        pairs(modules).all(|(from, to)| self.uses(from, to).is_some())
    }

    /// Takes the last use out of a circle, so that other circles are found.
    pub(super) fn open(&mut self, circle: &[impl AsRef<str>]) {
        if let [first, .., last] = circle
            && let Some(users) = self.0.get_mut(last.as_ref())
        {
            users.remove(first.as_ref());
        }
    }

    /// Returns the files of a circle, and what they use of each other.
    pub(super) fn describe(&self, circle: &[impl AsRef<str>]) -> String {
        let mut lines = String::new();
        for (from, to) in pairs(circle) {
            for used in self.uses(from, to).into_iter().flatten() {
                let Use { from, to, item, .. } = used;
                lines += &format!("  {from} uses `{item}` of {to}\n");
            }
        }
        lines
    }

    fn uses(&self, from: &str, to: &str) -> Option<&Vec<&'a Use>> {
        self.0.get(from)?.get(to)
    }
}

/// Returns each module of a circle with the next one.
fn pairs(circle: &[impl AsRef<str>]) -> impl Iterator<Item = (&str, &str)> {
    let modules = circle.iter().map(AsRef::as_ref);
    modules.clone().zip(modules.cycle().skip(1))
}

/// Returns the two modules of one folder that hold these files; `None` if one file is in the folder of the other.
fn neighbours(from: &str, to: &str) -> Option<(String, String)> {
    let parts = |file: &str| -> Vec<String> {
        let module = file.trim_end_matches(".rs");
        module.split('/').map(str::to_owned).collect()
    };
    let (from, to) = (parts(from), parts(to));
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let module = |parts: &[String]| Some(parts.get(..=shared)?.join("/"));
    Some((module(&from)?, module(&to)?))
}

#[test]
fn circles_are_found_between_neighbours_only() {
    let using = |from: &str, to: &str| Use {
        from: from.to_owned(),
        to: to.to_owned(),
        item: "Item".to_owned(),
        only_reexports: false,
    };
    let mut uses = vec![
        using("a/b.rs", "a/c.rs"),
        using("a/b.rs", "a/d/inner.rs"),
        using("a/c.rs", "a/d.rs"),
        // A file and its folder.
        using("a/d.rs", "a/d/inner.rs"),
        using("a/d/inner.rs", "a/d.rs"),
        using("a/d/inner.rs", "a.rs"),
        using("a.rs", "a/b.rs"),
    ];
    assert_eq!(Graph::of(&uses).shortest_circle(), None);
    uses.push(using("a/d/other.rs", "a/b.rs"));
    uses.push(using("a/e.rs", "a/f.rs"));
    let graph = Graph::of(&uses);
    let circle = graph.shortest_circle().unwrap();
    assert_eq!(circle, ["a/b", "a/d"]);
    assert!(graph.is_circle(&circle));
    assert!(!graph.is_circle(&["a/e", "a/f"]));
    let mut opened = Graph::of(&uses);
    opened.open(&circle);
    // The longer way is still there: `b` uses `c`, `c` uses `d`.
    assert!(!opened.is_circle(&circle));
    uses.retain(|used| used.to != "a/d/inner.rs");
    let graph = Graph::of(&uses);
    assert_eq!(graph.shortest_circle().unwrap(), ["a/b", "a/c", "a/d"]);
}
