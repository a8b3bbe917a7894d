//! How requests are written: names, placeholders, and the printed forms.

use dkmio::expr::Expression;
use dkmio::{Condition, attr};
use dkmio_tests::orders::{Orders, Status};

#[test]
fn names_that_cannot_be_their_own_alias_are_numbered() {
    let condition = attr("user-id").exists()
        & attr(r"a\.b").exists()
        & attr("1st").exists()
        & attr("n0").exists()
        & attr("user-id").not_exists()
        & attr("größe").exists();
    let e = Expression::builder().condition(condition).build().unwrap();
    let names = e.names().unwrap();
    assert_eq!(names.len(), 5);
    for name in ["user-id", "a.b", "1st", "n0", "größe"] {
        assert!(names.values().any(|n| n == name), "{name}");
    }
    for alias in names.keys() {
        let rest = alias.strip_prefix('#').unwrap();
        assert!(rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    }
}

#[test]
fn two_values_never_share_a_placeholder() {
    let condition = Condition::any((0..50).map(|_| attr("a").eq("same")));
    let e = Expression::builder().condition(condition).build().unwrap();
    assert_eq!(e.values().unwrap().len(), 50);
}

#[test]
fn more_than_a_hundred_operands_are_split() {
    for (operands, groups) in [(100, 1), (101, 2), (250, 3)] {
        let condition = attr("a").is_in(0..operands) & attr("b").exists();
        let e = Expression::builder().condition(condition).build().unwrap();
        let text = e.condition().unwrap();
        assert_eq!(text.matches(" IN (").count(), groups, "{operands}");
        assert_eq!(text.starts_with('('), groups > 1, "{text}");
        assert_eq!(e.values().unwrap().len(), operands);
    }
}

#[test]
fn an_explanation_prints_line_by_line() {
    let explained = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.total().ge(100))
        .page_size(5)
        .explain()
        .unwrap();
    assert_eq!(
        explained.to_string(),
        "Query orders / gsi-status-date\n  \
         key condition  #status = :v0\n  \
         filter         #total >= :v1\n  \
         value          :v0 = {\"S\":\"PENDING\"}\n  \
         value          :v1 = {\"N\":\"100\"}\n  \
         option         Limit = 5\n  \
         note           the filter discards items after they were read and billed"
    );
}

#[test]
fn a_redacted_explanation_has_no_value() {
    let secret = "sentinel-value";
    let explained = Orders::update((secret, secret))
        .set(|o| o.description(), secret)
        .condition(|o| o.region().eq(secret))
        .explain()
        .unwrap()
        .redacted();
    let json = serde_json::to_string(&explained).unwrap();
    assert!(!explained.to_string().contains(secret), "{explained}");
    assert!(!json.contains(secret), "{json}");
    assert!(json.contains("<S>"));
}
