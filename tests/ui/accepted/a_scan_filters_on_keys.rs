//! The filter of a scan sees keys: there is no key condition that they could be in.

use dkmio_tests::orders::{Orders, Status};

fn main() {
    let _ = Orders::scan().filter(|o| o.user_id().eq("usr_123") & o.order_id().ge("ord_456"));
    let _ = Orders::by_status()
        .scan()
        .filter(|o| o.status().eq(Status::Draft) & o.created_at().ge("2025-01-01"));
    // Of a query, the keys of the table are filtered where those of the index are not.
    let _ = Orders::by_status()
        .query(Status::Draft)
        .filter(|o| o.user_id().eq("usr_123"));
    let _ = Orders::query("usr_123").filter(|o| o.status().eq(Status::Draft));
}
