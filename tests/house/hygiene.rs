//! What the files may hold.

use crate::{root, sources};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn files_stay_under_five_hundred_lines() {
    for folder in ["dkmio/src", "dkmio-derive/src", "tests", "examples"] {
        for (path, text) in sources(folder) {
            let lines = text.lines().count();
            assert!(lines <= 500, "{} has {lines} lines", path.display());
        }
    }
}

#[test]
fn no_file_is_called_mod_or_utils() {
    for folder in ["dkmio/src", "dkmio-derive/src", "tests", "examples"] {
        for (path, _) in sources(folder) {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(
                !["mod", "utils", "util", "helpers", "misc"].contains(&name.as_str()),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    for folder in ["dkmio/src", "dkmio-derive/src"] {
        for (path, text) in sources(folder) {
            for mark in ["todo!", "unimplemented!", "dbg!(", "FIXME", "XXX"] {
                assert!(!text.contains(mark), "{} has `{mark}`", path.display());
            }
        }
    }
}

#[test]
fn the_readme_names_the_commands_that_ci_runs() {
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    for (file, command) in [
        ("README.md", "cargo test"),
        ("CONTRIBUTING.md", "cargo test"),
        (
            "CONTRIBUTING.md",
            "DKMIO_WIRE_CODEC=off cargo test -p dkmio-tests --test engine --test faults --test corpus",
        ),
    ] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        assert!(text.contains(command), "{file} lacks `{command}`");
        let line = format!("{command}\n");
        assert!(ci.contains(&line), "CI lacks `{command}`");
    }
}

#[test]
fn each_example_is_in_the_catalogue_and_ci_runs_it() {
    let catalogue = fs::read_to_string(root().join("examples/README.md")).unwrap();
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    let run: Vec<&str> = ci
        .lines()
        .find_map(|line| line.strip_prefix("for example in ")?.strip_suffix("; do"))
        .unwrap()
        .split(' ')
        .collect();
    let manifest = fs::read_to_string(root().join("examples/Cargo.toml")).unwrap();
    let mut examples: Vec<&str> = manifest
        .split("[[example]]\nname = \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    for example in &examples {
        let command = format!("cargo run --example {example}\n");
        assert!(catalogue.contains(&command), "no `{example}`");
        assert!(run.contains(example), "CI does not run `{example}`");
    }
    let mut files: Vec<String> = sources("examples")
        .into_iter()
        // A package of its own, whose tests `cargo test` runs.
        .filter(|(path, _)| !path.starts_with(root().join("examples/orders_service")))
        .filter_map(|(path, _)| Some(path.file_stem()?.to_str()?.to_owned()))
        .filter(|name| name != "lib")
        .collect();
    files.sort();
    examples.sort_unstable();
    assert_eq!(files, examples);
}

#[test]
fn the_page_of_errors_has_every_variant_and_no_other() {
    let source = fs::read_to_string(root().join("dkmio/src/error.rs")).unwrap();
    let body = source.split("pub enum Error {").nth(1).unwrap();
    let body = body.split("\n}").next().unwrap();
    let mut variants: Vec<&str> = body
        .lines()
        .filter_map(|line| Some(line.trim().split_once('(')?.0))
        .filter(|name| name.chars().all(char::is_alphanumeric))
        .collect();
    variants.sort_unstable();
    assert!(variants.len() >= 19, "{variants:?}");
    let page = fs::read_to_string(root().join("dkmio/guide/errors.md")).unwrap();
    let mut described: Vec<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("### `Error::")?.strip_suffix('`'))
        .collect();
    described.sort_unstable();
    assert_eq!(described, variants);
    for (at, section) in page.split("### `Error::").enumerate().skip(1) {
        for part in ["**Cause.**", "**Predicates.**", "**What to do.**"] {
            assert!(section.contains(part), "section {at} lacks {part}");
        }
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let dependencies = manifest
        .split("[workspace.dependencies]")
        .nth(1)
        .unwrap()
        .split("\n[")
        .next()
        .unwrap();
    for line in dependencies
        .lines()
        .filter(|l| l.contains('=') && !l.starts_with('#'))
    {
        assert!(
            line.contains("  # ") || line.starts_with("dkmio = "),
            "{line}"
        );
    }
}

#[test]
fn each_operation_is_checked_to_send_every_field() {
    let (mut sent, mut checked) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in sources("dkmio/src/executor/operation") {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let inputs = words.filter(|word| word.len() > 5 && word.ends_with("Input"));
        let inputs = inputs.map(str::to_owned);
        if path.ends_with("every_field.rs") {
            checked.extend(inputs);
        } else {
            sent.extend(inputs);
        }
    }
    assert!(sent.len() >= 15, "{sent:?}");
    assert_eq!(checked, sent);
}
