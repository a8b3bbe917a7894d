//! What a release rests on: the scripts in `.ci`, the workflows that call them, and what the packages hold.

use crate::root;
use std::collections::BTreeSet;
use std::fs;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The names of a manifest's features, without `default`.
fn features(manifest: &str) -> BTreeSet<&str> {
    let section = manifest.split("[features]\n").nth(1).unwrap();
    let section = section.split("\n[").next().unwrap();
    section
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .filter(|name| !name.starts_with('#') && *name != "default")
        .collect()
}

#[test]
fn each_feature_is_checked_alone() {
    let manifest = read("dkmio/Cargo.toml");
    let script = read(".ci/features");
    let list = script.split("features=(").nth(1).unwrap();
    let checked: BTreeSet<&str> = list.split(')').next().unwrap().split_whitespace().collect();
    assert_eq!(checked, features(&manifest));
}

/// The scripts of `.ci` that a file names.
fn scripts(text: &str) -> BTreeSet<String> {
    text.split(".ci/")
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '-')
                .collect()
        })
        .collect()
}

#[test]
fn workflows_and_run_call_scripts_that_are_there() {
    let workflows = read(".github/workflows/ci.yml") + &read(".github/workflows/dependencies.yml");
    let called = scripts(&workflows);
    for script in [
        "run", "features", "msrv", "docs-rs", "package", "semver", "deny",
    ] {
        assert!(called.contains(script), "no workflow calls .ci/{script}");
    }
    for script in called.iter().chain(&scripts(&read(".ci/run"))) {
        let path = root().join(".ci").join(script);
        assert!(path.is_file(), "there is no .ci/{script}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert!(mode & 0o100 != 0, ".ci/{script} does not run");
        }
    }
}

#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let manifest = read("Cargo.toml");
    let version = manifest.split("rust-version = \"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let install = format!("rustup toolchain install {version} --profile minimal\n");
    assert!(read(".github/workflows/ci.yml").contains(&install));
}

#[test]
fn packages_hold_readme_and_licence() {
    for package in ["dkmio", "dkmio-derive"] {
        let licence = read(&format!("{package}/LICENSE"));
        assert_eq!(licence, read("LICENSE"), "{package}");
        assert!(!read(&format!("{package}/README.md")).is_empty());
    }
}
