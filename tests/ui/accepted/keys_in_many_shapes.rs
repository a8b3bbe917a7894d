//! A key is values, references to them, the key struct, or an item.

use dkmio_tests::events::{Events, Users, UsersKey};
use dkmio_tests::orders::{Orders, OrdersKey, Status, order};

fn main() {
    let item = order("usr_123", "ord_456");
    let id = String::from("usr_123");
    let _ = Orders::get(("usr_123", "ord_456"));
    let _ = Orders::get((&id, String::from("ord_456")));
    let _ = Orders::update((&item.user_id, &item.order_id));
    let _ = Orders::delete(&item);
    let _ = Orders::delete(item.key());
    let _ = Orders::get(&OrdersKey::from(("usr_123", "ord_456")));
    let _ = Users::get("usr_123");
    let _ = Users::get(&id);
    let _ = Users::get(UsersKey { id: id.clone() });
    let _ = Events::get(("evt_1", 1_735_689_600));
    let _ = Orders::query(id);
    let _ = Orders::by_status().query(&Status::Pending);
    let _ = Events::by_day().query(("acme", String::from("eu")));
}
