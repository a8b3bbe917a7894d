//! The dashboard of the example `metrics` asks for what the example records.

use crate::root;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// The names that OpenTelemetry's exporter for Prometheus makes of the example's attributes.
fn labels(example: &str) -> BTreeSet<String> {
    example
        .split("KeyValue::new(\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('"')?.0.replace('.', "_")))
        .collect()
}

/// The labels that a query in PromQL compares or sums by, in the order of the query.
fn asked_for(query: &str) -> Vec<&str> {
    let words = |text: &'static str| query.split(text).skip(1);
    let compared = words("{").flat_map(|rest| rest.split('}').next().unwrap().split(", "));
    let summed = words("by (").flat_map(|rest| rest.split(')').next().unwrap().split(", "));
    compared
        .map(|part| part.split(['=', '!']).next().unwrap())
        .chain(summed)
        .collect()
}

#[test]
fn the_dashboard_asks_for_what_the_example_records() {
    let read = |path| fs::read_to_string(root().join("examples").join(path)).unwrap();
    let (example, dashboard) = (read("metrics.rs"), read("metrics.grafana.json"));
    let labels = labels(&example);
    assert_eq!(labels.len(), 4, "{labels:?}");
    // Seconds are the unit of the example, and Prometheus' name of the histogram has it.
    assert!(example.contains("f64_histogram(\"db.client.operation.duration\")"));
    assert!(example.contains("with_unit(\"s\")"));

    let dashboard: Value = serde_json::from_str(&dashboard).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let mut asked = BTreeSet::new();
    for panel in panels {
        for target in panel["targets"].as_array().unwrap() {
            let query = target["expr"].as_str().unwrap();
            assert!(
                query.contains("db_client_operation_duration_seconds_"),
                "{query}"
            );
            asked.extend(asked_for(query).into_iter().filter(|label| *label != "le"));
        }
    }
    let labels: BTreeSet<&str> = labels.iter().map(String::as_str).collect();
    assert_eq!(asked, labels);
}
