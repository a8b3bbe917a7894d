//! What does not compile, and what the compiler then says: each file states one promise.
//!
//! The expected output belongs to the rustc of this repository. Where it changes, write it anew with
//! `TRYBUILD=overwrite cargo test -p dkmio-tests --test ui`, and read it.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use trybuild::TestCases;

#[test]
fn what_is_refused_says_why() {
    let files = sources("ui/refused");
    assert!(files.len() >= 60, "only {} files are refused", files.len());
    let cases = TestCases::new();
    for file in files {
        assert!(
            file.with_extension("stderr").exists() || overwrites(),
            "{} has no expected output",
            file.display()
        );
        cases.compile_fail(file);
    }
}

#[test]
fn what_is_accepted_compiles_and_runs() {
    let files = sources("ui/accepted");
    assert!(files.len() >= 10, "only {} files are accepted", files.len());
    let cases = TestCases::new();
    for file in files {
        cases.pass(file);
    }
}

/// What compiles has to be a table that DynamoDB takes: `main` of each file has it created.
#[test]
fn the_schema_of_every_model_that_compiles_is_tried() {
    let mut models = 0;
    for file in sources("ui/accepted") {
        let text = fs::read_to_string(&file).expect("a source file is readable");
        let declared = models_in(&text);
        for model in &declared {
            assert!(
                text.contains(&format!("is_accepted::<{model}>()"))
                    || text.contains(&format!("::{model}>();")),
                "{} does not try the schema of `{model}`",
                file.display()
            );
        }
        // Of models that are called the same in several modules each has a call of its own.
        let tried = text.matches("is_accepted::<").count();
        assert_eq!(tried, declared.len(), "in {}", file.display());
        models += declared.len();
    }
    assert!(models >= 15, "only {models} models were found");
}

/// Returns the structs that derive `DynamoTable`, in the order of the text.
fn models_in(text: &str) -> Vec<&str> {
    text.split("DynamoTable")
        .skip(1)
        .filter_map(|after| {
            let (rest_of_derive, below) = after.split_once(")]")?;
            if rest_of_derive.contains(';') {
                return None;
            }
            let (_, name) = below.split_once("struct ")?;
            name.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
        })
        .collect()
}

/// An output whose file was renamed or dropped would promise what nothing tests.
#[test]
fn every_expected_output_belongs_to_a_file() {
    for file in files_with_extension("ui", "stderr") {
        assert!(
            file.with_extension("rs").exists(),
            "{} belongs to no file",
            file.display()
        );
    }
}

#[test]
fn every_file_states_its_promise() {
    for file in sources("ui/refused")
        .into_iter()
        .chain(sources("ui/accepted"))
    {
        let text = fs::read_to_string(&file).expect("a source file is readable");
        let first = text.lines().next().unwrap_or_default();
        assert!(
            first.starts_with("//! ") && first.ends_with('.'),
            "{} begins without a sentence",
            file.display()
        );
    }
}

/// The expected output says nothing of the machine it was written on.
#[test]
fn no_expected_output_names_a_machine() {
    for file in files_with_extension("ui", "stderr") {
        let text = fs::read_to_string(&file).expect("an output file is readable");
        for path in ["/home/", "/root/", "/tmp/", "/work/", "/Users/", "C:\\"] {
            assert!(!text.contains(path), "{} names {path}", file.display());
        }
    }
}

fn overwrites() -> bool {
    std::env::var("TRYBUILD").is_ok_and(|mode| mode == "overwrite")
}

/// Returns the Rust files below `folder`, sorted. A glob that matches nothing passes in silence; this does not.
fn sources(folder: &str) -> Vec<PathBuf> {
    let files = files_with_extension(folder, "rs");
    assert!(!files.is_empty(), "`{folder}` is empty");
    files
}

fn files_with_extension(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(Path::new(folder), extension, &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("`{}` is not readable: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder entry is readable").path();
        if path.is_dir() {
            collect(&path, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
}
