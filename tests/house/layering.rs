//! A file uses only its own floor and those below it, and neighbours do not use each other in a circle.

mod circles;
mod modules;
mod uses;

use self::circles::Graph;
use self::uses::{Crate, Use};

/// The floors of the library, from the ground up.
pub(super) const FLOORS: &[&str] = &[
    "value",
    "error",
    "codec",
    "schema",
    "change",
    "attr",
    "expr",
    "executor",
    "page",
    "verb",
    "consumer",
    "admin",
    "client",
    "testing",
    "lib",
    "prelude",
    "guide",
    "__private",
];

/// Circles that are still to be undone, by the modules of one folder: each uses the next one, and the last uses the first.
///
/// The list gets shorter only: whoever undoes a circle takes its line out.
const KNOWN_CIRCLES: &[&[&str]] = &[];

/// Files that declare modules and hand on their items, and hold no function.
const FACADES: &[&str] = &[
    "admin.rs",
    "change.rs",
    "codec.rs",
    "codec/wire.rs",
    "codec/wire/reader.rs",
    "executor.rs",
    "executor/breaker.rs",
    "expr.rs",
    "lib.rs",
    "page.rs",
    "prelude.rs",
    "value.rs",
    "value/foreign.rs",
    "verb.rs",
    "verb/batch_get.rs",
    "verb/batch_write.rs",
    "verb/read.rs",
    "verb/transact_write.rs",
];

/// The façades of the derives.
const FACADES_OF_DERIVE: &[&str] = &["model.rs", "parse.rs"];

fn floor_of(file: &str) -> usize {
    let name = file.split('/').next().unwrap().trim_end_matches(".rs");
    FLOORS
        .iter()
        .position(|floor| *floor == name)
        .unwrap_or_else(|| panic!("`{name}` is on no floor"))
}

#[test]
fn a_file_uses_only_its_own_floor_and_those_below_it() {
    let uses = Crate::read("dkmio/src").uses();
    assert!(uses.len() > 1000, "only {} uses were found", uses.len());
    for Use { from, to, item, .. } in &uses {
        let is_below = floor_of(to) <= floor_of(from);
        assert!(is_below, "{from} uses `{item}` of {to}, on a floor above");
    }
}

#[test]
fn neighbours_do_not_use_each_other_in_a_circle() {
    for (folder, known) in [("dkmio/src", KNOWN_CIRCLES), ("dkmio-derive/src", &[])] {
        let uses = Crate::read(folder).uses();
        // A file that hands an item on, and does no more with it, does not use it.
        let mut graph = Graph::of(uses.iter().filter(|used| !used.only_reexports));
        let undone: Vec<_> = known.iter().filter(|c| !graph.is_circle(c)).collect();
        assert!(undone.is_empty(), "undone, so take them out: {undone:?}");
        for circle in known {
            graph.open(circle);
        }
        let mut found = Vec::new();
        while let Some(circle) = graph.shortest_circle() {
            let circle: Vec<String> = circle.into_iter().map(str::to_owned).collect();
            found.push(graph.describe(&circle));
            graph.open(&circle);
        }
        assert!(
            found.is_empty(),
            "circles in {folder}:\n{}",
            found.join("\n")
        );
    }
}

#[test]
fn facades_hold_no_function() {
    for (folder, facades) in [
        ("dkmio/src", FACADES),
        ("dkmio-derive/src", FACADES_OF_DERIVE),
    ] {
        let read = Crate::read(folder);
        for file in facades {
            assert!(!read.has_fn(file), "{folder}/{file} holds a function");
        }
        assert!(read.has_fn("lib.rs") == (folder == "dkmio-derive/src"));
    }
}

#[test]
fn the_derive_goes_one_way() {
    // Parsing and validation write no code, the model knows no faults, and code cannot complain.
    let forbidden = [
        ("parse", &["validate", "codegen"][..]),
        ("validate", &["codegen"]),
        ("model", &["validate", "codegen", "diagnostics"]),
        ("codegen", &["validate", "diagnostics"]),
    ];
    let module = |file: &str| file.split('/').next().unwrap().replace(".rs", "");
    for Use { from, to, item, .. } in Crate::read("dkmio-derive/src").uses() {
        let allowed = !forbidden
            .iter()
            .any(|(user, used)| *user == module(&from) && used.contains(&&*module(&to)));
        assert!(allowed, "{from} uses `{item}` of {to}");
    }
}
