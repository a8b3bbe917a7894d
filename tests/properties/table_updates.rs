//! The same promise for tables of one kind whose keys are texts: whatever an update changes, the keys of an item are those
//! that a put of it would write.

use chrono::Days;
use dkmio::{DynamoDb, Error, Item, given};
use dkmio_tests::parcels::{Parcels, State, parcel};
use dkmio_tests::shop::day;

/// Updates in all; CI runs each of them.
const UPDATES: usize = 3_000;

/// Text with what separates members and what is escaped.
const TEXTS: &[&str] = &["dhl", "a#b", "a", "%", "x%23", " ", "\u{1}", "é", "🚚", "#"];

struct Random(fastrand::Rng);

impl Random {
    fn text(&mut self) -> String {
        TEXTS[self.0.usize(..TEXTS.len())].to_owned()
    }

    fn maybe(&mut self) -> Option<String> {
        self.0.bool().then(|| self.text())
    }

    fn state(&mut self) -> State {
        match self.0.bool() {
            true => State::Packed,
            false => State::Sent,
        }
    }

    fn parcel(&mut self) -> Parcels {
        let packed_on = day(1, 1).checked_add_days(Days::new(self.0.u64(..400)));
        Parcels {
            customer: self.text(),
            state: self.state(),
            weight: self.0.u64(..100_000_000),
            priority: self.0.u16(..1000),
            courier: self.maybe(),
            depot: self.maybe(),
            note: self.maybe(),
            ..parcel(packed_on.unwrap(), &self.text())
        }
    }

    /// Changes what is not in the table's key.
    fn changed(&mut self, parcel: &Parcels) -> Parcels {
        let mut changed = parcel.clone();
        let other = self.parcel();
        for field in 0..6 {
            if self.0.bool() {
                continue;
            }
            match field {
                0 => changed.state = other.state,
                1 => changed.weight = other.weight,
                2 => changed.priority = other.priority,
                3 => changed.courier.clone_from(&other.courier),
                4 => changed.depot.clone_from(&other.depot),
                _ => changed.note.clone_from(&other.note),
            }
        }
        changed
    }
}

/// Sends a random update of the parcel.
async fn update(db: &DynamoDb, random: &mut Random, parcel: &Parcels) -> Result<(), Error> {
    let update = Parcels::update(parcel);
    match random.0.u8(..9) {
        0 => {
            let update = update.set(|p| p.state(), random.state());
            update
                .set(|p| p.weight(), random.0.u64(..1000))
                .execute(db)
                .await
        }
        1 => update.set(|p| p.depot(), random.maybe()).execute(db).await,
        2 => update.remove(|p| p.depot()).execute(db).await,
        3 => {
            let values = (random.maybe(), random.0.u16(..1000));
            update
                .set_together(|p| p.by_courier(), values)
                .execute(db)
                .await
        }
        4 => {
            let values = (random.maybe(), given(parcel.priority));
            update
                .set_together(|p| p.by_courier(), values)
                .execute(db)
                .await
        }
        5 => {
            let values = (given(parcel.courier.clone()), random.0.u16(..1000));
            update
                .set_together(|p| p.by_courier(), values)
                .execute(db)
                .await
        }
        6 => {
            let update = update.set(|p| p.state(), random.state());
            update
                .set(|p| p.depot(), random.text())
                .or_create()
                .execute(db)
                .await
        }
        7 => match Parcels::diff(parcel, &random.changed(parcel))? {
            Some(update) => update.execute(db).await,
            None => Ok(()),
        },
        _ => {
            let changed = random.changed(parcel);
            Parcels::replace(parcel, &changed).execute(db).await
        }
    }
}

/// Returns the item as it is stored.
async fn stored(db: &DynamoDb, parcel: &Parcels) -> Result<Item, Error> {
    let item = Parcels::get(parcel).raw().execute(db).await?;
    Ok(item.expect("the parcel was put"))
}

#[tokio::test]
async fn an_update_never_leaves_a_key_behind() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Parcels>().await?;
    let seed = fastrand::u64(..);
    let mut random = Random(fastrand::Rng::with_seed(seed));
    let mut done = 0;
    while done < UPDATES {
        let mut parcel = random.parcel();
        Parcels::put(&parcel).execute(&db).await?;
        for _ in 0..20 {
            update(&db, &mut random, &parcel).await?;
            done += 1;
            let found = stored(&db, &parcel).await?;
            parcel = dkmio::codec::from_item(found.clone())?;
            let put = Parcels::put(&parcel).into_input()?.item;
            assert_eq!(Some(found), put, "seed {seed}");
        }
    }
    Ok(())
}
