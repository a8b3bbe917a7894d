//! Links between the pages lead somewhere.

use crate::root;
use std::fs;
use std::path::{Path, PathBuf};

/// All pages that are not within a package's sources.
fn pages() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [".", "docs", "examples", "fuzz", "tests/engine"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "md") {
                found.push(path);
            }
        }
    }
    assert!(found.len() >= 10, "{found:?}");
    found
}

/// The text of a page without its programs, in which brackets are no links.
fn prose(page: &Path) -> String {
    let text = fs::read_to_string(page).unwrap();
    text.split("\n```")
        .step_by(2)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The anchors that GitHub gives the headings of a page.
fn anchors(page: &Path) -> Vec<String> {
    let text = prose(page);
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            line.trim_start_matches('#')
                .trim()
                .to_lowercase()
                .chars()
                .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c))
                .map(|c| if c == ' ' { '-' } else { c })
                .collect()
        })
        .collect()
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut links = 0;
    for page in pages() {
        let text = prose(&page);
        for rest in text.split("](").skip(1) {
            let target = rest.split(')').next().unwrap();
            if target.contains("://") {
                continue;
            }
            links += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let linked = match file {
                "" => page.clone(),
                file => page.parent().unwrap().join(file),
            };
            assert!(linked.exists(), "{}: no `{target}`", page.display());
            if !anchor.is_empty() {
                let anchors = anchors(&linked);
                let found = anchors.iter().any(|a| a == anchor);
                assert!(
                    found,
                    "{}: no `#{anchor}` among {anchors:?}",
                    page.display()
                );
            }
        }
    }
    assert!(links >= 20, "{links} links");
}
