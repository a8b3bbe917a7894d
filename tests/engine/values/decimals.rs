//! A `Decimal` is a key, and sorts as a number: of the table, and of indexes that lack items without it.

use dkmio::{DynamoTable, Error, Number};
use dkmio_tests::database::{Database, check};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "offers")]
#[gsi(by_discount, pk = shop, sk = discount)]
#[gsi(by_rate, pk = rate, sk = (price, discount), project = keys_only)]
struct Offers {
    #[pk]
    shop: String,
    #[sk]
    #[serde(with = "dkmio::decimal")]
    price: Decimal,
    #[serde(default, with = "dkmio::decimal::option")]
    discount: Option<Decimal>,
    #[serde(with = "dkmio::decimal")]
    rate: Decimal,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, DynamoTable)]
#[dkmio(table = "rates")]
struct Rates {
    #[pk]
    #[serde(with = "dkmio::decimal")]
    rate: Decimal,
    name: String,
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn offer(price: &str, discount: Option<&str>) -> Offers {
    Offers {
        shop: "shop_1".to_owned(),
        price: decimal(price),
        discount: discount.map(decimal),
        rate: decimal("0.190"),
    }
}

fn offers() -> [Offers; 4] {
    [
        offer("-0.5", None),
        offer("9.99", Some("10.5")),
        offer("10", Some("9")),
        offer("123456789012345678901234567.8", Some("-3")),
    ]
}

async fn filled(db: &dkmio::DynamoDb) -> Result<(), Error> {
    Database::create::<Offers>(db).await?;
    for offer in offers() {
        Offers::put(&offer).execute(db).await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_item_is_found_by_its_decimal() {
    check(async |db| {
        filled(&db).await?;
        let [_, second, ..] = offers();
        let price = Decimal::new(99_900, 4);
        let got = Offers::get(("shop_1", price)).execute(&db).await?;
        assert_eq!(got.as_ref(), Some(&second), "trailing zeros do not matter");
        let key = second.key();
        let got = Offers::get(&key).execute(&db).await?;
        assert_eq!(got.as_ref(), Some(&second));
        let all = Offers::batch_get([("shop_1", decimal("10")), ("shop_1", decimal("11"))]);
        let all = all.execute(&db).await?;
        assert_eq!(all, [Some(offers()[2].clone()), None]);
        Offers::delete(("shop_1", &Number::from(price)))
            .execute(&db)
            .await?;
        assert_eq!(Offers::query("shop_1").count(&db).await?, 3);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_range_of_decimals_is_in_the_order_of_numbers() {
    check(async |db| {
        filled(&db).await?;
        let offers = offers();
        let all = Offers::query("shop_1").fetch_all(&db).await?;
        assert_eq!(all, offers);
        let query = || Offers::query("shop_1");
        let above = query().sk(|k| k.ge(decimal("9.990"))).fetch_all(&db);
        assert_eq!(above.await?, offers[1..]);
        let below = query().sk(|k| k.lt(10)).fetch_all(&db);
        assert_eq!(below.await?, offers[..2]);
        let between = query().sk(|k| k.between(decimal("0"), decimal("10")));
        assert_eq!(between.fetch_all(&db).await?, offers[1..3]);
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn an_index_sorts_by_an_optional_decimal() {
    check(async |db| {
        filled(&db).await?;
        let query = Offers::by_discount().query("shop_1");
        let prices: Vec<String> = query
            .select(|o| o.price())
            .fetch_all(&db)
            .await?
            .iter()
            .map(Decimal::to_string)
            .collect();
        assert_eq!(prices, ["123456789012345678901234567.8", "10", "9.99"]);
        let query = Offers::by_rate().query(decimal("0.19"));
        let found = query
            .sk(|k| k.eq(decimal("10")).gt(8))
            .fetch_all(&db)
            .await?;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].discount, Some(decimal("9")));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_decimal_is_the_only_key_of_a_table() {
    check(async |db| {
        Database::create::<Rates>(&db).await?;
        let rate = Rates {
            rate: decimal("7.5"),
            name: "reduced".to_owned(),
        };
        Rates::put(&rate).execute(&db).await?;
        let updated = Rates::update(decimal("7.50"))
            .set(|r| r.name(), "low")
            .if_exists()
            .return_new();
        assert_eq!(updated.execute(&db).await?.rate, rate.rate);
        let found = Rates::query(decimal("7.5")).first(&db).await?;
        assert_eq!(found.map(|r| r.name).as_deref(), Some("low"));
        Ok(())
    })
    .await;
}
