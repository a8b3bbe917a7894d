//! The same on an engine: an item that was put is got back equal, or nothing was written.

use super::check::sources;
use super::collections::Tags;
use super::item::Item;
use super::shape::Shape;
use super::structs::{ByNumbers, Everything};
use dkmio::{DynamoDb, DynamoTable, EmbeddedEngine, Error, Number, Set, Value};
use dkmio_tests::wire::Source;
use serde::{Deserialize, Serialize};

/// Returns two connections to one engine: with the wire codec, and without.
pub(super) async fn connections() -> [DynamoDb; 2] {
    let client = EmbeddedEngine::in_memory().unwrap().client();
    let connection = |has_codec| {
        DynamoDb::builder()
            .client(client.clone())
            .wire_codec(has_codec)
    };
    [connection(true).build(), connection(false).build()]
}

macro_rules! tables {
    ($($name:ident: $ty:ty;)*) => {$(
        #[tokio::test]
        async fn $name() -> Result<(), Error> {
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
            #[dkmio(table = "items")]
            struct Items {
                #[pk]
                id: u32,
                item: Item<$ty>,
            }

            let [wire, values] = connections().await;
            wire.create_table::<Items>().await?;
            let mut id = 0;
            for source in sources(3) {
                let t = <$ty as Shape>::made(&mut Source::new(&source));
                for (places, item) in Item::all(&t) {
                    item.reading();
                    id += 1;
                    let refusal = places.iter().find_map(|place| t.refusal(*place));
                    let items = Items { id, item };
                    let [put, get] = match id % 4 {
                        0 => [&wire, &wire],
                        1 => [&wire, &values],
                        2 => [&values, &wire],
                        _ => [&values, &values],
                    };
                    match Items::put(&items).execute(put).await {
                        Ok(()) => {
                            let got = Items::get(id).execute(get).await;
                            assert!(matches!(&got, Ok(Some(got)) if *got == items), "{got:?} of {items:?}");
                        }
                        Err(Error::Encode(_)) if refusal.is_some() => {
                            assert_eq!(Items::get(id).raw().execute(get).await?, None);
                        }
                        Err(e) => panic!("{e}: {items:?}"),
                    }
                }
            }
            Ok(())
        }
    )*};
}

tables! {
    wide_numbers_are_kept_or_refused: u128;
    exact_numbers_are_kept: Number;
    sets_are_kept_or_refused: Set<String>;
    newtypes_around_sets_are_kept_or_refused: Tags;
    options_are_kept_or_refused: Option<u8>;
    options_of_sets_are_kept_or_refused: Option<Set<i64>>;
    nothing_is_kept_or_refused: ();
    maps_by_numbers_are_kept_or_refused: ByNumbers;
    values_are_kept_or_refused: Value;
    everything_else_is_kept: Everything;
}
