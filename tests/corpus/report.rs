//! The table of what became of the cases.

use crate::reason::Reason;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What became of a case.
#[derive(Debug)]
pub(crate) enum Class {
    /// Sent, and the outcome was the recorded one.
    Passed,
    /// Refused by dkmio before sending with the error that DynamoDB gives; dkmio's words.
    Refused(String),
    /// Beyond dkmio's types, and an error in DynamoDB.
    Inexpressible(Reason),
    /// The differences.
    Failed(Vec<String>),
}

/// How many cases of one file and kind became what.
#[derive(Default)]
struct Row {
    passed: usize,
    refused: usize,
    inexpressible: usize,
    failed: usize,
}

impl Row {
    fn add(&mut self, class: &Class) {
        *match class {
            Class::Passed => &mut self.passed,
            Class::Refused(_) => &mut self.refused,
            Class::Inexpressible(_) => &mut self.inexpressible,
            Class::Failed(_) => &mut self.failed,
        } += 1;
    }
}

/// Written as the table in `table.md`.
#[derive(Default)]
pub(crate) struct Report {
    rows: BTreeMap<(String, String), Row>,
    total: Row,
    reasons: BTreeMap<Reason, usize>,
    refusals: BTreeMap<String, usize>,
    failures: BTreeSet<String>,
}

impl Report {
    pub(crate) fn add(&mut self, file: &str, kind: &str, id: &str, class: &Class) {
        let row = self.rows.entry((file.to_owned(), kind.to_owned()));
        row.or_default().add(class);
        self.total.add(class);
        match class {
            Class::Passed => {}
            Class::Refused(reason) => *self.refusals.entry(reason.clone()).or_default() += 1,
            Class::Inexpressible(reason) => *self.reasons.entry(*reason).or_default() += 1,
            Class::Failed(differences) => {
                self.failures
                    .insert(format!("{id}\n    {}", differences.join("\n    ")));
            }
        }
    }

    /// Returns the failed cases, each with its id and what differs.
    pub(crate) fn failures(&self) -> Vec<&str> {
        self.failures.iter().map(String::as_str).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| file | kind | passed | refused before sending | inexpressible | failed |"
        )?;
        writeln!(f, "|---|---|--:|--:|--:|--:|")?;
        let all = (String::from("both"), String::from("all"));
        for ((file, kind), row) in self.rows.iter().chain([(&all, &self.total)]) {
            let Row {
                passed,
                refused,
                inexpressible,
                failed,
            } = row;
            writeln!(
                f,
                "| {file} | {kind} | {passed} | {refused} | {inexpressible} | {failed} |"
            )?;
        }
        writeln!(f, "\n| inexpressible because | cases |\n|---|--:|")?;
        for reason in Reason::ALL {
            let cases = self.reasons.get(&reason).unwrap_or(&0);
            writeln!(f, "| {} | {cases} |", reason.text())?;
        }
        writeln!(f, "\n| refused before sending because | cases |\n|---|--:|")?;
        for (reason, cases) in &self.refusals {
            writeln!(f, "| {reason} | {cases} |")?;
        }
        Ok(())
    }
}
