//! The promise of entities: whatever an update changes, the keys of an item are those that a put of it would write.

use chrono::{Days, NaiveDate};
use dkmio::{DynamoDb, DynamoPatch, Error, Item, given};
use dkmio_tests::shop::{Order, OrderStatus, Shop, day, order};

/// Updates in all; CI runs each of them.
const UPDATES: usize = 10_000;

/// Text with what separates members and what is escaped, and with characters of all lengths.
const TEXTS: &[&str] = &[
    "dhl", "a#b", "a", "%", "x%23", " ", "\u{1}", "é", "日本", "🚚", "#", "~", "\u{fffd}",
];

/// All that an update may set by itself.
#[derive(Default, DynamoPatch)]
#[patch(of = Order)]
struct OrderPatch {
    status: Option<OrderStatus>,
    total: Option<u64>,
    note: Option<Option<String>>,
}

struct Random(fastrand::Rng);

impl Random {
    fn text(&mut self) -> String {
        let count = self.0.usize(1..3);
        (0..count)
            .map(|_| TEXTS[self.0.usize(..TEXTS.len())])
            .collect()
    }

    fn courier(&mut self) -> Option<String> {
        self.0.bool().then(|| self.text())
    }

    fn status(&mut self) -> OrderStatus {
        match self.0.bool() {
            true => OrderStatus::Pending,
            false => OrderStatus::Shipped,
        }
    }

    fn day(&mut self) -> NaiveDate {
        day(1, 1)
            .checked_add_days(Days::new(self.0.u64(..400)))
            .unwrap()
    }

    fn order(&mut self) -> Order {
        Order {
            user_id: self.text(),
            status: self.status(),
            total: self.0.u64(..1_000_000_000_000),
            priority: self.0.u16(..1000),
            courier: self.courier(),
            note: self.courier(),
            ..order(self.day(), &self.text())
        }
    }

    /// Sets each field or leaves it; at least one is set.
    fn patch(&mut self) -> OrderPatch {
        let mut patch = OrderPatch {
            status: self.0.bool().then(|| self.status()),
            total: self.0.bool().then(|| self.0.u64(..1_000_000_000_000)),
            note: self.0.bool().then(|| self.courier()),
        };
        if patch.status.is_none() && patch.total.is_none() {
            patch.note = Some(self.courier());
        }
        patch
    }

    /// Changes what is not in the table's key.
    fn changed(&mut self, order: &Order) -> Order {
        let other = self.order();
        let mut changed = order.clone();
        for field in 0..5 {
            if self.0.bool() {
                continue;
            }
            match field {
                0 => changed.status = other.status,
                1 => changed.total = other.total,
                2 => changed.priority = other.priority,
                3 => changed.courier.clone_from(&other.courier),
                _ => changed.note.clone_from(&other.note),
            }
        }
        changed
    }
}

/// Sends a random update of the order.
async fn update(db: &DynamoDb, random: &mut Random, order: &Order) -> Result<(), Error> {
    match random.0.u8(..10) {
        0 => {
            Order::update(order)
                .set(|o| o.status(), random.status())
                .execute(db)
                .await
        }
        1 => {
            Order::update(order)
                .set(|o| o.total(), random.0.u64(..1000))
                .execute(db)
                .await
        }
        2 => {
            let values = (random.courier(), random.0.u16(..1000));
            Order::update(order)
                .set_together(|o| o.by_courier(), values)
                .execute(db)
                .await
        }
        3 => {
            let values = (random.courier(), given(order.priority));
            Order::update(order)
                .set_together(|o| o.by_courier(), values)
                .execute(db)
                .await
        }
        4 => {
            let values = (given(order.courier.clone()), random.0.u16(..1000));
            Order::update(order)
                .set_together(|o| o.by_courier(), values)
                .execute(db)
                .await
        }
        5 => {
            // Both are stated, and one of them may be wrong: nothing is written then.
            let values = (given(random.courier()), given(order.priority));
            let update = Order::update(order).set(|o| o.note(), random.text());
            match update
                .set_together(|o| o.by_courier(), values)
                .execute(db)
                .await
            {
                Err(Error::ConditionFailed(_)) => Ok(()),
                other => other,
            }
        }
        6 => {
            let update = Order::update(order).set(|o| o.status(), random.status());
            update.remove(|o| o.note()).or_create().execute(db).await
        }
        7 => {
            let patch = random.patch();
            Order::update(order).patch(&patch).execute(db).await
        }
        8 => match Order::diff(order, &random.changed(order))? {
            Some(update) => update.execute(db).await,
            None => Ok(()),
        },
        _ => {
            let changed = random.changed(order);
            Order::replace(order, &changed).execute(db).await
        }
    }
}

/// Returns the item as it is stored.
async fn stored(db: &DynamoDb, order: &Order) -> Result<Item, Error> {
    let item = Order::get(order).raw().execute(db).await?;
    Ok(item.expect("the order was put"))
}

#[tokio::test]
async fn an_update_never_leaves_a_key_behind() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Shop>().await?;
    let seed = fastrand::u64(..);
    let mut random = Random(fastrand::Rng::with_seed(seed));
    let mut done = 0;
    while done < UPDATES {
        let mut order = random.order();
        Order::put(&order).execute(&db).await?;
        for _ in 0..20 {
            update(&db, &mut random, &order).await?;
            done += 1;
            let found = stored(&db, &order).await?;
            order = dkmio::codec::from_item(found.clone())?;
            let put = Order::put(&order).into_input()?.item;
            assert_eq!(Some(found), put, "seed {seed}");
        }
    }
    Ok(())
}
