use crate::check;
use dkmio::{DynamoEntities, DynamoPatch, Item, given};
use dkmio_tests::shop::{HomeAddress, Order, OrderStatus, User, day, order, user};

#[derive(Debug, DynamoEntities)]
#[entities(of = dkmio_tests::shop::Shop, collection)]
enum Account {
    User(User),
    Order(Order),
    Address(HomeAddress),
    #[entities(other)]
    Other(Item),
}

#[derive(Default, DynamoPatch)]
#[patch(of = Order)]
struct OrderPatch {
    status: Option<OrderStatus>,
    note: Option<Option<String>>,
}

/// The members of an order's key.
fn key() -> (&'static str, chrono::NaiveDate, &'static str) {
    ("usr_1", day(2, 1), "o2")
}

#[test]
fn entities_are_read() {
    let spring = day(3, 1);
    check(
        "entity_reads",
        vec![
            ("a key by its members", Order::get(key()).explain()),
            (
                "a selection reads the kind along",
                Order::get(key()).select(|o| o.total()).explain(),
            ),
            ("all of one kind", Order::query("usr_1").explain()),
            ("the one item of a kind", User::query("usr_1").explain()),
            (
                "a range of the first member",
                Order::query("usr_1")
                    .sk(|k| k.placed_at().ge(spring))
                    .explain(),
            ),
            (
                "a range of the last member",
                Order::query("usr_1")
                    .sk(|k| k.placed_at().eq(spring).order_id().begins_with("o2"))
                    .explain(),
            ),
            (
                "all members",
                Order::query("usr_1")
                    .sk(|k| k.placed_at().eq(spring).order_id().eq("o2"))
                    .explain(),
            ),
            (
                "a filter of one's own beside that of the kind",
                Order::query("usr_1")
                    .filter(|o| o.total().ge(100))
                    .limit(20)
                    .explain(),
            ),
            (
                "a limit asks for no more than it hands out",
                Order::query("usr_1").limit(20).explain(),
            ),
            (
                "a global index",
                Order::by_status()
                    .query(OrderStatus::Pending)
                    .sk(|k| k.placed_at().lt(spring))
                    .explain(),
            ),
            (
                "a sparse index",
                Order::by_courier()
                    .query("dhl")
                    .sk(|k| k.priority().le(9))
                    .explain(),
            ),
            (
                "a local index",
                Order::by_total()
                    .query("usr_1")
                    .sk(|k| k.total().between(100, 500))
                    .explain(),
            ),
            ("a scan of one kind", Order::scan().explain()),
            ("a collection", Account::query("usr_1").explain()),
            (
                "a collection by the key of one kind",
                Account::query("usr_1")
                    .sk(|k| k.order(|k| k.placed_at().eq(spring).order_id().eq("o2")))
                    .explain(),
            ),
            (
                "a collection with conditions by kind",
                Account::query("usr_1")
                    .filter(|a| a.order(|o| o.total().ge(100)) | a.is_user())
                    .explain(),
            ),
            ("a scan of a set", Account::scan().explain()),
        ],
    );
}

#[test]
fn entities_are_written() {
    let before = order(day(2, 1), "o2");
    let with_courier = Order {
        courier: Some("dhl".to_owned()),
        ..before.clone()
    };
    let patch = OrderPatch {
        status: Some(OrderStatus::Shipped),
        note: Some(None),
    };
    check(
        "entity_writes",
        vec![
            ("a put", User::put(&user()).if_not_exists().explain()),
            ("a put out of a sparse index", Order::put(&before).explain()),
            (
                "a put into a sparse index",
                Order::put(&with_courier).explain(),
            ),
            ("a delete", Order::delete(key()).explain()),
            (
                "what is in no key is set",
                Order::update(key())
                    .set(|o| o.note(), "ring twice")
                    .explain(),
            ),
            (
                "a lone member is set with the keys that are made of it",
                Order::update(key())
                    .set(|o| o.status(), OrderStatus::Shipped)
                    .set(|o| o.total(), 300)
                    .explain(),
            ),
            (
                "members are set together",
                Order::update(key())
                    .set_together(|o| o.by_courier(), ("dhl", 3))
                    .explain(),
            ),
            (
                "a given member becomes a condition",
                Order::update(key())
                    .set_together(|o| o.by_courier(), ("dhl", given(7)))
                    .explain(),
            ),
            (
                "a missing member takes the item out of an index",
                Order::update(key())
                    .set_together(|o| o.by_courier(), (None, given(7)))
                    .explain(),
            ),
            (
                "an update that may make the item",
                Order::update(key())
                    .set(|o| o.status(), OrderStatus::Pending)
                    .or_create()
                    .explain(),
            ),
            ("a patch", Order::update(key()).patch(&patch).explain()),
            (
                "a difference",
                Order::diff(&before, &with_courier)
                    .map(|update| update.unwrap())
                    .and_then(|update| update.explain()),
            ),
        ],
    );
}
