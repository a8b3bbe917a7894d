//! `docs/architecture.md` is true as far as a test can tell: its files are there, its words too, and its floors are all.

use crate::layering::FLOORS;
use crate::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn page() -> String {
    fs::read_to_string(root().join("docs/architecture.md")).unwrap()
}

/// Returns the section below a heading, up to the next heading of its level or above.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let level = heading.split(' ').next().unwrap().len();
    let (_, rest) = page
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no `{heading}`"));
    let end = rest.match_indices("\n#").find(|(at, _)| {
        let hashes = rest[at + 1..].chars().take_while(|c| *c == '#').count();
        hashes <= level
    });
    end.map_or(rest, |(at, _)| &rest[..at])
}

/// Returns what is in back-ticks, without the programs.
fn ticked(text: &str) -> Vec<&str> {
    let prose = text.split("\n```").step_by(2);
    prose
        .flat_map(|text| text.split('`').skip(1).step_by(2))
        .collect()
}

/// Returns whether a word in back-ticks is a path, by its characters and its ending or slashes.
fn is_path(word: &str) -> bool {
    let is_plain = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    let is_file = [".rs", ".md", ".json", ".txt", ".stderr"]
        .iter()
        .any(|ending| word.ends_with(ending));
    is_plain
        && word.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && (is_file || word.contains('/'))
}

/// Returns the file or folder that a path of the page names.
fn found(path: &str) -> Option<PathBuf> {
    let places = [root().join("dkmio/src").join(path), root().join(path)];
    places.into_iter().find(|place| place.exists())
}

#[test]
fn each_path_is_there() {
    let page = page();
    let paths: BTreeSet<&str> = ticked(&page).into_iter().filter(|w| is_path(w)).collect();
    assert!(paths.len() >= 100, "only {} paths", paths.len());
    let gone: Vec<&&str> = paths.iter().filter(|path| found(path).is_none()).collect();
    assert!(gone.is_empty(), "not there: {gone:?}");
}

#[test]
fn each_floor_has_a_paragraph_in_its_order() {
    let page = page();
    let floors = section(&page, "## The floors");
    let described: Vec<&str> = floors
        .lines()
        .filter_map(|line| line.strip_prefix("**`")?.split_once("`**"))
        .map(|(floor, _)| floor)
        .collect();
    assert_eq!(described, FLOORS);
}

/// Returns the files of a walk, in its order.
fn walk<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = section(page, heading).lines();
    let files: Vec<&str> = lines
        .filter_map(|line| {
            let (number, rest) = line.split_once(". `")?;
            number.parse::<usize>().ok()?;
            rest.split('`').next()
        })
        .collect();
    assert!(files.len() >= 20, "{heading}: {files:?}");
    files
}

#[test]
fn walks_are_short_and_say_where_they_come_again() {
    let page = page();
    for (heading, most) in [
        ("### A filter's value, from the closure to the wire", 25),
        ("### A put, from the struct to its answer", 25),
        ("### A batch get's key, from the call to its item", 20),
    ] {
        let files = walk(&page, heading);
        let different: BTreeSet<&&str> = files.iter().collect();
        assert!(
            different.len() <= most,
            "{heading}: {} files",
            different.len()
        );
        let again = section(&page, heading).matches("*again*").count();
        assert_eq!(again, files.len() - different.len(), "{heading}: again");
    }
}

#[test]
fn each_word_is_defined_in_its_file() {
    let page = page();
    let mut words = Vec::new();
    for row in section(&page, "## The words").lines() {
        let cells: Vec<&str> = row.split('`').collect();
        let [_, word, _, file, ..] = cells.as_slice() else {
            continue;
        };
        if !row.starts_with('|') {
            continue;
        }
        let text = fs::read_to_string(found(file).unwrap()).unwrap();
        let is_defined = ["struct", "enum", "trait", "type"].iter().any(|kind| {
            let definition = format!("{kind} {word}");
            text.split(&definition)
                .skip(1)
                .any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        });
        assert!(is_defined, "`{word}` is not defined in {file}");
        words.push(*word);
    }
    assert!(words.len() >= 40, "only {} words", words.len());
    assert!(words.is_sorted(), "not in order: {words:?}");
}
