//! A file uses only the floors above its own.

use crate::{root, sources};

/// The floors of the library, from the ground up.
const FLOORS: [&str; 15] = [
    "value",
    "error",
    "codec",
    "schema",
    "attr",
    "expr",
    "executor",
    "page",
    "verb",
    "admin",
    "client",
    "lib",
    "prelude",
    "guide",
    "__private",
];

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| *floor == module)
        .unwrap_or_else(|| panic!("`{module}` is on no floor"))
}

#[test]
fn each_file_uses_only_the_floors_above_its_own() {
    let source = root().join("dkmio/src");
    let mut looked_at = 0;
    for (path, text) in sources("dkmio/src") {
        let relative = path.strip_prefix(&source).unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap();
        let own = floor(module.trim_end_matches(".rs"));
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_start();
            // Docs may point anywhere.
            if line.starts_with("//") {
                continue;
            }
            for used in line.split("crate::").skip(1) {
                let name: String = used
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                if FLOORS.contains(&name.as_str()) {
                    looked_at += 1;
                    assert!(
                        floor(&name) <= own,
                        "{}:{}: `{}` is below `{name}`",
                        relative.display(),
                        number + 1,
                        FLOORS[own]
                    );
                }
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} uses were looked at");
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
    let source = root().join("dkmio-derive/src");
    for (path, text) in sources("dkmio-derive/src") {
        let relative = path.strip_prefix(&source).unwrap();
        let module = relative.iter().next().unwrap().to_str().unwrap();
        let module = module.trim_end_matches(".rs");
        let Some((_, uses)) = forbidden.iter().find(|(m, _)| *m == module) else {
            continue;
        };
        for used in *uses {
            assert!(
                !text.contains(&format!("crate::{used}")),
                "{} uses `{used}`",
                relative.display()
            );
        }
    }
}
