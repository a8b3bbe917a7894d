//! Few unreadable items among many.

use super::{Place, Seen, both_ways, run};
use dkmio::DynamoTable;
use dkmio::attr;
use dkmio::error::DecodeError;
use dkmio_tests::database::Database;
use serde::{Deserialize, Serialize};

/// Without indexes: there are many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "samples")]
struct Samples {
    #[pk]
    sensor: String,
    #[sk]
    number: u32,
    value: u64,
    place: Place,
}

#[test]
fn four_unreadable_items_among_ten_thousand_are_named_and_all_others_read() {
    const COUNT: u32 = 10_000;
    run(async {
        let [with, without] = both_ways().await?;
        Database::create::<Samples>(&with).await?;
        let sample = |number| Samples {
            sensor: "s".into(),
            number,
            value: 7,
            place: Place { floor: 1 },
        };
        let samples: Vec<Samples> = (0..COUNT).map(sample).collect();
        Samples::batch_write()
            .put_all(&samples)
            .execute(&with)
            .await?;
        let spoiled = [
            (17, "value"),
            (4_999, "place.floor"),
            (5_000, "value"),
            (9_999, "place"),
        ];
        for (number, path) in spoiled {
            let update = Samples::update(("s", number)).set(|_| attr(path), "no number");
            update.execute(&with).await?;
        }
        let seen = |item: Result<Samples, DecodeError>| -> Seen {
            item.map(|sample| sample.number).map_err(|error| {
                let key: SamplesKey =
                    dkmio::codec::from_item(error.key().unwrap().clone()).unwrap();
                assert_eq!((error.table(), &*key.sensor), (Some("samples"), "s"));
                (key.number, error.path().to_owned())
            })
        };
        let assert_all = |items: Vec<Seen>| {
            assert_eq!(items.len(), COUNT as usize);
            let errors: Vec<_> = items.iter().filter_map(|item| item.clone().err()).collect();
            assert_eq!(
                errors,
                spoiled.map(|(number, path)| (number, path.to_owned()))
            );
            let read = items.iter().filter_map(|item| item.as_ref().ok());
            let others = (0..COUNT).filter(|n| spoiled.iter().all(|(number, _)| number != n));
            assert!(read.copied().eq(others));
        };
        for db in [with, without] {
            let mut stream = Samples::scan().each().stream(&db);
            let mut streamed = Vec::new();
            while let Some(item) = stream.next().await {
                streamed.push(seen(item?));
            }
            assert_all(streamed);
            let mut pages = Samples::query("s").page_size(1_000).each().pages(&db);
            let mut paged = Vec::new();
            while let Some(page) = pages.next().await {
                paged.extend(page?.into_iter().map(seen));
            }
            assert_all(paged);
            let keys = || (0..COUNT).map(|number| ("s", number));
            let found = Samples::batch_get(keys()).each().execute(&db).await?;
            assert_all(found.into_iter().flatten().map(seen).collect());
            let keys = futures_util::stream::iter(keys());
            let mut items = Samples::batch_get_stream(keys).each().stream(&db);
            let mut found = Vec::new();
            while let Some(item) = items.next().await {
                found.extend(item?.map(seen));
            }
            assert_all(found);
        }
        Ok(())
    });
}
