//! A sort key is compared from the left, as far as it is wanted, and a range comes last.

use dkmio_tests::events::Events;
use dkmio_tests::orders::{Orders, Status};

fn main() {
    let day = || Events::by_day().query(("acme", "eu"));
    let _ = day();
    let _ = day().sk(|k| k.eq(2025));
    let _ = day().sk(|k| k.ge(2025));
    let _ = day().sk(|k| k.eq(2025).between(1, 6));
    let _ = day().sk(|k| k.eq(2025).eq(3).begins_with("evt_"));
    let _ = day().sk(|k| k.eq(2025).eq(3).eq("evt_1"));
    let _ = Orders::query("usr_123").sk(|k| k.begins_with("ord_"));
    let _ = Orders::by_amount()
        .query("usr_123")
        .sk(|k| k.between(10, 20));
    let _ = Orders::by_status()
        .query(Status::Draft)
        .sk(|k| k.lt(String::from("2025-01-01")));
}
