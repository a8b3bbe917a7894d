use crate::check;
use dkmio_tests::orders::{Orders, Status};

#[test]
fn scan() {
    check(
        "scan",
        vec![
            ("a table", Orders::scan().explain()),
            (
                "a filter may name keys",
                Orders::scan().filter(|o| o.user_id().eq("u")).explain(),
            ),
            (
                "a selection",
                Orders::scan()
                    .select(|o| (o.user_id(), o.order_id()))
                    .explain(),
            ),
            ("an index", Orders::by_status().scan().explain()),
            (
                "an index with a filter",
                Orders::by_status()
                    .scan()
                    .filter(|o| o.status().ne(Status::Shipped))
                    .explain(),
            ),
            (
                "options",
                Orders::scan()
                    .consistent()
                    .page_size(100)
                    .return_consumed_capacity()
                    .explain(),
            ),
        ],
    );
}
