//! What the update operators take: each on the types that it works on.

use dkmio::{AttributeType, Set, Ttl, attr};
use dkmio_tests::events::Users;
use dkmio_tests::orders::{Address, LineItem, Orders, Status};
use std::time::Duration;

fn main() {
    let update = || Orders::update(("usr_123", "ord_456"));
    let region: Option<String> = None;
    let _ = update()
        .set(|o| o.status(), Status::Shipped)
        .set(|o| o.region(), None)
        .set(|o| o.region(), &region)
        .set(|o| o.description(), "gift")
        .set(|o| o.address(), Address::default())
        .set(|o| o.address().zip(), None)
        .set(|o| o.tags(), ["urgent"])
        .set(|o| o.expires_at(), Ttl::from_now(Duration::from_secs(60)))
        .set_if_absent(|o| o.total(), 0);
    let _ = update()
        .set_expr(|o| o.total(), |o| o.total() - 5)
        .set_expr(|o| o.region(), |o| o.address().city())
        .set_expr(|o| o.total(), |o| o.total().if_not_exists(0) + 1);
    let _ = update()
        .remove(|o| o.description())
        .remove(|o| o.address())
        .remove(|o| o.address().zip())
        .remove(|o| o.items().at(0))
        .remove(|o| o.tags());
    let _ = Users::update("usr_123").remove(|u| u.visits());
    let _ = update()
        .append(|o| o.items(), [LineItem::default()])
        .prepend(|o| o.items(), vec![LineItem::default()])
        .add(|o| o.total(), -5)
        .add(|o| o.items().at(0).qty(), 1)
        .add(|o| o.tags(), ["urgent"])
        .delete(|o| o.tags(), Set::<String>::from(["old"]));
    // An attribute that is named at run time takes everything.
    let _ = update()
        .set(|_| attr("notes"), "x")
        .remove(|_| attr("notes.draft"))
        .condition(|_| attr("notes").attribute_type(AttributeType::M));
}
