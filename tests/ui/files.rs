//! The files of this folder.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns the Rust files below `folder`, sorted. No file at all is a mistake of the test's.
pub(crate) fn sources(folder: &str) -> Vec<PathBuf> {
    let files = with_extension(folder, "rs");
    assert!(!files.is_empty(), "`{folder}` is empty");
    files
}

pub(crate) fn with_extension(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(Path::new(folder), extension, &mut files);
    files.sort();
    files
}

pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).expect("a file of this folder is readable")
}

fn collect(folder: &Path, extension: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder is readable") {
        let path = entry.expect("a folder entry is readable").path();
        if path.is_dir() {
            collect(&path, extension, files);
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
}
