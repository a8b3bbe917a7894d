//! What `dkmio/guide/what-the-compiler-tells-you.md` proposes in place of each program that it shows refused.
#![allow(dead_code, reason = "only compiled")]

use dkmio::{DynamoDb, Error, Page};
use dkmio_tests::events::{Events, Users};
use dkmio_tests::orders::{Orders, OrdersByStatus, Status, order};

mod declarations {
    pub mod a_key {
        use dkmio::DynamoTable;
        use serde::{Deserialize, Serialize};

        #[derive(Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "orders")]
        pub struct Orders {
            #[pk]
            pub id: u64,
        }
    }

    pub mod names {
        use dkmio::DynamoTable;
        use serde::{Deserialize, Serialize};

        #[derive(Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "orders")]
        pub struct Orders {
            #[pk]
            pub id: String,
            pub total: u64,
            #[serde(rename = "orderSum")]
            pub sum: u64,
        }
    }

    pub mod an_index {
        use dkmio::DynamoTable;
        use serde::{Deserialize, Serialize};

        #[derive(Serialize, Deserialize, DynamoTable)]
        #[dkmio(table = "orders")]
        pub struct Orders {
            #[pk]
            pub id: String,
            #[gsi(by_total)]
            pub total: u64,
        }
    }

    pub mod a_projection {
        use dkmio::Projection;
        use dkmio_tests::orders::Orders;
        use serde::Deserialize;

        #[derive(Deserialize, Projection)]
        #[projection(of = Orders)]
        pub struct Summary {
            pub region: Option<String>,
        }
    }
}

async fn run(db: &DynamoDb) -> Result<(), Error> {
    let page: Page<OrdersByStatus> = Orders::by_status()
        .query(Status::Pending)
        .execute(db)
        .await?;
    drop(page);
    Ok(())
}

fn main() {
    dkmio_tests::schemas::is_accepted::<declarations::a_key::Orders>();
    dkmio_tests::schemas::is_accepted::<declarations::names::Orders>();
    dkmio_tests::schemas::is_accepted::<declarations::an_index::Orders>();
    let _ = run;

    let _ = Orders::scan().select(|o| o.description());
    let _ = Orders::by_date().query("usr_123").select(|o| o.description());

    let _ = Orders::get(("usr_123", "ord_456"));
    let _ = Orders::query("usr_123");

    let _ = Events::by_day().query(("acme", "eu"));

    let moved = order("usr_789", "ord_456");
    let _ = dkmio::transact_write()
        .add(Orders::put(&moved))
        .add(Orders::delete(("usr_123", "ord_456")));

    let _ = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.ge("2025-01-01"))
        .filter(|o| o.total().ge(100));

    let _ = Orders::by_status()
        .query(Status::Pending)
        .sk(|k| k.between("2025-01-01", "2025-01-31"));

    let _ = Orders::by_region()
        .query("eu")
        .filter(|o| o.order_id().begins_with("ord_"));

    let _ = Events::by_day()
        .query(("acme", "eu"))
        .sk(|k| k.eq(2025).eq(3).ge("evt_1"));

    let _ = Orders::by_amount()
        .query("usr_123")
        .sk(|k| k.between(10, 19));

    let _ = Orders::query("usr_123")
        .filter(|o| o.status().eq(Status::Pending))
        .consistent();

    let _ = Orders::scan().filter(|o| o.status().eq(Status::Pending));

    let _ = Orders::scan().filter(|o| o.region().not_exists());

    let _ = Users::scan().filter(|u| u.active().eq(true));

    let _ = Orders::scan().filter(|o| o.total().ge(3) & o.items().size().ge(3));

    let _ = Orders::scan().filter(|o| o.total().eq(100) & !o.region().exists());

    let _ = Orders::update(("usr_123", "ord_456")).remove(|o| o.description());

    let _ = Orders::update(("usr_123", "ord_456"))
        .set(|o| o.created_at(), "2025-01-31")
        .add(|o| o.items_count(), 1)
        .add(|o| o.tags(), ["urgent"]);

    let _ = Orders::delete(("usr_123", "ord_456")).return_old();
}
