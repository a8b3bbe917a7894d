//! Tables of one kind whose keys are texts made of their fields: each verb.

use dkmio::{AttributeValue, DynamoDb, DynamoPatch, Error, Item, given};
use dkmio_tests::parcels::{Parcels, ParcelsKey, Readings, State, parcel, parcels};
use dkmio_tests::shop::day;
use futures_util::TryStreamExt;

async fn depot() -> Result<DynamoDb, Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Parcels>().await?;
    for parcel in parcels() {
        Parcels::put(&parcel).execute(&db).await?;
    }
    Ok(db)
}

fn text(item: &Item, name: &str) -> Option<String> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Some(text.clone()),
        _ => None,
    }
}

/// Returns the item as it is stored.
async fn stored(db: &DynamoDb, parcel: &Parcels) -> Result<Item, Error> {
    let item = Parcels::get(parcel).raw().execute(db).await?;
    Ok(item.unwrap_or_default())
}

/// Asserts that the item is what a put of it as it reads would write.
async fn assert_whole(db: &DynamoDb, parcel: &Parcels) -> Result<Item, Error> {
    let item = stored(db, parcel).await?;
    let read = Parcels::get(parcel).execute(db).await?.unwrap();
    Parcels::put(&read).execute(db).await?;
    assert_eq!(item, stored(db, parcel).await?);
    Ok(item)
}

