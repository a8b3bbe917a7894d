//! What the compiler says, without what differs from machine to machine, and from one day of a library to the next.

use std::path::Path;

/// How many types a message lists before it says how many others there are.
const LISTED: usize = 8;

/// Returns the output with placeholders for the folders of the workspace, the standard library and other crates, and without
/// the line numbers of what is not in the file itself.
pub(crate) fn normal(said: &str, file: &Path, workspace: &Path) -> String {
    let folders = Folders {
        file: file.display().to_string(),
        workspace: format!("{}/", workspace.display()),
    };
    let lines = drop_endings(said);
    let lines = folders.hide(lines);
    let lines = shorten_lists(lines);
    let mut text = cut_margins(&lines).join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// Leaves out what cargo and rustc say at the end, and where a long type was written to.
fn drop_endings(said: &str) -> Vec<String> {
    let dropped = |line: &str| {
        let note = line.trim_start().trim_start_matches("= note: ");
        line.starts_with("error: aborting due to ")
            || line.starts_with("For more information about ")
            || line.starts_with("Some errors have detailed explanations:")
            || note.starts_with("the full type name has been written to")
            || note.starts_with("the full name for the type has been written to")
    };
    let mut lines: Vec<String> = Vec::new();
    for line in said.lines().filter(|line| !dropped(line)) {
        // One empty line at most.
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line.trim_end().to_owned());
        }
    }
    lines
}

struct Folders {
    file: String,
    workspace: String,
}

impl Folders {
    /// Puts placeholders for folders, and blanks in place of the line numbers of other files.
    fn hide(&self, lines: Vec<String>) -> Vec<String> {
        let mut other_file = false;
        let hide = |line: String| {
            let text = line.trim_start();
            let indent = line.len() - text.len();
            if let Some(place) = text
                .strip_prefix("--> ")
                .or_else(|| text.strip_prefix("::: "))
            {
                // Files of this package are named from its own folder.
                let place = place.strip_prefix("tests/").unwrap_or(place);
                let arrow = &line[..indent + 4];
                other_file = !place.starts_with(&self.file);
                if other_file {
                    return format!("{arrow}{}", self.placeholder(without_position(place)));
                }
                return format!("{arrow}{place}");
            }
            let numbered = text.starts_with(|c: char| c.is_ascii_digit() || "|.".contains(c));
            other_file &= numbered;
            if other_file {
                return without_leading_digits(&line);
            }
            line.replace(&self.workspace, "$WORKSPACE/")
        };
        lines.into_iter().map(hide).collect()
    }

    /// Returns the path of a file that is not the test's, as it is on every machine.
    fn placeholder(&self, path: &str) -> String {
        if let Some(inside) = path.strip_prefix(&self.workspace) {
            return format!("$WORKSPACE/{inside}");
        }
        // cargo compiles the workspace's members by paths from its root.
        if ["dkmio/", "dkmio-derive/"]
            .iter()
            .any(|member| path.starts_with(member))
        {
            return format!("$WORKSPACE/{path}");
        }
        if let Some((_, inside)) = path.split_once("/library/")
            && (path.starts_with("/rustc/") || path.contains("/rustlib/src/rust/"))
        {
            return format!("$RUST/{inside}");
        }
        let registry = path.split_once("/registry/src/");
        match registry.and_then(|(_, rest)| rest.split_once('/')) {
            Some((_, inside)) => format!("$CARGO/{}", without_version(inside)),
            None => path.to_owned(),
        }
    }
}

/// `main.rs:22:29` becomes `main.rs`.
fn without_position(place: &str) -> &str {
    place.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':')
}

/// `serde_core-1.0.228/src/lib.rs` becomes `serde_core-$VERSION/src/lib.rs`.
fn without_version(path: &str) -> String {
    let versioned = path.split_once('/').and_then(|(krate, rest)| {
        let (name, _) = krate.rsplit_once('-')?;
        Some(format!("{name}-$VERSION/{rest}"))
    });
    versioned.unwrap_or_else(|| path.to_owned())
}

fn without_leading_digits(line: &str) -> String {
    let numbers = line.len()
        - line
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ')
            .len();
    let blanks = " ".repeat(numbers);
    format!("{blanks}{}", &line[numbers..])
}

/// Shortens the lists of types that implement a trait: how many there are is a matter of the crates that are built.
fn shorten_lists(lines: Vec<String>) -> Vec<String> {
    let mut listed = None;
    let mut shortened = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.starts_with("and ") && text.ends_with(" others") {
            shortened.push(format!("{}and $N others", &line[..indent]));
            listed = None;
            continue;
        }
        match &mut listed {
            Some(count) if indent >= 12 => {
                *count += 1;
                let next = lines.get(index + 1);
                let is_last = next.is_none_or(|next| !next.starts_with(&line[..indent]));
                if *count == LISTED + 1 && !is_last {
                    shortened.push(format!("{}and $N others", &line[2..indent]));
                } else if *count <= LISTED + 1 {
                    shortened.push(line.clone());
                }
                continue;
            }
            _ => listed = None,
        }
        if text.starts_with("= help: the following ") && text.contains("types implement ") {
            listed = Some(0);
        }
        shortened.push(line.clone());
    }
    shortened
}

/// Makes the margin of each message as narrow as its own numbers: rustc makes it as wide as the numbers of other files.
fn cut_margins(lines: &[String]) -> Vec<String> {
    let mut cut = Vec::new();
    for message in lines.chunk_by(|_, next| !begins_message(next)) {
        let spare = message.iter().filter_map(|line| spare(line)).min();
        cut.extend(
            message
                .iter()
                .map(|line| match (spare, line.strip_prefix("... ")) {
                    // Lines are left out of a macro.
                    (Some(spare), Some(rest)) => {
                        format!("... {}", rest.get(spare..).unwrap_or_default())
                    }
                    (Some(spare), None) if has_margin(line) => line[spare..].to_owned(),
                    _ => line.clone(),
                }),
        );
    }
    cut
}

fn begins_message(line: &str) -> bool {
    ["error:", "error[", "warning:", "warning["]
        .iter()
        .any(|word| line.starts_with(word))
}

/// Returns by how many columns the margin could be narrower, as far as this line says.
fn spare(line: &str) -> Option<usize> {
    let text = line.trim_start_matches(' ');
    let spaces = line.len() - text.len();
    let behind_number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if behind_number.len() < text.len() {
        let marks = [" |", " +", " -", " ~"];
        return marks
            .iter()
            .any(|mark| behind_number.starts_with(mark))
            .then_some(spaces);
    }
    // The narrowest margin is of one column, and a blank stands between it and what follows.
    if text.starts_with("--> ") || text.starts_with("::: ") {
        return spaces.checked_sub(1);
    }
    let is_margin = text == "|" || text.starts_with("| ") || text.starts_with("= ");
    is_margin.then(|| spaces.checked_sub(2)).flatten()
}

/// Tells whether the line has a margin, or continues a note and so is as far to the right.
fn has_margin(line: &str) -> bool {
    spare(line).is_some() || line.starts_with("          ")
}
