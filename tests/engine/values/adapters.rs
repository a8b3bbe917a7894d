//! `#[serde(with = "..")]`: the attribute goes through its functions wherever it is named.

use dkmio::{AttributeValue, DynamoDocument, DynamoTable, Item};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time as epoch seconds: `SystemTime` has a serde form of its own, a map.
mod epoch {
    use super::{Duration, SystemTime, UNIX_EPOCH};
    use serde::{Deserialize, Deserializer, Serializer, ser::Error};

    pub(super) fn serialize<S: Serializer>(time: &SystemTime, s: S) -> Result<S::Ok, S::Error> {
        let since = time.duration_since(UNIX_EPOCH).map_err(S::Error::custom)?;
        s.serialize_u64(since.as_secs())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<SystemTime, D::Error> {
        u64::deserialize(d).map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds))
    }

    pub(super) mod option {
        use super::SystemTime;
        use serde::{Deserialize, Deserializer, Serialize, Serializer};

        #[derive(Serialize, Deserialize)]
        struct Epoch(#[serde(with = "super")] SystemTime);

        pub(in super::super) fn serialize<S: Serializer>(
            time: &Option<SystemTime>,
            s: S,
        ) -> Result<S::Ok, S::Error> {
            time.map(Epoch).serialize(s)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            d: D,
        ) -> Result<Option<SystemTime>, D::Error> {
            Option::<Epoch>::deserialize(d).map(|time| time.map(|Epoch(time)| time))
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "visits")]
struct Visits {
    #[pk]
    page: String,
    #[sk]
    n: u32,
    #[serde(with = "epoch")]
    at: SystemTime,
    #[serde(with = "epoch::option", default)]
    left: Option<SystemTime>,
    #[dkmio(document)]
    visitor: Option<Visitor>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Visitor {
    name: String,
    #[serde(with = "epoch")]
    since: SystemTime,
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn visit(n: u32) -> Visits {
    Visits {
        page: "/".into(),
        n,
        at: at(1000 + u64::from(n)),
        left: n.is_multiple_of(2).then(|| at(2000)),
        visitor: n.is_multiple_of(2).then(|| Visitor {
            name: "ada".into(),
            since: at(10 + u64::from(n)),
        }),
    }
}

fn seconds(item: &Item, name: &str) -> Option<String> {
    item.get(name)
        .and_then(|v: &AttributeValue| v.as_n().ok())
        .cloned()
}

#[tokio::test]
async fn a_put_and_a_get_go_through_the_functions() {
    check(async |db| {
        db.create_table::<Visits>().await?;
        for n in 0..2 {
            Visits::put(&visit(n)).execute(&db).await?;
            assert_eq!(Visits::get(("/", n)).execute(&db).await?, Some(visit(n)));
        }
        let raw = Visits::get(("/", 0)).raw().execute(&db).await?.unwrap();
        assert_eq!(seconds(&raw, "at").as_deref(), Some("1000"));
        assert_eq!(seconds(&raw, "left").as_deref(), Some("2000"));
        let raw = Visits::get(("/", 1)).raw().execute(&db).await?.unwrap();
        assert!(!raw.contains_key("left"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_filter_compares_through_the_functions() {
    check(async |db| {
        db.create_table::<Visits>().await?;
        for n in 0..4 {
            Visits::put(&visit(n)).execute(&db).await?;
        }
        let query = || Visits::query("/");
        assert_eq!(query().filter(|v| v.at().ge(at(1002))).count(&db).await?, 2);
        assert_eq!(
            query()
                .filter(|v| v.at().between(at(1001), at(1002)))
                .count(&db)
                .await?,
            2
        );
        assert_eq!(
            query()
                .filter(|v| v.at().is_in([at(1000), at(1)]))
                .count(&db)
                .await?,
            1
        );
        assert_eq!(
            query().filter(|v| v.left().eq(at(2000))).count(&db).await?,
            2
        );
        assert_eq!(
            query().filter(|v| v.left().not_exists()).count(&db).await?,
            2
        );
        let since = query().filter(|v| v.visitor().since().eq(at(12)));
        assert_eq!(since.select(|v| v.n()).fetch_all(&db).await?, [2]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_set_writes_through_the_functions() {
    check(async |db| {
        db.create_table::<Visits>().await?;
        Visits::put(&visit(0)).execute(&db).await?;
        let update = Visits::update(("/", 0))
            .set(|v| v.at(), at(5))
            .set(|v| v.left(), None)
            .set(|v| v.visitor().since(), at(6))
            .condition(|v| v.at().lt(at(1001)));
        let new = update.return_new().execute(&db).await?;
        assert_eq!((new.at, new.left), (at(5), None));
        assert_eq!(new.visitor.map(|v| v.since), Some(at(6)));
        let raw = Visits::get(("/", 0)).raw().execute(&db).await?.unwrap();
        assert_eq!(seconds(&raw, "at").as_deref(), Some("5"));
        assert!(!raw.contains_key("left"));
        let update = Visits::update(("/", 0))
            .set(|v| v.left(), at(7))
            .set_if_absent(|v| v.at(), at(9));
        let new = update.return_new().execute(&db).await?;
        assert_eq!((new.at, new.left), (at(5), Some(at(7))));
        let copied = Visits::update(("/", 0)).set_expr(|v| v.at(), |v| v.at().if_not_exists(at(1)));
        assert_eq!(copied.return_new().execute(&db).await?.at, at(5));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_select_reads_through_the_functions() {
    check(async |db| {
        db.create_table::<Visits>().await?;
        for n in 0..2 {
            Visits::put(&visit(n)).execute(&db).await?;
        }
        let query = Visits::query("/").select(|v| (v.at(), v.left(), v.visitor().since()));
        let expected = [
            (at(1000), Some(at(2000)), Some(at(10))),
            (at(1001), None, None),
        ];
        assert_eq!(query.execute(&db).await?.items(), &expected);
        Ok(())
    })
    .await;
}
