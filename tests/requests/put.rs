use crate::check;
use dkmio::{Set, Ttl};
use dkmio_tests::orders::{Address, LineItem, Orders, Status, order};

#[test]
fn put() {
    let order = order("usr_123", "ord_456");
    let mut full = order.clone();
    full.region = Some("eu".to_owned());
    full.description = Some(String::new());
    full.address = Some(Address {
        street: "Av. Larco 1".to_owned(),
        city: "Lima".to_owned(),
        zip: None,
    });
    full.items = vec![LineItem {
        sku: "mug".to_owned(),
        qty: 2,
    }];
    full.tags = Set::from(["new", "gift"]);
    full.expires_at = Ttl::from_epoch_seconds(1_767_225_600).ok();
    check(
        "put",
        vec![
            (
                "what is none or empty is absent",
                Orders::put(&order).explain(),
            ),
            ("everything", Orders::put(&full).explain()),
            (
                "if not exists",
                Orders::put(&order).if_not_exists().explain(),
            ),
            (
                "a condition",
                Orders::put(&order)
                    .condition(|o| o.status().ne(Status::Shipped))
                    .explain(),
            ),
            (
                "two conditions join with AND",
                Orders::put(&order)
                    .condition(|o| o.total().lt(5) | o.total().gt(10))
                    .condition(|o| o.region().not_exists())
                    .explain(),
            ),
            ("return old", Orders::put(&order).return_old().explain()),
            (
                "return old on failure",
                Orders::put(&order)
                    .if_not_exists()
                    .return_old_on_failure()
                    .explain(),
            ),
        ],
    );
}
