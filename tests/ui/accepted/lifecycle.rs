//! What dkmio keeps itself is read, filtered and compared like any attribute, whether or not it is the key of an index.

use dkmio::{DynamoEntity, DynamoTable, EpochSeconds, SharedTable, Version};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "plain")]
struct Plain {
    #[pk]
    id: String,
    #[sk]
    number: u32,
    #[version]
    version: Version,
    #[created_at]
    created_at: Option<EpochSeconds>,
    #[updated_at]
    updated_at: EpochSeconds,
}

#[derive(Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "indexed")]
#[gsi(by_change, pk = id, sk = updated_at)]
struct Indexed {
    #[pk]
    id: String,
    #[sk]
    number: u32,
    #[version]
    version: Version,
    #[updated_at]
    updated_at: Option<EpochSeconds>,
}

#[derive(SharedTable)]
#[dkmio(table = "shared")]
#[keys(pk = "PK", sk = "SK", kind = "kind")]
struct Shared;

#[derive(Serialize, Deserialize, DynamoEntity)]
#[entity(of = Shared, kind = "task")]
#[key(pk = "USER#{user}", sk = "TASK#{id}")]
struct Task {
    user: String,
    id: String,
    #[version]
    version: Version,
    #[updated_at]
    updated_at: Option<EpochSeconds>,
}

fn main() -> Result<(), dkmio::Error> {
    let now = EpochSeconds::new(7);
    Plain::query("a")
        .filter(|p| {
            p.updated_at().ge(now) & p.version().eq(Version::new(1)) & p.created_at().exists()
        })
        .select(|p| (p.version(), p.updated_at()))
        .explain()?;
    Plain::scan()
        .filter(|p| p.updated_at().lt(now) & p.version().ge(Version::new(1)))
        .explain()?;
    Plain::put(&Plain {
        id: String::new(),
        number: 1,
        version: Version::NEW,
        created_at: None,
        updated_at: now,
    })
    .condition(|p| p.updated_at().lt(now))
    .unlocked();
    Indexed::query("a")
        .filter(|i| i.updated_at().ge(now))
        .explain()?;
    Indexed::by_change()
        .query("a")
        .sk(|k| k.ge(now))
        .filter(|i| i.version().gt(Version::NEW))
        .explain()?;
    Indexed::by_change()
        .scan()
        .filter(|i| i.updated_at().ge(now))
        .explain()?;
    Task::query("a")
        .filter(|t| t.updated_at().ge(now) & t.version().gt(Version::NEW))
        .explain()?;
    Task::scan()
        .filter(|t| t.updated_at().ge(now))
        .select(|t| (t.version(), t.updated_at()))
        .explain()?;
    dkmio_tests::schemas::is_accepted::<Plain>();
    dkmio_tests::schemas::is_accepted::<Indexed>();
    Ok(())
}
