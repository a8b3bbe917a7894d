//! What is read besides the selection is not handed out.

use dkmio::{DynamoDb, Error, Item, Projection};
use dkmio_tests::database::{Database, check};
use dkmio_tests::orders::{Orders, order};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Debug, PartialEq, Serialize, Deserialize, Projection)]
#[projection(of = Orders)]
#[serde(deny_unknown_fields)]
struct Sum {
    total: u64,
}

async fn fill(db: &DynamoDb) -> Result<(), Error> {
    Database::create::<Orders>(db).await?;
    for at in 0..5 {
        let mut order = order("usr_1", &format!("ord_{at}"));
        order.total = at;
        Orders::put(&order).execute(db).await?;
    }
    Ok(())
}

/// A page that a limit cuts is read with its keys, to go on after them.
#[tokio::test]
async fn a_page_that_is_cut_hands_out_no_keys() {
    check(async |db| {
        fill(&db).await?;
        let query = || {
            Orders::query("usr_1")
                .filter(|o| o.items_count().eq(0))
                .limit(2)
        };
        let page = query().select_as::<Sum>().execute(&db).await?;
        assert_eq!(page.items(), [Sum { total: 0 }, Sum { total: 1 }]);
        assert!(page.next().is_some());
        let page = query().select(|o| o.total()).raw().execute(&db).await?;
        let total = |total: u64| -> Item {
            let total = dkmio::AttributeValue::N(total.to_string());
            HashMap::from([("total".to_owned(), total)])
        };
        assert_eq!(page.items(), [total(0), total(1)]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_get_hands_out_what_was_selected() {
    check(async |db| {
        fill(&db).await?;
        let key = ("usr_1", "ord_3");
        let got = Orders::get(key).select_as::<Sum>().execute(&db).await;
        assert_eq!(got.unwrap(), Some(Sum { total: 3 }));
        Ok(())
    })
    .await;
}
