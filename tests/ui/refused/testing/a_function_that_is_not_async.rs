//! A test of dkmio is an `async fn`, as it sends requests.

#[dkmio::test]
fn sends_nothing() {}

fn main() {}
