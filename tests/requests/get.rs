use crate::check;
use dkmio::{Projection, attr};
use dkmio_tests::orders::{Orders, OrdersKey, order};
use serde::Deserialize;

#[derive(Deserialize, Projection)]
#[projection(of = Orders)]
#[allow(dead_code, reason = "only its request is looked at")]
struct Summary {
    order_id: String,
    total: u64,
}

#[test]
fn get() {
    let key = || ("usr_123", "ord_456");
    check(
        "get",
        vec![
            ("by a tuple", Orders::get(key()).explain()),
            ("by a key", Orders::get(OrdersKey::from(key())).explain()),
            ("by an item", Orders::get(&order("u", "o")).explain()),
            ("consistent", Orders::get(key()).consistent().explain()),
            (
                "one attribute",
                Orders::get(key()).select(|o| o.total()).explain(),
            ),
            (
                "a tuple of attributes",
                Orders::get(key())
                    .select(|o| (o.total(), o.status()))
                    .explain(),
            ),
            (
                "nested attributes",
                Orders::get(key())
                    .select(|o| (o.address().city(), o.address().zip()))
                    .explain(),
            ),
            (
                "an attribute and one within it are asked for once",
                Orders::get(key())
                    .select(|o| (o.address().city(), o.address(), o.address()))
                    .explain(),
            ),
            (
                "an element of a list is read from the whole list",
                Orders::get(key())
                    .select(|o| (o.items().at(2).qty(), o.items().at(0).sku()))
                    .explain(),
            ),
            (
                "names known at run time",
                Orders::get(key())
                    .select(|_| (attr("free.form"), attr(r"with\.dot")))
                    .explain(),
            ),
            (
                "a projection struct",
                Orders::get(key()).select_as::<Summary>().explain(),
            ),
            ("raw", Orders::get(key()).raw().explain()),
            (
                "raw with a selection",
                Orders::get(key()).select(|o| o.total()).raw().explain(),
            ),
        ],
    );
}
