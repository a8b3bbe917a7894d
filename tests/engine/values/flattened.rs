//! `#[serde(flatten)]`: the attributes of a flattened struct or map are the item's own, and have accessors.

use dkmio::{DynamoDocument, DynamoTable, Error};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "events")]
#[gsi(by_kind, pk = kind)]
struct Events {
    #[pk]
    id: String,
    kind: String,
    #[serde(flatten)]
    audit: Audit,
    #[dkmio(document)]
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Audit {
    rev: u32,
    #[serde(rename = "changedBy")]
    by: Option<String>,
    #[serde(flatten)]
    more: More,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct More {
    reasons: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Place {
    city: String,
    #[serde(flatten)]
    point: Option<Point>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Point {
    lat: i32,
    lon: i32,
}

/// Two flattened fields: each is opened by its own accessor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "docs")]
struct Docs {
    #[pk]
    id: String,
    #[serde(flatten)]
    #[dkmio(document)]
    more: More,
    #[serde(flatten)]
    rest: BTreeMap<String, u64>,
}

fn event(rev: u32) -> Events {
    Events {
        id: format!("e_{rev}"),
        kind: "moved".to_owned(),
        audit: Audit {
            rev,
            by: (rev > 1).then(|| "ann".to_owned()),
            more: More {
                reasons: vec!["asked".to_owned()],
            },
        },
        place: Place {
            city: "Lima".to_owned(),
            point: Some(Point { lat: -12, lon: -77 }),
        },
    }
}

#[tokio::test]
async fn attributes_of_a_flattened_struct_are_filtered_and_selected() {
    check(async |db| {
        db.create_table::<Events>().await?;
        for rev in 1..=3 {
            Events::put(&event(rev)).execute(&db).await?;
        }
        let scan = || Events::scan();
        assert_eq!(scan().filter(|e| e.rev().ge(2)).count(&db).await?, 2);
        assert_eq!(
            scan()
                .filter(|e| e.audit().by().eq("ann"))
                .count(&db)
                .await?,
            2
        );
        let asked = scan().filter(|e| e.audit().more().reasons().contains("asked"));
        assert_eq!(asked.count(&db).await?, 3);
        let moved = Events::by_kind().query("moved");
        assert_eq!(moved.filter(|e| e.rev().eq(3)).count(&db).await?, 1);
        let south = scan().filter(|e| e.place().point().lat().lt(0));
        assert_eq!(south.count(&db).await?, 3);
        let parts =
            Events::get("e_3").select(|e| (e.rev(), e.audit().by(), e.place().point().lon()));
        assert_eq!(
            parts.execute(&db).await?,
            Some((Some(3), Some("ann".to_owned()), Some(-77)))
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn attributes_of_a_flattened_struct_are_updated_and_removed() {
    check(async |db| {
        db.create_table::<Events>().await?;
        Events::put(&event(2)).execute(&db).await?;
        let updated = Events::update("e_2")
            .add(|e| e.rev(), 5)
            .remove(|e| e.audit().by())
            .append(|e| e.audit().more().reasons(), ["late"])
            .set(|e| e.place().point().lat(), 3)
            .condition(|e| e.rev().eq(2))
            .return_new()
            .execute(&db)
            .await?;
        let mut expected = event(2);
        expected.audit.rev = 7;
        expected.audit.by = None;
        expected.audit.more.reasons.push("late".to_owned());
        expected.place.point = Some(Point { lat: 3, lon: -77 });
        assert_eq!(updated, expected);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_entry_of_a_flattened_map_is_an_attribute() {
    check(async |db| {
        db.create_table::<Docs>().await?;
        let doc = Docs {
            id: "a".to_owned(),
            more: More { reasons: vec![] },
            rest: BTreeMap::from([("pages".to_owned(), 12)]),
        };
        Docs::put(&doc).execute(&db).await?;
        let pages = Docs::get("a").select(|d| d.rest().entry("pages"));
        assert_eq!(pages.execute(&db).await?, Some(Some(12)));
        Docs::update("a")
            .set(|d| d.rest().entry("words"), 900)
            .append(|d| d.more().reasons(), ["long"])
            .execute(&db)
            .await?;
        let found = Docs::get("a").execute(&db).await?.unwrap();
        assert_eq!(found.rest["words"], 900);
        assert_eq!(found.more.reasons, ["long"]);
        Ok(())
    })
    .await;
}

#[test]
fn a_flattened_struct_itself_is_no_attribute() {
    let scan = Events::scan().filter(|e| e.audit().exists());
    assert!(matches!(scan.explain(), Err(Error::Validation(_))));
    let scan = Events::scan().filter(|e| e.place().point().exists());
    assert!(matches!(scan.explain(), Err(Error::Validation(_))));
}

/// A flattened field of any other type is kept as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "shapes")]
struct Shapes {
    #[pk]
    id: String,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "shape")]
enum Shape {
    Circle {
        radius: u32,
    },
    Square {
        side: u32,
        colors: HashMap<String, u32>,
    },
}

#[tokio::test]
async fn a_flattened_enum_is_named_at_run_time() {
    check(async |db| {
        db.create_table::<Shapes>().await?;
        let shapes = [
            Shape::Circle { radius: 3 },
            Shape::Square {
                side: 4,
                colors: HashMap::from([("red".to_owned(), 1)]),
            },
        ];
        for (id, shape) in ["a", "b"].into_iter().zip(shapes) {
            let shape = Shapes {
                id: id.to_owned(),
                shape,
            };
            Shapes::put(&shape).execute(&db).await?;
            assert_eq!(Shapes::get(id).execute(&db).await?, Some(shape));
        }
        let round = Shapes::scan().filter(|_| dkmio::attr("shape").eq("Circle"));
        assert_eq!(round.count(&db).await?, 1);
        Ok(())
    })
    .await;
}
