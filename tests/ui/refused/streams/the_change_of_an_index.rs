//! A stream is the table's, and an index has none.

use dkmio::{Change, Record};
use dkmio_tests::orders::OrdersByStatus;

fn main() {
    let _ = |record: &Record| Change::<OrdersByStatus>::of(record).is_ok();
}