#[tokio::test]
async fn the_table_has_the_keys_that_the_struct_names() -> Result<(), Error> {
    let db = depot().await?;
    let different = db.verify_table::<Parcels>().await?;
    assert!(different.is_empty(), "{different:?}");
    db.create_table::<Readings>().await?;
    assert!(db.verify_table::<Readings>().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn an_item_has_its_fields_and_its_keys_and_no_kind() -> Result<(), Error> {
    let db = depot().await?;
    let sent = Parcels {
        depot: Some("north".to_owned()),
        ..parcel(day(2, 1), "p2")
    };
    Parcels::put(&sent).execute(&db).await?;
    let item = stored(&db, &sent).await?;
    let expected = [
        ("PK", Some("CUSTOMER#c1")),
        ("SK", Some("2025-02-01#p2")),
        ("GSI1PK", Some("PACKED")),
        ("GSI1SK", Some("2025-02-01#p2")),
        ("GSI2PK", None),
        ("GSI2SK", None),
        ("LSI1SK", Some("00000250")),
        ("depot", Some("north")),
        ("depot_day", Some("2025-02-01")),
        ("customer", Some("c1")),
        ("kind", None),
    ];
    for (name, value) in expected {
        assert_eq!(text(&item, name).as_deref(), value, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn reads_take_the_members_of_the_key() -> Result<(), Error> {
    let db = depot().await?;
    let [first, second, third] = parcels();
    let key = ("c1", day(2, 1), "p2");
    assert_eq!(
        Parcels::get(key).execute(&db).await?.as_ref(),
        Some(&second)
    );
    let named = ParcelsKey::from(key);
    assert_eq!(second.key(), named);
    assert_eq!(
        Parcels::get(named).execute(&db).await?.as_ref(),
        Some(&second)
    );
    let weight = Parcels::get(key)
        .select(|p| p.weight())
        .execute(&db)
        .await?;
    assert_eq!(weight, Some(250));
    let february = Parcels::query("c1").sk(|k| k.packed_on().ge(day(2, 1)));
    assert_eq!(
        february.fetch_all(&db).await?,
        [second.clone(), third.clone()]
    );
    let one = Parcels::query("c1").sk(|k| k.packed_on().eq(day(2, 1)).parcel_id().eq("p2"));
    assert_eq!(one.fetch_all(&db).await?, std::slice::from_ref(&second));
    let ids = Parcels::query("c1").descending().select(|p| p.parcel_id());
    let ids: Vec<String> = ids.stream(&db).try_collect().await?;
    assert_eq!(ids, ["p20", "p2", "p1"]);
    let mut scanned = Parcels::scan().fetch_all(&db).await?;
    scanned.sort_by(|a, b| a.parcel_id.cmp(&b.parcel_id));
    assert_eq!(scanned, [first, second, third]);
    let heavy = Parcels::scan().filter(|p| p.customer().eq("c1") & p.weight().gt(250));
    assert_eq!(heavy.count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn a_cursor_goes_on_where_a_page_ended() -> Result<(), Error> {
    let db = depot().await?;
    let page = Parcels::query("c1").limit(2).execute(&db).await?;
    let cursor = page.next().unwrap().clone();
    assert_eq!(page.into_items().len(), 2);
    let rest = Parcels::query("c1").start_from(cursor).execute(&db).await?;
    assert_eq!(rest.into_items(), [parcel(day(2, 1), "p20")]);
    Ok(())
}

#[tokio::test]
async fn indexes_are_read_by_members_and_by_fields() -> Result<(), Error> {
    let db = depot().await?;
    let packed = Parcels::by_state().query(State::Packed);
    let before = packed.sk(|k| k.packed_on().lt(day(2, 1)));
    assert_eq!(before.fetch_all(&db).await?, [parcel(day(1, 31), "p1")]);
    let light = Parcels::by_weight()
        .query("c1")
        .sk(|k| k.weight().between(200, 300));
    let light = light.fetch_all(&db).await?;
    assert_eq!(
        light.iter().map(|held| held.weight).collect::<Vec<_>>(),
        [250, 250, 250]
    );
    let sent = Parcels {
        depot: Some("north".to_owned()),
        ..parcel(day(2, 1), "p2")
    };
    Parcels::put(&sent).execute(&db).await?;
    let here = Parcels::by_depot()
        .query("north")
        .sk(|k| k.packed_on().ge(day(1, 1)));
    assert_eq!(here.fetch_all(&db).await?.len(), 1);
    assert_eq!(Parcels::by_courier().query("dhl").count(&db).await?, 0);
    Ok(())
}

#[tokio::test]
async fn an_update_rewrites_the_keys_that_are_made_of_it() -> Result<(), Error> {
    let db = depot().await?;
    let one = parcel(day(2, 1), "p2");
    Parcels::update(&one)
        .set(|p| p.state(), State::Sent)
        .set(|p| p.weight(), 9)
        .set(|p| p.depot(), "north")
        .set_together(|p| p.by_courier(), ("dhl", given(7)))
        .execute(&db)
        .await?;
    let item = assert_whole(&db, &one).await?;
    for (name, value) in [
        ("GSI1PK", "SENT"),
        ("LSI1SK", "00000009"),
        ("GSI2PK", "COURIER#dhl"),
        ("GSI2SK", "007#2025-02-01"),
        ("depot", "north"),
        ("depot_day", "2025-02-01"),
    ] {
        assert_eq!(text(&item, name).as_deref(), Some(value), "{name}");
    }
    let late = Parcels::update(&one).set_together(|p| p.by_courier(), ("ups", given(8)));
    let late = late.execute(&db).await;
    assert!(matches!(late, Err(Error::ConditionFailed(_))), "{late:?}");
    Parcels::update(&one)
        .remove(|p| p.depot())
        .set_together(|p| p.by_courier(), (None, given(7)))
        .execute(&db)
        .await?;
    let item = assert_whole(&db, &one).await?;
    for name in ["GSI2PK", "GSI2SK", "depot", "depot_day", "courier"] {
        assert_eq!(text(&item, name), None, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn an_update_makes_an_item_only_if_it_is_told_to() -> Result<(), Error> {
    let db = depot().await?;
    let missing = parcel(day(9, 9), "p99");
    let made = Parcels::update(&missing).set(|p| p.note(), "hi");
    let made = made.execute(&db).await;
    let Err(Error::ConditionFailed(e)) = made else {
        panic!("{made:?}");
    };
    assert!(e.is_missing());
    Parcels::update(&missing)
        .set(|p| p.state(), State::Packed)
        .set(|p| p.weight(), 250)
        .set_together(|p| p.by_courier(), (None, 7))
        .or_create()
        .execute(&db)
        .await?;
    assert_whole(&db, &missing).await?;
    assert_eq!(Parcels::get(&missing).execute(&db).await?, Some(missing));
    Ok(())
}

#[tokio::test]
async fn names_at_run_time_meet_the_same_rules() -> Result<(), Error> {
    let one = parcel(day(2, 1), "p2");
    for name in [
        "PK",
        "GSI1PK",
        "depot_day",
        "customer",
        "parcel_id",
        "courier",
    ] {
        let set = Parcels::update(&one).set(|_| dkmio::attr(name), "x");
        let set = set.into_input();
        assert!(matches!(set, Err(Error::InvalidKey(_))), "{name}: {set:?}");
    }
    Ok(())
}

#[derive(Default, DynamoPatch)]
#[patch(of = Parcels)]
struct ParcelPatch {
    state: Option<State>,
    note: Option<Option<String>>,
}

#[tokio::test]
async fn differences_patches_and_replacements_keep_keys_whole() -> Result<(), Error> {
    let db = depot().await?;
    let before = parcel(day(2, 1), "p2");
    let after = Parcels {
        courier: Some("dhl".to_owned()),
        ..before.clone()
    };
    assert!(Parcels::diff(&before, &before)?.is_none());
    let update = Parcels::diff(&before, &after)?.unwrap();
    update.execute(&db).await?;
    assert_whole(&db, &after).await?;
    let patch = ParcelPatch {
        state: Some(State::Sent),
        note: Some(Some("gift".to_owned())),
    };
    Parcels::update(&after).patch(&patch).execute(&db).await?;
    assert_whole(&db, &after).await?;
    let sent = Parcels::get(&after).execute(&db).await?.unwrap();
    assert_eq!(
        (sent.state, sent.note.as_deref()),
        (State::Sent, Some("gift"))
    );
    let moved = Parcels {
        packed_on: day(2, 2),
        ..sent.clone()
    };
    let refused = Parcels::diff(&sent, &moved).map(drop);
    assert!(matches!(refused, Err(Error::InvalidKey(_))), "{refused:?}");
    Parcels::replace(&sent, &moved).execute(&db).await?;
    assert_eq!(Parcels::get(&sent).execute(&db).await?, None);
    assert_whole(&db, &moved).await?;
    Ok(())
}

#[tokio::test]
async fn batches_and_transactions_take_it() -> Result<(), Error> {
    let db = depot().await?;
    let keys = [("c1", day(2, 1), "p2"), ("c1", day(3, 1), "p9")];
    let found = Parcels::batch_get(keys).execute(&db).await?;
    assert_eq!(found, [Some(parcel(day(2, 1), "p2")), None]);
    Parcels::batch_write()
        .put(&parcel(day(3, 1), "p9"))
        .delete(("c1", day(2, 1), "p2"))
        .execute(&db)
        .await?;
    dkmio::transact_write()
        .add(Parcels::put(&parcel(day(4, 1), "p10")).if_not_exists())
        .add(Parcels::update(("c1", day(3, 1), "p9")).set(|p| p.state(), State::Sent))
        .add(Parcels::delete(("c1", day(1, 31), "p1")))
        .execute(&db)
        .await?;
    let sent = Parcels::by_state()
        .query(State::Sent)
        .fetch_all(&db)
        .await?;
    assert_eq!(sent.len(), 1);
    assert_eq!(Parcels::scan().count(&db).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_table_of_fields_has_an_index_of_a_text() -> Result<(), Error> {
    let db = DynamoDb::embedded();
    db.create_table::<Readings>().await?;
    let reading = |at, quality: &str| Readings {
        sensor: "s1".to_owned(),
        at,
        quality: quality.to_owned(),
        value: -3,
    };
    for (at, quality) in [(9, "good"), (10, "poor"), (11, "good")] {
        Readings::put(&reading(at, quality)).execute(&db).await?;
    }
    let found = Readings::get(("s1", 10)).execute(&db).await?;
    assert_eq!(found, Some(reading(10, "poor")));
    let late = Readings::query("s1").sk(|k| k.ge(10));
    assert_eq!(late.count(&db).await?, 2);
    let good = Readings::by_quality()
        .query("s1")
        .sk(|k| k.quality().eq("good"));
    assert_eq!(
        good.fetch_all(&db).await?,
        [reading(9, "good"), reading(11, "good")]
    );
    Readings::update(("s1", 9))
        .set(|r| r.quality(), "poor")
        .execute(&db)
        .await?;
    let item = Readings::get(("s1", 9)).raw().execute(&db).await?.unwrap();
    assert_eq!(
        text(&item, "quality_at").as_deref(),
        Some("poor#0000000009")
    );
    let refused = Readings::put(&reading(12, "so#so")).execute(&db).await;
    assert!(matches!(refused, Err(Error::InvalidKey(_))), "{refused:?}");
    Ok(())
}
