//! The guide: each of its files is a page of `dkmio::guide` and in the table of contents, and every way leads on.

use crate::root;
use std::collections::BTreeSet;
use std::fs;

const CONTENTS: &str = "README.md";

/// The files of the guide by name, and their text.
fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(root().join("dkmio/guide"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join("dkmio/guide").join(file)).unwrap()
}

fn module(file: &str) -> String {
    file.trim_end_matches(".md").replace('-', "_")
}

/// Returns the names that a text defines at the starts of its lines, with where they lead to.
fn definitions(text: &str) -> BTreeSet<(&str, &str)> {
    text.lines()
        .filter_map(|line| line.strip_prefix('[')?.split_once("]: "))
        .collect()
}

/// Returns the names that a text links to.
fn links(text: &str) -> BTreeSet<&str> {
    text.split("][")
        .skip(1)
        .filter_map(|rest| rest.split(']').next())
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .collect()
}

/// Returns the pages in the order of the table of contents: those that are numbered, and those that are not.
fn contents() -> (Vec<String>, Vec<String>) {
    let contents = text(CONTENTS);
    let (mut numbered, mut others) = (Vec::new(), Vec::new());
    for line in contents.lines() {
        let Some((lead, rest)) = line.split_once('[') else {
            continue;
        };
        let Some(name) = rest.split("][").nth(1).and_then(|r| r.split(']').next()) else {
            continue;
        };
        if lead.trim_end().ends_with('.') {
            numbered.push(name.to_owned());
        } else {
            others.push(name.to_owned());
        }
    }
    (numbered, others)
}

#[test]
fn each_file_is_a_page_and_in_the_table_of_contents() {
    let source = fs::read_to_string(root().join("dkmio/src/guide.rs")).unwrap();
    let (numbered, others) = contents();
    let pages: Vec<String> = files()
        .into_iter()
        .map(|(name, _)| name)
        .filter(|name| name != CONTENTS)
        .collect();
    assert!(pages.len() >= 8, "{pages:?}");
    for page in &pages {
        let name = module(page);
        assert!(
            source.contains(&format!("{name} \"{page}\"")) || source.contains(&format!("/{page}")),
            "{page} is no page of `dkmio::guide`"
        );
        let times = numbered.iter().chain(&others).filter(|n| **n == name);
        assert_eq!(times.count(), 1, "{page} in the table of contents");
    }
    assert_eq!(numbered.len() + others.len(), pages.len());
}

#[test]
fn each_name_that_a_page_links_to_leads_to_its_file() {
    let in_rustdoc = fs::read_to_string(root().join("dkmio/src/guide/links.md")).unwrap();
    for (file, text) in files() {
        let defined = definitions(&text);
        let names: BTreeSet<&str> = defined.iter().map(|(name, _)| *name).collect();
        assert_eq!(links(&text), names, "{file}");
        for (name, target) in defined {
            assert_eq!(module(target), name, "{file}");
            assert!(root().join("dkmio/guide").join(target).exists(), "{target}");
            let path = format!("crate::guide::{name}");
            assert!(definitions(&in_rustdoc).contains(&(name, path.as_str())));
        }
    }
}

#[test]
fn the_readme_leads_to_every_page() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let defined = definitions(&readme);
    let names: BTreeSet<&str> = defined.iter().map(|(name, _)| *name).collect();
    assert_eq!(links(&readme), names);
    for (_, target) in defined {
        assert!(root().join(target).exists(), "{target}");
    }
    let (numbered, others) = contents();
    for page in numbered.iter().chain(&others) {
        assert!(names.contains(page.as_str()), "the README lacks {page}");
    }
}

#[test]
fn each_numbered_page_leads_to_the_next() {
    let (numbered, _) = contents();
    for pair in numbered.windows(2) {
        let page = text(&format!("{}.md", pair[0].replace('_', "-")));
        let next = page.lines().find(|line| line.starts_with("Next: ["));
        let next = next.unwrap_or_else(|| panic!("`{}` does not lead on", pair[0]));
        assert!(next.contains(&format!("][{}]", pair[1])), "{next}");
    }
}
