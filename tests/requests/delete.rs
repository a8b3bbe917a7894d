use crate::check;
use dkmio_tests::orders::{Orders, Status};

#[test]
fn delete() {
    let delete = || Orders::delete(("usr_123", "ord_456"));
    check(
        "delete",
        vec![
            ("by key", delete().explain()),
            (
                "a condition",
                delete()
                    .condition(|o| o.status().eq(Status::Cancelled))
                    .explain(),
            ),
            ("return old", delete().return_old().explain()),
            (
                "return old on failure",
                delete()
                    .condition(|o| o.user_id().exists())
                    .return_old_on_failure()
                    .explain(),
            ),
        ],
    );
}
