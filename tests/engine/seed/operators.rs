//! The operators of filters and conditions, each on the same four items.

use dkmio::{AttributeType, Condition, DynamoDb, DynamoDocument, DynamoTable, Error, Set};
use dkmio_tests::database::check;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "goods")]
struct Goods {
    #[pk]
    shop: String,
    #[sk]
    id: u32,
    name: String,
    total: i64,
    paid: i64,
    email: Option<String>,
    tags: Set<String>,
    codes: Vec<u32>,
    #[dkmio(document)]
    address: Address,
    data: Option<serde_json::Value>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, DynamoDocument)]
struct Address {
    city: String,
    lines: Vec<String>,
}

type GoodsFilter = GoodsAttrs<dkmio::schema::Filter<Goods>>;

async fn with_goods(db: &DynamoDb) -> Result<(), Error> {
    db.create_table::<Goods>().await?;
    for (id, name, total, paid) in [
        (1, "John", 100, 100),
        (2, "Johanna", 200, 100),
        (3, "test_x", 300, 400),
        (4, "", -5, -5),
    ] {
        let good = Goods {
            shop: "s".into(),
            id,
            name: name.into(),
            total,
            paid,
            email: (id % 2 == 0).then(|| format!("{id}@example.com")),
            tags: (0..id).map(|n| format!("tag{n}")).collect(),
            codes: (0..id).collect(),
            address: Address {
                city: if id == 1 { "Lima" } else { "Cusco" }.into(),
                lines: vec![format!("line {id}"); id as usize],
            },
            data: match id {
                1 => Some(serde_json::json!({"a": 1})),
                2 => Some(serde_json::json!([1])),
                3 => Some(serde_json::json!(true)),
                _ => None,
            },
        };
        Goods::put(&good).execute(db).await?;
    }
    Ok(())
}

/// Asserts which items a filter keeps, by their ids as digits, and that the same holds as a condition.
async fn keeps(
    db: &DynamoDb,
    filter: impl Fn(&GoodsFilter) -> Condition,
    expected: &str,
) -> Result<(), Error> {
    let query = Goods::query("s").filter(|g| filter(g)).select(|g| g.id());
    let ids = query.fetch_all(db).await?;
    let ids: String = ids.iter().map(u32::to_string).collect();
    assert_eq!(ids, expected, "{:?}", filter(&Default::default()));
    for id in 1..=4u32 {
        let update = Goods::update(("s", id))
            .set_expr(|g| g.total(), |g| g.total())
            .condition(|_| filter(&Default::default()));
        let holds = match update.execute(db).await {
            Ok(()) => true,
            Err(Error::ConditionFailed(_)) => false,
            Err(e) => return Err(e),
        };
        assert_eq!(
            holds,
            expected.contains(&id.to_string()),
            "as a condition on {id}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn comparisons_eq_ne_lt_le_gt_ge() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.total().eq(200), "2").await?;
        keeps(&db, |g| g.total().ne(200), "134").await?;
        keeps(&db, |g| g.total().lt(200), "14").await?;
        keeps(&db, |g| g.total().le(200), "124").await?;
        keeps(&db, |g| g.total().gt(200), "3").await?;
        keeps(&db, |g| g.total().ge(200), "23").await?;
        keeps(&db, |g| g.name().eq(""), "4").await?;
        keeps(&db, |g| g.name().lt("K"), "124").await
    })
    .await;
}

#[tokio::test]
async fn attributes_compare_with_attributes() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.total().eq(g.paid()), "14").await?;
        keeps(&db, |g| g.total().gt(g.paid()), "2").await?;
        keeps(&db, |g| g.total().between(g.paid(), 250), "124").await?;
        keeps(&db, |g| g.tags().size().eq(g.codes().size()), "1234").await
    })
    .await;
}

#[tokio::test]
async fn between_includes_both_ends() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.total().between(100, 200), "12").await?;
        keeps(&db, |g| g.total().between(-5, -5), "4").await?;
        keeps(&db, |g| g.name().between("A", "Joi"), "12").await
    })
    .await;
}

#[tokio::test]
async fn begins_with_and_not_begins_with() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.name().begins_with("Joh"), "12").await?;
        keeps(&db, |g| g.name().not_begins_with("test_"), "124").await?;
        keeps(&db, |g| g.email().begins_with("2@"), "2").await?;
        keeps(&db, |g| g.email().not_begins_with("2@"), "134").await
    })
    .await;
}

#[tokio::test]
async fn contains_looks_into_strings_sets_and_lists() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.name().contains("oh"), "12").await?;
        keeps(&db, |g| g.tags().contains("tag2"), "34").await?;
        keeps(&db, |g| g.tags().not_contains("tag2"), "12").await?;
        keeps(&db, |g| g.codes().contains(1), "234").await?;
        keeps(&db, |g| g.codes().not_contains(1), "1").await?;
        keeps(&db, |g| g.address().lines().contains("line 3"), "3").await
    })
    .await;
}

#[tokio::test]
async fn exists_and_not_exists() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.email().exists(), "24").await?;
        keeps(&db, |g| g.email().not_exists(), "13").await?;
        keeps(&db, |g| g.address().lines().at(2).exists(), "34").await
    })
    .await;
}

#[tokio::test]
async fn is_in_takes_any_number_of_values() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.total().is_in([100, 300, 7]), "13").await?;
        keeps(&db, |g| g.name().is_in(vec!["John".to_owned()]), "1").await?;
        keeps(&db, |g| !g.total().is_in([100]), "234").await
    })
    .await;
}

#[tokio::test]
async fn attribute_type_tells_types_apart() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.data().attribute_type(AttributeType::M), "1").await?;
        keeps(&db, |g| g.data().attribute_type(AttributeType::L), "2").await?;
        keeps(&db, |g| g.data().attribute_type(AttributeType::Bool), "3").await?;
        keeps(&db, |g| g.tags().attribute_type(AttributeType::Ss), "1234").await?;
        keeps(&db, |g| g.total().attribute_type(AttributeType::S), "").await
    })
    .await;
}

#[tokio::test]
async fn size_takes_each_comparison() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.tags().size().eq(2), "2").await?;
        keeps(&db, |g| g.tags().size().ne(2), "134").await?;
        keeps(&db, |g| g.codes().size().lt(3), "12").await?;
        keeps(&db, |g| g.codes().size().le(3), "123").await?;
        keeps(&db, |g| g.name().size().gt(4), "23").await?;
        keeps(&db, |g| g.name().size().ge(4), "123").await?;
        keeps(&db, |g| g.codes().size().between(2, 3), "23").await?;
        keeps(&db, |g| g.codes().size().is_in([1, 4]), "14").await?;
        keeps(&db, |g| g.email().size().gt(0), "24").await
    })
    .await;
}

#[tokio::test]
async fn nested_paths_are_compared() {
    check(async |db| {
        with_goods(&db).await?;
        keeps(&db, |g| g.address().city().eq("Lima"), "1").await?;
        keeps(&db, |g| g.codes().at(1).eq(1), "234").await?;
        keeps(
            &db,
            |g| g.address().lines().at(0).begins_with("line 4"),
            "4",
        )
        .await
    })
    .await;
}

#[tokio::test]
async fn filters_of_one_call_join_with_and() {
    check(async |db| {
        with_goods(&db).await?;
        let all = |g: &GoodsFilter| {
            Condition::all([
                g.name().begins_with("Joh"),
                g.total().ge(100),
                g.email().exists(),
            ])
        };
        keeps(&db, all, "2").await
    })
    .await;
}
