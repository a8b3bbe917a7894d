//! Fails where a call's instructions beside the program by hand have risen.

use super::row::Row;
use std::fs;
use std::path::PathBuf;

/// How much a ratio may rise: instructions differ by up to 1 % from run to run.
const MAX_RISE: f64 = 0.03;

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/calls/instructions.tsv")
}

/// Writes the ratios of a run, to be compared with later ones.
pub fn record(rows: &[Row]) {
    let mut lines = String::from("call\tinstructions with dkmio, for each by hand\n");
    for row in rows {
        let ratio = row.ratio().expect("instructions: is valgrind installed?");
        lines.push_str(&format!("{}\t{ratio:.3}\n", row.name));
    }
    fs::write(file(), lines).expect("the file of ratios can be written");
}

/// Returns the calls whose ratio has risen, each as a line that says so.
pub fn risen(rows: &[Row]) -> Vec<String> {
    let recorded = fs::read_to_string(file()).expect("the file of ratios");
    let before = |name: &str| -> f64 {
        let mut lines = recorded.lines().skip(1);
        let ratio = lines.find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
        let ratio = ratio.unwrap_or_else(|| panic!("`{name}` is not recorded: `-- --record`"));
        ratio.parse().expect("a ratio")
    };
    let mut risen = Vec::new();
    for row in rows {
        let now = row.ratio().expect("instructions: is valgrind installed?");
        let before = before(row.name);
        if now > before * (1.0 + MAX_RISE) {
            risen.push(format!("{}: {before:.3} before, {now:.3} now", row.name));
        }
    }
    risen
}
