//! What an index projects can be selected and filtered, its own keys and the table's included.

use dkmio_tests::orders::{Orders, OrdersByRegion, OrdersByStatus, Status};

fn main() {
    let _ = Orders::by_status()
        .query(Status::Pending)
        .filter(|o| o.items_count().ge(3) & o.order_id().begins_with("ord_"))
        .select(|o| (o.user_id(), o.order_id(), o.status(), o.total()));
    let _ = Orders::by_region()
        .query("eu")
        .filter(|o| o.user_id().ne("usr_123"));
    let _ = Orders::by_date()
        .query("usr_123")
        .filter(|o| o.address().city().eq("Lima") & o.total().ge(100))
        .select(|o| (o.description(), o.items().at(0).qty()));
    // What an index holds of an item has just the fields that it projects.
    let _ = |item: OrdersByStatus| (item.status, item.created_at, item.user_id, item.total);
    let _ = |item: OrdersByRegion| (item.region, item.user_id, item.order_id);
}
