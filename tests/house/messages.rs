//! The page of compiler messages shows what the compiler prints, and proposes what compiles.

use crate::root;
use std::fs;
use std::path::PathBuf;

const REFUSED: &str = "tests/ui/refused";

/// A case of `tests/ui/refused`: its program and its recorded output.
struct Case {
    program: String,
    output: String,
}

fn page() -> String {
    fs::read_to_string(root().join("dkmio/guide/what-the-compiler-tells-you.md")).unwrap()
}

fn case(path: PathBuf) -> Case {
    Case {
        program: lines(&fs::read_to_string(path.with_extension("rs")).unwrap()),
        output: fs::read_to_string(path.with_extension("stderr")).unwrap(),
    }
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for theme in fs::read_dir(root().join(REFUSED)).unwrap() {
        for file in fs::read_dir(theme.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "stderr") {
                cases.push(case(path));
            }
        }
    }
    cases
}

/// Returns the blocks of the page in this language.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    page.split(&format!("\n```{language}\n"))
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .collect()
}

/// Returns the text without its indentation, which is another in a file than on a page.
fn lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n")
}

#[test]
fn each_program_prints_the_message_below_it() {
    let (page, cases) = (page(), cases());
    let (programs, messages) = (blocks(&page, "rust,compile_fail"), blocks(&page, "text"));
    assert_eq!(programs.len(), messages.len());
    assert!(messages.len() >= 20, "only {} messages", messages.len());
    for (program, message) in programs.into_iter().zip(messages) {
        let of_case = cases.iter().find(|case| case.output.trim_end() == message);
        let Some(case) = of_case else {
            panic!("no case prints\n{message}");
        };
        assert!(
            case.program.contains(&lines(program)),
            "this is not what prints it:\n{program}"
        );
    }
}

#[test]
fn the_readme_begins_with_what_its_program_prints() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let shown = blocks(&readme, "text")[0];
    let case = case(
        root()
            .join(REFUSED)
            .join("projection/what_the_front_page_shows.rs"),
    );
    let program = blocks(&readme, "rust,ignore")[0];
    assert!(case.program.contains(program), "{program}");
    // But for the place of the file.
    let without_place = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.contains("--> "));
        lines.map(|line| line.trim_end().to_owned()).collect()
    };
    let (shown, printed) = (without_place(shown), without_place(&case.output));
    assert!(shown.len() >= 7, "{shown:?}");
    assert_eq!(shown, printed[..shown.len()]);
}

#[test]
fn what_is_proposed_instead_compiles() {
    let file = root().join("tests/ui/accepted/what_to_write_instead.rs");
    let compiled = lines(&fs::read_to_string(file).unwrap());
    let page = page();
    let proposed = blocks(&page, "rust");
    assert!(proposed.len() >= 20, "only {} programs", proposed.len());
    for program in proposed {
        assert!(compiled.contains(&lines(program)), "{program}");
    }
}

#[test]
fn each_row_of_the_table_is_the_message_of_its_case() {
    let page = page();
    let mut rows = 0;
    let table = page.split("| refused | message | case |").nth(1).unwrap();
    for row in table.lines().skip(2).take_while(|line| !line.is_empty()) {
        let cells: Vec<&str> = row.trim_matches(['|', ' ']).split(" | ").collect();
        let [_, message, name] = cells.as_slice() else {
            panic!("not three cells: {row}");
        };
        let path = format!("{REFUSED}/{}.rs", name.trim_matches('`'));
        let first = case(root().join(&path)).output;
        let first = first.lines().next().unwrap();
        let (_, said) = first.split_once(": ").unwrap();
        assert_eq!(said, *message, "{path}");
        rows += 1;
    }
    assert!(rows >= 40, "only {rows} rows");
}

/// The derives' pages show only the first line of each message.
#[test]
fn the_messages_of_the_derives_pages_are_what_the_compiler_prints() {
    let outputs: Vec<String> = cases().into_iter().map(|case| case.output).collect();
    let mut messages = 0;
    for page in fs::read_dir(root().join("dkmio-derive/pages")).unwrap() {
        let page = fs::read_to_string(page.unwrap().path()).unwrap();
        for message in blocks(&page, "text") {
            messages += 1;
            assert!(
                outputs
                    .iter()
                    .any(|output| output.lines().any(|line| line == message)),
                "no case prints `{message}`"
            );
        }
    }
    assert!(messages >= 15, "only {messages} messages");
}
