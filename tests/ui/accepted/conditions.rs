//! What compares with what: values at hand, references, other attributes; a condition of a write sees keys.

use dkmio::{Condition, attr};
use dkmio_tests::orders::{Orders, Status};
use std::borrow::Cow;

fn main() {
    let eu = String::from("eu");
    let scan = Orders::scan;
    let _ = scan().filter(|o| o.region().eq("eu") | o.region().eq(&eu) | o.region().eq(eu.clone()));
    let _ = scan().filter(|o| o.region().eq(Cow::Borrowed("eu")) & !o.region().not_exists());
    let _ = scan().filter(|o| o.region().is_in(["eu", "us"]) | o.region().is_in(&[eu.clone()]));
    let _ = scan().filter(|o| o.total().between(1, 2) | o.total().is_in(1..4));
    let _ = scan().filter(|o| o.region().eq(o.address().city()));
    let _ = scan().filter(|o| o.tags().contains("urgent") & o.description().contains("gift"));
    let _ = scan().filter(|o| o.items().size().ge(3) & o.address().zip().exists());
    let _ = scan().filter(|o| {
        Condition::any([o.status().eq(Status::Draft), o.total().lt(10)])
            & Condition::all([attr("notes").exists(), attr("n").eq(o.total().untyped())])
    });
    let _ = Orders::delete(("usr_123", "ord_456"))
        .condition(|o| o.user_id().exists() & o.order_id().begins_with("ord_"));
}
