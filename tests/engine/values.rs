//! Everything that serde can express goes through put and get unchanged.

mod absent;
mod adapters;
mod attributes;
mod binary;
mod decimals;
mod enums;
mod flattened;
mod map_keys;
mod prefixes;
mod read_back;
mod shapes;
mod vectors;

/// Puts and gets a value as the attribute `v` of an item, and returns the attribute as it is stored.
macro_rules! round_trip {
    ($db:expr, $ty:ty: $value:expr) => {{
        #[derive(
            Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, dkmio::DynamoTable,
        )]
        #[dkmio(table = "values")]
        struct Values {
            #[pk]
            id: u8,
            v: $ty,
        }
        let item = Values { id: 1, v: $value };
        Values::put(&item).execute(&$db).await?;
        let read = Values::get(1).execute(&$db).await?;
        assert_eq!(read.as_ref(), Some(&item), "{}", stringify!($ty));
        let selected = Values::get(1).select(|i| i.v()).execute(&$db).await?;
        assert_eq!(selected, Some(item.v.clone()), "{}", stringify!($ty));
        let updated = Values::update(1)
            .set(|_| dkmio::attr("v"), &item.v)
            .return_new();
        assert_eq!(updated.execute(&$db).await?, item, "{}", stringify!($ty));
        Values::get(1)
            .raw()
            .execute(&$db)
            .await?
            .and_then(|mut raw| raw.remove("v"))
    }};
}
use round_trip;

/// The table that `round_trip!` uses.
#[derive(Debug, serde::Serialize, serde::Deserialize, dkmio::DynamoTable)]
#[dkmio(table = "values")]
struct Values {
    #[pk]
    id: u8,
}
