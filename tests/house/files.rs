//! The library's files: each says what it is for, and none is long.

use crate::{root, sources};

const FOLDERS: &[&str] = &["dkmio/src", "dkmio-derive/src"];

/// Folders with files that have no head yet. The list gets shorter only.
const WITHOUT_HEADS: &[&str] = &[];

/// Files that are still too long. The list gets shorter only.
const TOO_LONG: &[&str] = &[];

const MOST_LINES: usize = 450;

/// All files of the library by their paths from the workspace's root, with their text.
fn files() -> Vec<(String, String)> {
    let found = FOLDERS.iter().flat_map(|folder| sources(folder));
    found
        .map(|(path, text)| {
            let path = path.strip_prefix(root()).unwrap();
            (path.to_str().unwrap().to_owned(), text)
        })
        .collect()
}

/// Returns whether the file begins with docs of a few words, or has those of a Markdown file.
fn has_head(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    match first.strip_prefix("//! ") {
        Some(words) => words.split(' ').count() >= 4,
        None => text.contains("doc = include_str!("),
    }
}

#[test]
fn each_file_says_what_it_is_for() {
    let without: Vec<String> = files()
        .into_iter()
        .filter(|(_, text)| !has_head(text))
        .map(|(path, _)| path)
        .collect();
    for path in &without {
        let is_excepted = WITHOUT_HEADS.iter().any(|folder| path.starts_with(folder));
        assert!(is_excepted, "{path} does not say what it is for: `//! ..`");
    }
    for folder in WITHOUT_HEADS {
        let is_needed = without.iter().any(|path| path.starts_with(folder));
        assert!(is_needed, "all files of {folder} have heads: take it out");
    }
}

#[test]
fn most_files_are_short() {
    let mut lines: Vec<usize> = files()
        .iter()
        .map(|(_, text)| text.lines().count())
        .collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median <= 130, "half of the files have over {median} lines");
}

#[test]
fn no_file_is_long() {
    for (path, text) in files() {
        let lines = text.lines().count();
        let is_excepted = TOO_LONG.contains(&path.as_str());
        assert_eq!(lines > MOST_LINES, is_excepted, "{path} has {lines} lines");
    }
}
