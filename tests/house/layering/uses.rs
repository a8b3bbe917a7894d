//! Which file of a crate uses which other file, found by resolving every path to the file that defines its item.

use super::modules::{Import, Module, Path, modules};
use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

/// The modules of a crate.
pub(super) struct Crate(BTreeMap<Path, Module>);

/// That a file uses an item of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Use {
    pub from: String,
    /// The file that defines the item, whatever path leads there.
    pub to: String,
    pub item: String,
    /// `true` if the file hands the item on and does not name it otherwise.
    pub only_reexports: bool,
}

/// The items to which a path leads: the file of each, and its name.
type Found = BTreeSet<(String, String)>;

impl Crate {
    pub(super) fn read(folder: &str) -> Self {
        Self(modules(folder))
    }

    /// Returns whether a file has a function outside its tests.
    pub(super) fn has_fn(&self, file: &str) -> bool {
        let mut modules = self.0.values().filter(|module| module.file == file);
        let first = modules.next().unwrap_or_else(|| panic!("no file {file}"));
        first.has_fn || modules.any(|module| module.has_fn)
    }

    pub(super) fn uses(&self) -> BTreeSet<Use> {
        let mut uses = BTreeSet::new();
        for (path, module) in &self.0 {
            let mut note = |found: Found, only_reexports| {
                let other = found.into_iter().filter(|(to, _)| *to != module.file);
                uses.extend(other.map(|(to, item)| Use {
                    from: module.file.clone(),
                    to,
                    item,
                    only_reexports,
                }));
            };
            for import in &module.imports {
                if import.name == "*" {
                    for word in &module.words {
                        note(self.through(path, import, from_ref(word)), false);
                    }
                } else {
                    let is_named = !import.is_reexport || module.words.contains(&import.name);
                    note(self.through(path, import, &[]), !is_named);
                }
            }
            for used in &module.paths {
                note(self.resolve(path, used), false);
            }
        }
        uses
    }

    /// Returns the items to which this path leads in this module; none for a path of another crate.
    fn resolve(&self, module: &[String], path: &[String]) -> Found {
        let mut found = Found::new();
        self.search(module, path, &mut found, &mut BTreeSet::new());
        found
    }

    fn through(&self, module: &[String], import: &Import, rest: &[String]) -> Found {
        self.resolve(module, &[&import.path[..], rest].concat())
    }

    fn search(
        &self,
        module: &[String],
        path: &[String],
        found: &mut Found,
        seen: &mut BTreeSet<(Path, Path)>,
    ) {
        if !seen.insert((module.to_vec(), path.to_vec())) {
            return;
        }
        let Some((name, rest)) = path.split_first() else {
            return;
        };
        match name.as_str() {
            "crate" => return self.search(&[], rest, found, seen),
            "self" => return self.search(module, rest, found, seen),
            "super" => {
                let parent = module.len().saturating_sub(1);
                return self.search(&module[..parent], rest, found, seen);
            }
            _ => {}
        }
        let Some(here) = self.0.get(module) else {
            return;
        };
        if here.items.contains(name) {
            found.insert((here.file.clone(), name.clone()));
        }
        let child = [module, from_ref(name)].concat();
        if self.0.contains_key(&child) {
            self.search(&child, rest, found, seen);
            // An import of this name is no module, so nothing is inside it.
            if !rest.is_empty() {
                return;
            }
        }
        for import in &here.imports {
            // A `use` item looks for its first word in the module and among the crates, not among other imports.
            let first = &import.path[0];
            let is_ours = ["crate", "self", "super"].contains(&first.as_str())
                || here.items.contains(first)
                || self.0.contains_key(&[module, from_ref(first)].concat());
            if !is_ours {
                continue;
            }
            if import.name == *name {
                let path = [&import.path[..], rest].concat();
                self.search(module, &path, found, seen);
            } else if import.name == "*" {
                let path = [&import.path[..], path].concat();
                self.search(module, &path, found, seen);
            }
        }
    }
}
