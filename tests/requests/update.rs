use crate::check;
use dkmio::{Condition, Set, attr};
use dkmio_tests::orders::{Address, LineItem, Orders, Status};

fn update() -> dkmio::Update<Orders> {
    Orders::update(("usr_123", "ord_456"))
}

fn item() -> LineItem {
    LineItem {
        sku: "mug".to_owned(),
        qty: 1,
    }
}

#[test]
fn update_actions() {
    check(
        "update_actions",
        vec![
            (
                "set",
                update().set(|o| o.status(), Status::Shipped).explain(),
            ),
            (
                "set nested",
                update().set(|o| o.address().city(), "Lima").explain(),
            ),
            (
                "set an element",
                update().set(|o| o.items().at(0).qty(), 5).explain(),
            ),
            (
                "set a document",
                update().set(|o| o.address(), Address::default()).explain(),
            ),
            (
                "set to none removes",
                update().set(|o| o.region(), None).explain(),
            ),
            (
                "set to an empty set removes",
                update().set(|o| o.tags(), Set::new()).explain(),
            ),
            (
                "set if absent",
                update().set_if_absent(|o| o.total(), 0).explain(),
            ),
            (
                "set to an expression",
                update()
                    .set_expr(|o| o.total(), |o| o.total() - 5)
                    .explain(),
            ),
            (
                "set to an attribute",
                update()
                    .set_expr(|o| o.description(), |o| o.region())
                    .explain(),
            ),
            (
                "set to an expression with a default",
                update()
                    .set_expr(|o| o.total(), |o| o.total().if_not_exists(0) + 1)
                    .explain(),
            ),
            ("remove", update().remove(|o| o.description()).explain()),
            (
                "remove an element",
                update().remove(|o| o.items().at(1)).explain(),
            ),
            ("append", update().append(|o| o.items(), [item()]).explain()),
            (
                "prepend",
                update().prepend(|o| o.items(), [item()]).explain(),
            ),
            ("add to a number", update().add(|o| o.total(), -5).explain()),
            (
                "add to a set",
                update()
                    .add(|o| o.tags(), ["urgent", "new", "new"])
                    .explain(),
            ),
            (
                "add nothing to a set",
                update()
                    .add(|o| o.tags(), Set::new())
                    .set(|o| o.total(), 1)
                    .explain(),
            ),
            (
                "delete from a set",
                update().delete(|o| o.tags(), ["old"]).explain(),
            ),
            (
                "all actions in one update",
                update()
                    .set(|o| o.status(), Status::Shipped)
                    .remove(|o| o.description())
                    .append(|o| o.items(), [item()])
                    .add(|o| o.total(), 1)
                    .delete(|o| o.tags(), ["old"])
                    .explain(),
            ),
            (
                "names known at run time",
                update()
                    .set(|_| attr("free.form"), 5)
                    .remove(|_| attr("temp"))
                    .add(|_| attr("counter"), 1)
                    .explain(),
            ),
        ],
    );
}

#[test]
fn update_options() {
    let shipped = || update().set(|o| o.status(), Status::Shipped);
    check(
        "update_options",
        vec![
            (
                "a condition",
                shipped()
                    .condition(|o| o.status().eq(Status::Pending))
                    .explain(),
            ),
            (
                "conditions by OR and AND",
                shipped()
                    .condition(|o| o.total().eq(3))
                    .condition(|o| o.status().eq(Status::Pending) | o.status().eq(Status::Draft))
                    .explain(),
            ),
            (
                "conditions from a list",
                shipped()
                    .condition(|o| {
                        Condition::any([Status::Pending, Status::Draft].map(|s| o.status().eq(s)))
                    })
                    .explain(),
            ),
            ("return old", shipped().return_old().explain()),
            ("return new", shipped().return_new().explain()),
            (
                "return updated old",
                shipped().return_updated_old().explain(),
            ),
            (
                "return updated new",
                shipped().return_updated_new().explain(),
            ),
            (
                "return old on failure",
                shipped()
                    .condition(|o| o.user_id().exists())
                    .return_old_on_failure()
                    .explain(),
            ),
        ],
    );
}
