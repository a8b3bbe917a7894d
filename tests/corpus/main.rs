//! The recorded expression cases of two public test suites, through dkmio's public expression layer.
//!
//! Each expression is rebuilt from its syntax tree with `dkmio::attr`, `dkmio::Path` and `dkmio::expr`; the recorded text
//! is never passed on. The request goes to a fresh embedded engine by the bare SDK client, and its outcome is compared with
//! the recorded one: the error's code, the items and the state after. Texts and messages are never compared. `data/README.md`
//! says where the cases come from.
//!
//! A case has passed; or it was refused by dkmio before sending, where DynamoDB refuses it too and with the same error; or
//! it is inexpressible: DynamoDB refuses it, and dkmio's types leave no way to write it, for a reason from a closed list; or
//! it failed. No case may fail, and the numbers must be those of `table.md`, so that none slides from one class into another:
//!
#![doc = include_str!("table.md")]
#![allow(clippy::print_stdout, reason = "the test shows its table")]

mod build;
mod case;
mod compare;
mod reason;
mod report;
mod send;
mod table;
mod value;
mod write;

use self::build::Unbuilt;
use self::case::Case;
use self::report::{Class, Report};
use self::send::Fault;
use dkmio::{EmbeddedEngine, Error};
use tokio::task::JoinSet;

const FILES: [(&str, &str); 2] = [
    ("conformance", include_str!("data/conformance.json")),
    ("dynalite", include_str!("data/dynalite.json")),
];

const TABLE: &str = include_str!("table.md");

#[tokio::test(flavor = "multi_thread")]
async fn every_recorded_case_has_its_recorded_outcome() -> Result<(), Fault> {
    let mut running = JoinSet::new();
    for (file, json) in FILES {
        for mut case in serde_json::from_str::<Vec<Case>>(json)? {
            case.correct();
            running.spawn(async move {
                let class = judge(&case).await;
                (file, case, class)
            });
        }
    }
    let mut report = Report::default();
    while let Some(done) = running.join_next().await {
        let (file, case, class) = done?;
        report.add(file, &case.kind, &case.id, &class);
    }
    println!("{report}");
    let failures = report.failures();
    assert!(failures.is_empty(), "failed: {}", failures.join("\n"));
    assert_eq!(
        report.to_string(),
        TABLE,
        "the numbers are not those of `table.md`"
    );
    Ok(())
}

async fn judge(case: &Case) -> Class {
    let scopes = send::scopes(case);
    let requests: Vec<_> = scopes.iter().map(|(_, request)| *request).collect();
    if let Some(reason) = reason::of_texts(case, &requests) {
        return unless_accepted(case, Class::Inexpressible(reason));
    }
    let expressions = match send::expressions(case) {
        Ok(expressions) => expressions,
        Err(Unbuilt::Inexpressible(reason)) => {
            return unless_accepted(case, Class::Inexpressible(reason));
        }
        Err(Unbuilt::Refused(error @ Error::Validation(_))) => {
            return unless_accepted(case, Class::Refused(error.to_string()));
        }
        Err(unbuilt) => return Class::Failed(vec![unbuilt.to_string()]),
    };
    match run(case, &expressions).await {
        Ok(differences) if differences.is_empty() => Class::Passed,
        Ok(differences) => Class::Failed(differences),
        Err(Fault(fault)) => Class::Failed(vec![fault]),
    }
}

/// What is not sent must be what DynamoDB calls invalid.
fn unless_accepted(case: &Case, class: Class) -> Class {
    if case.expect.error.as_deref() == Some("ValidationException") {
        class
    } else {
        Class::Failed(vec![format!(
            "expected {:?}, but it is {class:?}",
            case.expect
        )])
    }
}

async fn run(case: &Case, expressions: &send::Expressions) -> Result<Vec<String>, Fault> {
    let client = EmbeddedEngine::in_memory()?.client();
    table::make(&client, case).await?;
    let seen = send::send(&client, case, expressions).await?;
    Ok(compare::differences(case, &seen))
}
